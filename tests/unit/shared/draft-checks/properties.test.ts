// What holds for every text there is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_NAME, fillAddress, MissingAddressError } from '../../../../shared/draft-checks/address.ts';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { checkWhole } from '../../../../shared/draft-checks/whole.ts';
import { ADDRESSES, FACTS, problemsOf } from './sample-task.ts';
import { TEXTS_BG } from './texts-bg.ts';
import { TEXTS_CS } from './texts-cs.ts';
import { TEXTS_EN } from './texts-en.ts';
import { TEXTS_RU } from './texts-ru.ts';
import { TEXTS_UK } from './texts-uk.ts';

const PASSING = {
  cs: TEXTS_CS.passing,
  uk: TEXTS_UK.passing,
  ru: TEXTS_RU.passing,
  en: TEXTS_EN.passing,
  bg: TEXTS_BG.passing,
};
const language = fc.constantFrom(...LANGUAGES);
/** An honest text, as [language, message, writing]. */
const honest = language.chain((code) =>
  fc.constantFrom(...PASSING[code]).map((text) => [code, ...text] as const),
);
const unicode = fc.string({ unit: 'binary', maxLength: 300 });

const ABOUT_ADDRESSES = /first_name/;

describe('Every text', () => {
  it('is judged, whatever is in it', () => {
    fc.assert(
      fc.property(language, unicode, unicode, fc.array(unicode), (code, message, last, forbidden) => {
        const task = {
          lastMessage: last,
          forbiddenWords: forbidden,
          facts: [{ id: 'offer_1', value: last }],
        };
        const problems = problemsOf(code, message, { task, draft: { factsUsed: ['offer_1'] } });
        expect(problems.every((problem) => /^[A-Z{f].*\.$/su.test(problem))).toBe(true);
        expect(new Set(problems).size).toBe(problems.length);
        checkWhole(message, code, { hasOptOutButton: false });
      }),
      { numRuns: 250 },
    );
  });

  it('fails with a number that no fact holds, wherever it stands', () => {
    const given = new Set(FACTS.map(({ value }) => String(value)));
    const invented = fc
      .nat({ max: 1_000_000 })
      .map(String)
      .filter((number) => !given.has(number));
    fc.assert(
      fc.property(honest, invented, fc.nat(), ([code, message, writing], number, place) => {
        const words = message.split(' ');
        const text = words.toSpliced(place % (words.length + 1), 0, number).join(' ');
        // What the text has of its own facts beside the usual ones is not counted here.
        fc.pre(!JSON.stringify(writing ?? {}).includes(number));
        expect(problemsOf(code, text, writing).join(' ')).toMatch(/number .* is not|number .* is of/);
      }),
      { numRuns: 500 },
    );
  });

  it('fails when a character that is not seen is put into an honest one', () => {
    const hidden = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u00ad',
      '\u202e',
      '\u2066',
      '\ufeff',
      '\u0000',
      '\u{e0041}',
      '\u3164',
    );
    fc.assert(
      fc.property(honest, hidden, fc.nat(), ([code, message, writing], character, place) => {
        const at = place % message.length;
        const text = message.slice(0, at) + character + message.slice(at);
        expect(problemsOf(code, text, writing)).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('fails when a letter of an honest one is exchanged for its twin of another script', () => {
    const twins: Record<string, string> = {
      a: 'а',
      e: 'е',
      o: 'о',
      c: 'с',
      p: 'р',
      а: 'a',
      е: 'e',
      о: 'o',
      с: 'c',
      р: 'p',
    };
    fc.assert(
      fc.property(honest, fc.nat(), ([code, message, writing], place) => {
        fc.pre(!message.includes(FIRST_NAME));
        const places = [...message].flatMap((letter, at) => (letter in twins ? [at] : []));
        const at = places[place % places.length]!;
        const letters = [...message];
        letters[at] = twins[letters[at]!]!;
        expect(problemsOf(code, letters.join(''), writing)).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has the same verdict on its placeholder before and after it is filled', () => {
    fc.assert(
      fc.property(
        honest,
        fc.string({ unit: fc.constantFrom(..."abčїыъ '-") }),
        ([code, message, writing], name) => {
          const address = writing?.task?.address === null ? null : name.trim() || ADDRESSES[code];
          const task = { ...writing?.task, maxLength: 1000, address };
          const filled = fillAddress(message, address);
          expect(filled).not.toContain(FIRST_NAME);
          const verdict = (text: string) =>
            problemsOf(code, text, { ...writing, task }).filter((problem) => ABOUT_ADDRESSES.test(problem));
          expect(verdict(filled)).toEqual(verdict(message));
        },
      ),
    );
  });

  it('keeps what a name holds as it is, even what means something in a replacement', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(fillAddress(`Hello, ${FIRST_NAME}.`, name)).toBe(`Hello, ${name}.`);
      }),
    );
    expect(fillAddress('Hello, {first_name}.', "$& $1 $'")).toBe("Hello, $& $1 $'.");
    expect(fillAddress('Hello.', null)).toBe('Hello.');
    expect(() => fillAddress('Hello, {first_name}.', null)).toThrow(MissingAddressError);
  });
});

/** What backtracking regular expressions choke on: long runs of what they repeat, and no end. */
const LONG: Record<string, string> = {
  letters: 'a',
  'cyrillic letters': 'є',
  digits: '1',
  'digits and spaces': '1 ',
  'digits and points': '1.',
  'digits and hyphens': '1--',
  spaces: ' ',
  'points and letters': 'a.',
  'at signs': 'a@',
  'words of an offer': 'sleva zdarma ',
  'words and numbers': 'dva 31 dní до ',
  'beginnings of a past tense': 'ви давно не ',
  'beginnings of a Czech one': 'jste se už ',
  placeholders: FIRST_NAME,
  braces: '{{',
  capitals: 'ЖАРТ ',
  combining: 'e\u0301',
  surrogates: '💪',
  'the last words': 'neviděli jsme se ',
};

/** Runs of letters meet the patterns of every language; the rest is the same for all. */
const LONG_TEXTS = Object.entries(LONG).flatMap(([name, part], index) =>
  (/letters/.test(name) ? LANGUAGES : [LANGUAGES[index % LANGUAGES.length]!]).map(
    (code) => [code, name, part] as const,
  ),
);

describe('A text of 100 kB is judged at once', () => {
  it.each(LONG_TEXTS)('in %s, of %s', (code: Language, _name, part) => {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    const startedAt = performance.now();
    const problems = problemsOf(code, text, {
      task: { lastMessage: text, forbiddenWords: ['sleva', 'є', 'a a'] },
    });
    expect(problems.length).toBeGreaterThan(0);
    // Many times what it takes; a pattern that backtracks takes minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
