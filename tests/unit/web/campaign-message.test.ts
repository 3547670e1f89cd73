import { describe, expect, it } from 'vitest';
import { mentionsExamples, messageSlots, renderMessage } from '../../../web/src/lib/campaign-message.ts';
import type { Variant } from '../../../web/src/lib/campaign-message.ts';

const variant = (language: string, fields: Partial<Variant> = {}): Variant => ({
  name: 'spring_v1',
  language,
  body: 'Hello from {{club}}. {{message}}',
  footer: 'STOP',
  parameters: ['club', 'message'],
  is_usable: true,
  why_not: null,
  ...fields,
});

const AUDIENCE = [
  { language: 'uk', clients: 3 },
  { language: 'cs', clients: 2 },
  { language: 'bg', clients: 1 },
];

const slots = (
  variants: Variant[],
  fallback = '',
  messages: Record<string, string> = {},
  template = 'spring_v1',
) =>
  messageSlots(variants, template, fallback, AUDIENCE, messages).map(({ language, clients, variant }) => [
    language,
    clients,
    variant !== null,
  ]);

describe('the messages of a campaign', () => {
  it('are asked for in each language that has a variant, the most read first', () => {
    expect(slots([variant('cs'), variant('uk'), variant('en')])).toEqual([
      ['uk', 3, true],
      ['cs', 2, true],
    ]);
  });

  it('are asked for in the fallback, for those who have none of their own', () => {
    expect(slots([variant('cs'), variant('en')], 'en')).toEqual([
      ['en', 4, true],
      ['cs', 2, true],
    ]);
    expect(slots([variant('cs'), variant('uk'), variant('bg'), variant('en')], 'en').at(-1)).toEqual([
      'en',
      0,
      true,
    ]);
  });

  it('are not asked for where the variant can not be sent, nor in another template', () => {
    expect(slots([variant('cs', { is_usable: false }), variant('uk', { name: 'summer_v1' })])).toEqual([]);
    expect(slots([variant('cs')], '', {}, '')).toEqual([]);
  });

  it('are kept where a line was written already', () => {
    expect(slots([], '', { cs: 'Začínáme.', uk: ' ' })).toEqual([['cs', 0, false]]);
  });
});

describe('a message', () => {
  it('is shown as a member reads it', () => {
    expect(renderMessage(variant('en'), 'Vltava Fit', ' We start. ')).toBe(
      'Hello from Vltava Fit. We start.\n\nSTOP',
    );
  });

  it('keeps the place of what is not said yet, and of what nobody can say', () => {
    const body = '{{message}} {{price}}';
    expect(renderMessage(variant('en', { body, footer: null }), 'Vltava Fit', '')).toBe(body);
  });

  it('has example facts, and says so', () => {
    const named = variant('en', { body: 'Hi {{first_name}}.', footer: null, parameters: ['first_name'] });
    expect(renderMessage(named, 'Vltava Fit', '')).toBe('Hi Anna.');
    expect(mentionsExamples(named)).toBe(true);
    expect(mentionsExamples(variant('en'))).toBe(false);
  });

  it('takes nothing in the text of a message for a place', () => {
    expect(renderMessage(variant('en', { footer: null }), 'X', 'Write {{club}} $& to us')).toBe(
      'Hello from X. Write {{club}} $& to us',
    );
  });
});
