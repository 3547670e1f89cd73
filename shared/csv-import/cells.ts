// The kinds of cells, as zod reads them: each refuses with a sentence that says the cure.
import { z } from 'zod';
import { clientLanguage, LANGUAGES } from '../booking/language.ts';
import { parseBirthDate } from '../booking/moment.ts';
import type { Moment } from '../booking/moment.ts';
import { localDate, wallClock } from '../booking/wall-clock.ts';
import { parseAmount } from './amount.ts';
import { parseDate, parseDateTime } from './date-text.ts';
import type { ImportClub } from './import-club.ts';

/** Longer ones are a text that slipped into the wrong column. */
const LONGEST_ID = 100;

export const text = z.string().trim();

/** A column that the header may leave out. */
export const optionalText = text.default('');

export const requiredText = (cure: string) => text.min(1, `This cell is empty: ${cure}.`);

export const id = requiredText('every row needs an id that stays the same in every import').max(
  LONGEST_ID,
  `An id has at most ${LONGEST_ID} characters: shorten it.`,
);

/** One of these words; an empty cell means the first of them. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]) {
  return optionalText.transform((given, context): Word => {
    const word = given === '' ? words[0] : words.find((known) => known === given.toLowerCase());
    if (word !== undefined) return word;
    context.addIssue(`"${given}" is not known: write ${words.join(', ')}, or leave the cell empty.`);
    return z.NEVER;
  });
}

const YES_NO: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
  '': false,
};

export const yesNo = text.transform((given, context): boolean => {
  const answer = YES_NO[given.toLowerCase()];
  if (answer !== undefined) return answer;
  context.addIssue(`"${given}" is neither yes nor no: write one of the two, or leave the cell empty.`);
  return z.NEVER;
});

export function moment({ timezone, now }: ImportClub) {
  const today = wallClock(now, timezone).slice(0, 10);
  return text.transform((given, context): Moment & { isFuture: boolean } => {
    const read = parseDateTime(given);
    if (read) return { ...read, isFuture: localDate(read, timezone) > today };
    context.addIssue(`"${given}" is no date and time: write it like 2026-03-01 18:30 or 01.03.2026 18:30.`);
    return z.NEVER;
  });
}

/** Null when empty; else no later than today. */
export function optionalMoment(club: ImportClub) {
  const read = moment(club);
  return optionalText.transform((given, context): Moment | null => {
    if (given === '') return null;
    const { data, error } = read.safeParse(given);
    if (data && !data.isFuture) return data;
    context.addIssue(
      error?.issues[0]?.message ?? 'This day is still to come: correct the date, or leave the cell empty.',
    );
    return z.NEVER;
  });
}

/** Null when empty, and for the 1970-01-01 that some programmes write instead. */
export function birthDate({ timezone, now }: ImportClub) {
  const today = wallClock(now, timezone).slice(0, 10);
  return text.transform((given, context): string | null => {
    if (given === '') return null;
    const date = parseDate(given);
    if (date !== null && date <= today) return parseBirthDate(date);
    context.addIssue(
      date === null
        ? `"${given}" is no date: write it like 1990-02-28 or 28.02.1990, or leave the cell empty.`
        : `"${given}" is in the future: correct it, or leave the cell empty.`,
    );
    return z.NEVER;
  });
}

export function amount({ currency }: ImportClub) {
  return text.transform((given, context): number => {
    const minor = parseAmount(given, currency);
    if (minor !== null) return minor;
    context.addIssue(`"${given}" is no amount of ${currency}: write it like 1490, 1490.50 or 1 490,50.`);
    return z.NEVER;
  });
}

export const consentLanguage = oneOf(['', ...LANGUAGES]);

/** As given: only whether it is a language can be said without the phone and the name. */
export const languageWord = text.refine(
  (language) => {
    const facts = { customFields: { language }, phone: null, name: '' };
    return language === '' || clientLanguage(facts, 'en').source === 'field';
  },
  {
    error: ({ input }) =>
      `"${String(input)}" is no language that we write in: use ${LANGUAGES.join(', ')}, or leave the cell empty.`,
  },
);
