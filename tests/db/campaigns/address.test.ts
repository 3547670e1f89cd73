import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';

const clubs = useClubs();

type Language = 'cs' | 'uk' | 'ru' | 'en' | 'bg';
const LANGUAGES: Language[] = ['cs', 'uk', 'ru', 'en', 'bg'];

async function addressesOf(names: readonly string[], language: string): Promise<(string | null)[]> {
  const rows = await clubs.sql<{ address: string | null }[]>`
    select campaigns.address_of(given.name, ${language}) as address
    from unnest(${names as string[]}::text[]) with ordinality as given (name, place)
    order by given.place`;
  return rows.map(({ address }) => address);
}

/** `Petr Petře, Marie`: a name and its address form, or one that stays as it is. */
const pairs = (text: string): [string, string][] =>
  text.split(/[,\n]/).map((entry) => {
    const [name, address] = entry.trim().split(' ');
    return [name!, address ?? name!];
  });

const FORMS: Record<Language, string> = {
  cs: `Petr Petře, Pavel Pavle, Karel Karle, Jan Jane, Josef Josefe, Jiří, Tomáš Tomáši, Lukáš Lukáši, Ondřej Ondřeji
    Matěj Matěji, Zdeněk Zdeňku, Marek Marku, Luděk Luďku, Vojtěch Vojtěchu, Patrik Patriku, Michal Michale, Daniel Danieli
    Alois Aloisi, Denis Denisi, Alexandr Alexandře, Viktor Viktore, Jaromír Jaromíre, Štěpán Štěpáne, Oldřich Oldřichu
    Vavřinec Vavřinče, Lev Lve, Hugo, Ivo, René, Honza Honzo, Jirka Jirko, Vašek Vašku
    Jana Jano, Eva Evo, Zuzana Zuzano, Žofie, Marie, Lucie, Andrea Andreo, Lea Leo, Soňa Soňo, Nataša Natašo, Dagmar, Ester
    Libuše, Alice, Nikola Nikolo, Katka Katko, Oksana Oksano, Zdeňka Zdeňko`,
  uk: `Андрій Андрію, Ігор Ігоре, Сергій Сергію, Олександр Олександре, Іван Іване, Микола Миколо, Ілля Ілле, Петро Петре
    Дмитро Дмитре, Василь Василю, Олег Олеже, Яків Якове, Федір Федоре, Лев Леве, Марк Марку, Володимир Володимире
    Юрій Юрію, Тарас Тарасе, В'ячеслав В’ячеславе, Сашко Сашку
    Олена Олено, Любов Любове, Наталія Наталіє, Наталя Наталю, Марія Маріє, Дар'я Дар’є, Мар'яна Мар’яно, Ольга Ольго
    Оля Олю, Зоя Зоє, Леся Лесю, Надія Надіє, Юлія Юліє, Ганна Ганно, Катя Катю, Соломія Соломіє`,
  bg: `Иван Иване, Петър Петре, Димитър Димитре, Александър Александре, Стоян Стояне, Павел Павле, Владимир Владимире
    Христо, Георги, Николай, Никола, Илия, Митко, Ивайло, Мария, Иванка, Десислава, Ваня, Радост, Цветелина`,
  ru: `Иван, Пётр, Дмитрий, Илья, Лев, Яков, Константин, Валентин, Игорь, Саша, Ян, Доминик
    Анна, Наталья, Любовь, Ирина, Екатерина, Ева, Юлия, Алёна, Майя, Марина, Анна-Мария, Ия`,
  en: `John, Anne, O'Brien O’Brien, Jean-Luc, Zdeněk, José, Łukasz, Bo, Chloë, Mary-Ann, Lyubov, Jason, Thuỷ, D'Arcy D’Arcy`,
};

