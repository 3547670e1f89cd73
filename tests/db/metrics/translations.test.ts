import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { METRICS } from './values.ts';

const clubs = useClubs();

const LANGUAGES = ['en', 'cs', 'uk', 'ru', 'bg'] as const;

interface Words {
  code: string;
  language: (typeof LANGUAGES)[number];
  title: string;
  tooltip: string;
}

const words = (language?: string) => clubs.sql<Words[]>`
  select word.code, word.language, word.title, word.tooltip
  from metrics.translations as word
  join metrics.definitions as definition using (code)
  where ${language ?? null}::text is null or word.language = ${language ?? null}
  order by definition.position`;

/** Letters that a text in the language cannot have; a text in another language has them soon. */
const FOREIGN_LETTERS = {
  en: /[^\p{ASCII}—–’“”]/u,
  cs: /\p{Script=Cyrillic}/u,
  uk: /[ыэъёѣ]/iu,
  ru: /[іїєґў]/iu,
  bg: /[ыэёіїєґ]/iu,
};

/** What may stay in Latin script among Cyrillic: names of things. */
const LATIN_NAMES = /\b(LTV|VIP|ARPU|PT)\b/g;
const ENGLISH_WORDS =
  /(?<!\p{L})(the|of|in|who|with|and|clients?|visits?|days?|last|rate|revenue|average|active|training)(?!\p{L})/iu;

const numbers = (text: string) => (text.match(/\d+/g) ?? []).toSorted();

describe('the words of the metrics', () => {
  it('are there in every language', async () => {
    const there = new Set((await words()).map(({ code, language }) => `${code} in ${language}`));
    const wanted = METRICS.flatMap((code) => LANGUAGES.map((language) => `${code} in ${language}`));
    expect(wanted.filter((one) => !there.has(one))).toEqual([]);
  });

  it('are in English those of the definition', async () => {
    const defined = await clubs.sql`
      select code, 'en' as language, title, tooltip from metrics.definitions order by position`;
    expect([...(await words('en'))]).toEqual([...defined]);
  });

  it.each(LANGUAGES)('are written in the letters of %s', async (language) => {
    for (const { code, title, tooltip } of await words(language)) {
      expect(`${title} ${tooltip}`, code).not.toMatch(FOREIGN_LETTERS[language]);
      expect(title, code).toMatch(/^[\p{Lu}\d]/u);
      expect(tooltip, code).toMatch(/^[\p{Lu}\d].{20,}\.$/u);
    }
  });

  it.each(['cs', 'uk', 'ru', 'bg'])('have nothing left in English in %s', async (language) => {
    for (const { code, title, tooltip } of await words(language)) {
      const text = `${title} ${tooltip}`;
      expect(text, code).not.toMatch(ENGLISH_WORDS);
      if (language !== 'cs') expect(text.replaceAll(LATIN_NAMES, ''), code).not.toMatch(/\p{Script=Latin}/u);
    }
  });

  it.each(['cs', 'uk', 'ru', 'bg'])(
    'tell metrics apart and repeat no other language in %s',
    async (language) => {
      const here = await words(language);
      expect(new Set(here.map(({ title }) => title)).size).toBe(here.length);
      expect(new Set(here.map(({ tooltip }) => tooltip)).size).toBe(here.length);
      for (const other of LANGUAGES.filter((one) => one !== language)) {
        const there = new Map((await words(other)).map(({ code, tooltip }) => [code, tooltip]));
        for (const { code, tooltip } of here)
          expect(tooltip, `${code} in ${other}`).not.toBe(there.get(code));
      }
    },
  );

  it.each(['cs', 'uk', 'ru', 'bg'])('name the same numbers in %s as in English', async (language) => {
    const english = new Map((await words('en')).map((word) => [word.code, word]));
    for (const { code, title, tooltip } of await words(language)) {
      expect(numbers(tooltip), `tooltip of ${code}`).toEqual(numbers(english.get(code)!.tooltip));
      expect(numbers(title), `title of ${code}`).toEqual(numbers(english.get(code)!.title));
    }
  });
});

describe('api.metric_definitions', () => {
  it.each(['owner', 'operator', 'moderator', 'analyst'])(
    'gives all words, the formula and the SQL that is run to a person who is %s',
    async (role) => {
      const club = await clubs.open();
      const person = await operator(clubs.sql, club.id, role);
      const rows = await asPerson(
        clubs.sql,
        person,
        (session) => session`
        select *, pg_get_functiondef(to_regprocedure('metrics.' || code || '(bigint, date)')) as run
        from api.metric_definitions order by position, language`,
      );
      expect(rows).toHaveLength((await words()).length);
      for (const row of rows) {
        expect(row.sql, row.code).toBe(row.run);
        expect(row.title && row.tooltip && row.formula, row.code).toBeTruthy();
        expect(row.unit, row.code).toMatch(/^(clients|share|visits|money)$/);
        expect(row.direction, row.code).toMatch(/^(up|down|neutral)$/);
      }
      const caveats = new Map(rows.map(({ code, caveat }) => [code as string, caveat as string | null]));
      expect(caveats.get('clients_total')).toContain('The same on every day');
      expect(caveats.get('active_30d')).toBeNull();
    },
  );

  it('gives nothing to somebody who is not signed in', async () => {
    for (const relation of ['api.metric_definitions', 'metrics.definitions', 'metrics.translations']) {
      const asked = asPerson(clubs.sql, null, (session) => session`select from ${session(relation)}`);
      await expect(asked, relation).rejects.toThrow('permission denied');
    }
  });
});

describe('api.read_metrics', () => {
  it.each([
    ['uk', 'Клієнти'],
    ['en', 'Clients'],
    ['de', 'Clients'],
  ])('speaks the language %s, and English where it has no words', async (language, title) => {
    const club = await clubs.open();
    const rows = await asPerson(
      clubs.sql,
      await operator(clubs.sql, club.id, 'owner'),
      (session) => session`
      select code, title from api.read_metrics(${club.id}, ${club.today}, ${language})`,
    );
    expect(rows.map(({ code }) => code as string)).toEqual(METRICS);
    expect(rows[0]).toEqual({ code: 'clients_total', title });
  });
});
