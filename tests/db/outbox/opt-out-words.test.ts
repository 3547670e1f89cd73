import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { LANGUAGES, OPT_OUTS, ORDINARY, UNCLEAR } from './opt-out-texts.ts';
import type { Language } from './opt-out-texts.ts';

const clubs = useClubs();

/** Those of the texts of which the function says so. */
async function those(texts: string[], verdict: 'is_opt_out' | 'may_be_opt_out'): Promise<string[]> {
  const rows = await clubs.sql<{ text: string }[]>`
    select given.text from unnest(${texts}::text[]) with ordinality as given (text, place)
    where ${clubs.sql(`outbox.${verdict}`)}(given.text) order by given.place`;
  return rows.map(({ text }) => text);
}

const all = (texts: Record<Language, string[]>) => LANGUAGES.flatMap((language) => texts[language]);

describe('An opt-out is', () => {
  it.each(LANGUAGES)('STOP and its kin, however it is written: %s', async (language) => {
    expect(OPT_OUTS[language].length).toBeGreaterThanOrEqual(40);
    expect(await those(OPT_OUTS[language], 'is_opt_out')).toEqual(OPT_OUTS[language]);
  });

  it.each(LANGUAGES)('not a sentence that contains such a word: %s', async (language) => {
    expect(ORDINARY[language].length).toBeGreaterThanOrEqual(25);
    expect(await those(ORDINARY[language], 'is_opt_out')).toEqual([]);
  });

  it('every word of the lists, alone; and none of what only goes with them', async () => {
    const rows = await clubs.sql<{ word: string; part: string }[]>`
      select btrim(written.word, E' \n') as word, given.part
      from outbox.opt_out_words() as given, regexp_split_to_table(given.words, ',') as written (word)`;
    const words = rows.filter(({ part }) => part === 'word' || part === 'alone').map(({ word }) => word);
    expect(words.length).toBeGreaterThan(200);
    expect(await those(words, 'is_opt_out')).toEqual(words);
    const others = rows.map(({ word }) => word).filter((word) => !words.includes(word));
    expect(await those(others, 'is_opt_out')).toEqual([]);
  });

  it('not a long text, an empty one, or none', async () => {
    expect(await those(['', ' ', '!', '👍', `stop ${'stop '.repeat(60)}`], 'is_opt_out')).toEqual([]);
    expect(await clubs.sql`select outbox.is_opt_out(null) as is_stop`).toEqual([{ is_stop: false }]);
  });
});

const LATIN = 'aceopxyikmtABCEHIKMOPTX';
const CYRILLIC = 'асеорхуікмтАВСЕНІКМОРТХ';
const withoutAccents = (text: string) => text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');

/** The letter of the other script that looks the same, if there is one. */
function lookAlike(letter: string): string {
  const place = LATIN.indexOf(letter);
  return CYRILLIC[place] ?? LATIN[CYRILLIC.indexOf(letter)] ?? letter;
}

const isMixed = (text: string) => /[a-z]/i.test(text) && /[а-яіїєґ]/i.test(text);
const around = fc
  .array(fc.constantFrom(...'!?.,;:*_-–()"„“«»…\n\t ', '🙏', '🛑', '❤️', '👍🏽', '\u200b', '\u00a0'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));

/** A text as somebody else might type it; every word keeps its first letter, so that its script is to be seen. */
const retyped = (texts: string[]) =>
  fc
    .record({
      text: fc.constantFrom(...texts.filter((text) => !isMixed(text))),
      before: around,
      after: around,
      isBare: fc.boolean(),
      dice: fc.array(fc.nat(5), { minLength: 120, maxLength: 120 }),
    })
    .map(({ text, before, after, isBare, dice }) => {
      const letters = [...(isBare ? withoutAccents(text) : text)];
      const typed = letters.map((letter, index) => {
        const cased = dice[index]! % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase();
        return dice[index]! > 3 && /\p{L}/u.test(letters[index - 1] ?? '') ? lookAlike(cased) : cased;
      });
      return before + typed.join('') + after;
    });

describe('Case, accents, what stands around it, and letters that look alike', () => {
  it('make no opt-out an ordinary message', async () => {
    const property = fc.asyncProperty(fc.array(retyped(all(OPT_OUTS)), { maxLength: 20 }), async (texts) => {
      expect(await those(texts, 'is_opt_out')).toEqual(texts);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('make no ordinary message an opt-out', async () => {
    const property = fc.asyncProperty(fc.array(retyped(all(ORDINARY)), { maxLength: 20 }), async (texts) => {
      expect(await those(texts, 'is_opt_out')).toEqual([]);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('An unclear wish is', () => {
  it.each(LANGUAGES)('no opt-out, and no ordinary message: %s', async (language) => {
    expect(await those(UNCLEAR[language], 'is_opt_out')).toEqual([]);
    expect(await those(UNCLEAR[language], 'may_be_opt_out')).toEqual(UNCLEAR[language]);
  });

  it('every sign of the lists, within a sentence', async () => {
    const rows = await clubs.sql<{ sign: string }[]>`
      select written.sign from outbox.wish_signs() as given, regexp_split_to_table(given.signs, ',') as written (sign)`;
    const said = rows.map(({ sign }) => {
      const words = sign.replaceAll('*', '').replaceAll('…', '').trim();
      return `${words.startsWith('^') ? '' : 'Eva '}${words.replaceAll(/[\^$]/g, '')}${words.endsWith('$') ? '' : ' 42'}`;
    });
    expect(said.length).toBeGreaterThan(300);
    expect(await those(said, 'may_be_opt_out')).toEqual(said);
  });

  it.each([
    'Přijdu v úterý, díky!',
    'zrušit mi rezervaci na pátek',
    'Скільки коштує абонемент?',
    'Можно перенести тренировку?',
    'I stop by on Friday',
    'When does the class end?',
    'Ще дойда във вторник',
    '👍',
    '',
  ])('not: %s', async (text) => {
    expect(await those([text], 'may_be_opt_out')).toEqual([]);
  });
});