describe('a member is addressed', () => {
  it.each(LANGUAGES)('in %s by the form that the language has', async (language) => {
    const forms = pairs(FORMS[language]);
    const names = forms.map(([name]) => name);
    expect((await addressesOf(names, language)).map((address, at) => [names[at], address])).toEqual(forms);
  });

  it.each<[Language, string, string]>([
    ['cs', 'JANA', 'Jano'],
    ['cs', 'zdeněk', 'Zdeňku'],
    ['cs', '  Petr\t', 'Petře'],
    ['cs', 'Zdene\u030ck', 'Zdeňku'],
    ['uk', 'ДАРʼЯ', 'Дар’є'],
    ['uk', 'дар`я', 'Дар’є'],
    ['bg', 'иВАН', 'Иване'],
    ['ru', 'АННА-МАРИЯ', 'Анна-Мария'],
    ['en', 'jean-luc', 'Jean-Luc'],
    ['en', 'O\u2018BRIEN', 'O’Brien'],
    ['en', "NA'IMA", 'Na’ima'],
  ])('in %s, however %j is typed: %s', async (language, name, address) => {
    expect(await addressesOf([name], language)).toEqual([address]);
  });

  it.each<[Language, string, string | null]>([
    ['cs', 'Petr Novák', 'Petře'],
    ['cs', 'Jana Veselá', 'Jano'],
    ['uk', 'Олена Петрівна', 'Олено'],
    ['ru', 'Иван Петрович', 'Иван'],
    ['bg', 'Иван Петров', 'Иване'],
    ['cs', 'Novák Petr', null],
    ['cs', 'Anna Marie', null],
    ['cs', 'Pavel Martin', null],
    ['ru', 'Анна Мария', null],
    ['en', 'Anna Maria Nováková', null],
  ])(
    'in %s by the first of two words where the other is surely none: %s',
    async (language, name, address) => {
      expect(await addressesOf([name], language)).toEqual([address]);
    },
  );
});

describe('nobody is addressed', () => {
  it.each(LANGUAGES)('in %s by what is no name', async (language) => {
    const answers = await addressesOf(HOSTILE_NAMES, language);
    expect(HOSTILE_NAMES.filter((_, at) => answers[at] !== null)).toEqual([]);
  });

  it.each<[Language, string[]]>([
    [
      'cs',
      [
        'Lukas',
        'Zdenek',
        'Alex',
        'Xenofont',
        'Peter',
        'Олена',
        'Petře',
        'Anna-Marie',
        'Sofia',
        'Novák',
        'Nováková',
      ],
    ],
    ['uk', ['Сергей', 'Елена', 'Наталья', 'Olena', 'Олено', 'Шевченко', 'Ніколь', 'Джон']],
    ['bg', ['Ivan', 'Сергій', 'Наталья', 'Иванов', 'Кевин', 'Петре']],
    [
      'ru',
      [
        'Anna',
        'Сергій',
        'Олексій',
        'Дар’я\u0301',
        'Иванов',
        'Петрова',
        'Шевченко',
        'Ковальчук',
        'Мкртчян',
        'Пушкин',
        'Мельник',
      ],
    ],
    ['en', ['Анна', 'Nováková', 'Ivanov', 'Petrova', 'Shevchenko', 'Ng', 'Иvan']],
  ])('in %s by a name that is foreign, unknown or perhaps a surname', async (language, names) => {
    const answers = await addressesOf(names, language);
    expect(names.filter((_, at) => answers[at] !== null)).toEqual([]);
  });

  it('in a language that we do not speak, or without a name', async () => {
    expect(await addressesOf(['Eva', 'Ева'], 'de')).toEqual([null, null]);
    for (const language of LANGUAGES) expect(await addressesOf([null as never], language)).toEqual([null]);
  });
});

const SCRIPTS: Record<Language, RegExp> = {
  cs: /^\p{Script=Latin}+$/u,
  uk: /^[А-ЩЬЮЯҐЄІЇа-щьюяґєії’]+$/u,
  bg: /^[А-ЪЬЮЯа-ъьюя]+$/u,
  ru: /^[А-Яа-яЁё]+(?:[-’][А-Яа-яЁё]+)?$/u,
  en: /^\p{Script=Latin}+(?:[-’]\p{Script=Latin}+)?$/u,
};

