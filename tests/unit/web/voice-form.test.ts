import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differs, readVoiceForm, voiceFields, voiceInput } from '../../../web/src/lib/voice-form.ts';

const VOICE = {
  tone: 'Like a coach.',
  signature: null,
  opening_hours: 'Mon–Fri 6:00–22:00',
  allowed_offers: ['a free first training, with a coach', 'a friend may come along'],
  forbidden_words: ['cheap', 'levně'],
};

function form(typed: Record<string, string>): FormData {
  const fields = new FormData();
  for (const [name, value] of Object.entries(typed)) fields.append(name, value);
  return fields;
}

const typedAs = (typed: Record<string, string>) => readVoiceForm(form({ ...voiceFields(VOICE), ...typed }));

describe('the form of a voice', () => {
  it('comes back as the voice that it shows', () => {
    expect(readVoiceForm(form({ ...voiceFields(VOICE), version: '3' }))).toEqual({
      typed: voiceFields(VOICE),
      input: VOICE,
      version: 3,
    });
  });

  it('keeps what was typed, as it was typed', () => {
    const typed = { tone: ' Short.\r\n', forbidden_words: 'cheap,, levně\n' };
    expect(typedAs(typed).typed).toMatchObject(typed);
  });

  it('has an offer on each line, commas and all, and leaves out empty ones', () => {
    const { input } = typedAs({
      allowed_offers: ' a free first training, with a coach \r\n\r\n  \nbring a friend',
    });
    expect(input.allowed_offers).toEqual(['a free first training, with a coach', 'bring a friend']);
  });

  it.each(['cheap, levně', 'cheap\nlevně', 'cheap;levně,', '\r\n cheap ,\r\n levně '])(
    'has the forbidden words of “%s” one by one',
    (forbidden_words) => {
      expect(typedAs({ forbidden_words }).input.forbidden_words).toEqual(['cheap', 'levně']);
    },
  );

  it('takes a line that was broken in a large box for one line, and empty for nothing', () => {
    const { input } = typedAs({ tone: 'Friendly,\r\n  never loud.\n', signature: ' \n', opening_hours: '' });
    expect(input).toMatchObject({ tone: 'Friendly, never loud.', signature: null, opening_hours: null });
  });

  it.each(['', 'x', '1.5', '9'.repeat(30)])('that says of no version “%s” overwrites none', (version) => {
    expect(typedAs({ version }).version).not.toBeGreaterThan(0);
  });

  it('lacking fields is an empty voice, which the database refuses', () => {
    expect(readVoiceForm(new FormData()).input).toEqual({
      tone: '',
      signature: null,
      opening_hours: null,
      allowed_offers: [],
      forbidden_words: [],
    });
  });

  it('differs from a voice only when something else would be saved', () => {
    expect(differs(voiceFields(VOICE), VOICE)).toBe(false);
    expect(
      differs({ ...voiceFields(VOICE), tone: ` ${VOICE.tone}\n`, forbidden_words: 'cheap, levně' }, VOICE),
    ).toBe(false);
    expect(differs({ ...voiceFields(VOICE), signature: 'Eva' }, VOICE)).toBe(true);
    expect(differs({ ...voiceFields(VOICE), forbidden_words: 'cheap' }, VOICE)).toBe(true);
  });

  it('reads every voice that can be saved as it is, again and again', () => {
    const line = fc.stringMatching(/^[\p{L}\d][\p{L}\d .–-]{0,40}[\p{L}\d]$/u);
    const voice = fc.record({
      tone: line,
      signature: fc.option(line),
      opening_hours: fc.option(line),
      allowed_offers: fc.array(line, { maxLength: 10 }),
      forbidden_words: fc.array(line, { maxLength: 50 }),
    });
    fc.assert(
      fc.property(voice, (known) => {
        expect(voiceInput(voiceFields(known))).toEqual(known);
      }),
    );
  });
});