/** Whole names, letters of both scripts, and what may stand between them. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        ..."AaEeĚěŘřžЖжАаІіЇїЫыЁёҐґъ’'-  .{}\u200b\u202e\u0301".split(''),
        'Jana',
        'Олена',
        'Иван',
        'Петър',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe('whatever stands in the field of the first name', () => {
  it.each(LANGUAGES)(
    'in %s what comes of it is one short name in the right letters, or nothing',
    async (language) => {
      const names = fc.sample(text, { numRuns: 1500, seed: 7 }).map((name) => name.replaceAll('\0', ''));
      const answers = await addressesOf(names, language);
      const said = answers.filter((address) => address !== null);
      for (const address of said) {
        expect(address).toMatch(SCRIPTS[language]);
        expect([...address].length).toBeLessThanOrEqual(24);
        expect(address).toBe(address.normalize('NFC'));
      }
      // A run in which nothing was a name would have shown nothing.
      expect(said.length).toBeGreaterThan(0);
    },
  );

  it.each(LANGUAGES)('in %s its case and the spaces around it do not matter', async (language) => {
    const names = fc.sample(text, { numRuns: 500, seed: 11 }).map((name) => name.replaceAll('\0', ''));
    const known = [...names, ...pairs(FORMS[language]).map(([name]) => name)];
    const answers = await addressesOf(known, language);
    const plain = known.filter((name) => /^[\p{Script=Latin}\p{Script=Cyrillic}' -]*$/u.test(name));
    const upper = await addressesOf(
      plain.map((name) => ` ${name.toUpperCase()}\n`),
      language,
    );
    expect(upper).toEqual(plain.map((name) => answers[known.indexOf(name)]));
    if (language === 'ru' || language === 'en') {
      const said = answers.filter((address) => address !== null);
      expect(await addressesOf(said, language)).toEqual(said);
    }
  });
});

describe('the list of names', () => {
  const listed = (language: string) =>
    clubs.sql<{ name: string; vocative: string }[]>`
      select name, vocative from campaigns.vocatives where language = ${language} order by name`;

  it.each<[Language, number]>([
    ['cs', 600],
    ['uk', 300],
    ['bg', 350],
  ])(
    'of %s has each name once, as it is looked up, with an address form in its letters',
    async (language, atLeast) => {
      const rows = await listed(language);
      expect(rows.length).toBeGreaterThanOrEqual(atLeast);
      const names = rows.map(({ name }) => name);
      expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
      for (const { name, vocative } of rows) {
        for (const word of [name, vocative]) {
          expect(word).toMatch(SCRIPTS[language]);
          expect(word).toMatch(/^\p{Lu}[\p{Ll}’]+$/u);
          expect(word).toBe(word.normalize('NFC'));
        }
        // An ending changes, the name stays.
        expect(vocative[0]).toBe(name[0]);
        expect(Math.abs(vocative.length - name.length)).toBeLessThanOrEqual(1);
      }
      expect(await addressesOf(names, language)).toEqual(rows.map(({ vocative }) => vocative));
    },
  );

  it('has no letters of a neighbour’s alphabet', async () => {
    for (const [language, foreign] of [
      ['cs', /[^a-záčďéěíňóřšťúůýžľ]/i],
      ['uk', /[ыэъё]/i],
      ['bg', /[ыэёіїєґ]/i],
    ] as const) {
      const rows = await listed(language);
      expect(rows.filter(({ name, vocative }) => foreign.test(name + vocative))).toEqual([]);
    }
  });

  it('addresses Bulgarian women by the name as it is', async () => {
    const rows = await listed('bg');
    expect(rows.filter(({ name, vocative }) => /[аяи]$/.test(name) && name !== vocative)).toEqual([]);
  });

  it('has a form that ends in a vowel for every Ukrainian', async () => {
    const rows = await listed('uk');
    expect(rows.filter(({ vocative }) => !/[оеєюу]$/.test(vocative))).toEqual([]);
  });
});
