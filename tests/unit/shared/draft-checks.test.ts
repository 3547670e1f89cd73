import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../shared/draft-checks/check-draft.ts';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { DraftTask, Language, WrittenDraft } from '../../../shared/draft-checks/draft.ts';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';

const FACTS = [
  { id: 'days_since_last_visit', value: 74 },
  { id: 'visits_total', value: 31 },
  { id: 'usual_service', value: 'TRX & Jóga' },
  { id: 'usual_weekday', value: 'tuesday' },
];

const GOOD: Record<Language, string> = {
  cs: 'Neviděli jsme se už 74 dní. Budeme rádi, když si na TRX & Jóga zase najdete čas.',
  uk: 'Ми не бачилися вже 74 дні. Чекаємо на вас на TRX & Jóga, коли буде зручно.',
  ru: 'Мы не виделись уже 74 дня. Ждём вас на TRX & Jóga, когда будет удобно.',
  en: 'It has been 74 days since your last visit. “TRX & Jóga” could be a nice reason to drop by.',
  bg: 'Не сме се виждали от 74 дни. Очакваме ви на TRX & Jóga, когато ви е удобно.',
};

const task = (language: Language): DraftTask => ({ language, facts: FACTS, maxLength: 200 });
const draft = (language: Language, message: string, change: Partial<WrittenDraft> = {}): WrittenDraft => ({
  language,
  message,
  factsUsed: [],
  ...change,
});
const problems = (language: Language, message: string, change?: Partial<WrittenDraft>) =>
  checkDraft(draft(language, message, change), task(language));

describe('A draft', () => {
  it.each(LANGUAGES)('in %s passes when it uses the facts and nothing else', (language) => {
    expect(problems(language, GOOD[language])).toEqual([]);
  });

  it.each(STARTER_TEMPLATES)(
    'like the example of our own $name in $language passes',
    ({ language, exampleMessage }) => {
      expect(problems(language, exampleMessage)).toEqual([]);
    },
  );

  it.each(
    LANGUAGES.flatMap((asked) =>
      LANGUAGES.filter((written) => written !== asked).map((written) => [asked, written] as const),
    ),
  )('asked for in %s and written in %s is refused', (asked, written) => {
    const plain = STARTER_TEMPLATES.find((template) => template.language === written)!.exampleMessage;
    expect(problems(asked, plain)).not.toEqual([]);
  });

  it('that names another language than asked is refused even when the text is right', () => {
    expect(problems('ru', GOOD.ru, { language: 'uk' })).toEqual([
      'The answer says language "uk", "ru" was asked for.',
    ]);
  });

  it.each([
    ['is empty', '', 'empty'],
    ['is only spaces', '   ', 'empty'],
    ['has two lines', 'It has been a while.\nCome and see us.', 'one line'],
    ['has a tab', 'It has been a while.\tCome and see us.', 'one line'],
    ['begins with a space', ' It has been a while. Come and see us.', 'space'],
    ['holds a run of spaces', 'It has been a while.  Come and see us.', 'space'],
    ['hides a character', 'It has been a while.\u200b Come and see us.', 'invisible'],
    ['holds a placeholder', 'It has been a while, {{first_name}}. Come and see us.', 'placeholders'],
    ['stops in the middle', 'It has been a while since we', 'whole sentence'],
    ['says too little', 'Come.', 'too short'],
    ['says too much', `${'Come and see us again. '.repeat(10)}Soon.`, 'at most 200'],
  ])('that %s is refused', (_, message, reason) => {
    expect(problems('en', message).join(' ')).toContain(reason);
  });

  it('may be exactly as long as allowed, counted in characters and not in UTF-16 units', () => {
    const message = `${'💪'.repeat(20)} Come and see us.`;
    const exact: DraftTask = { language: 'en', facts: [], maxLength: [...message].length };
    expect(checkDraft(draft('en', message), exact)).toEqual([]);
    expect(checkDraft(draft('en', message), { ...exact, maxLength: exact.maxLength - 1 })).toHaveLength(1);
  });

  it('with a number that no fact holds is refused, also in other digits', () => {
    expect(problems('en', 'You have 32 visits behind you.')).toEqual([
      'The number 32 is not among the facts.',
    ]);
    expect(problems('en', 'You have ٣٢ visits behind you.')).toEqual([
      'The number ٣٢ is not among the facts.',
    ]);
    expect(problems('en', 'You have 31 visits behind you.')).toEqual([]);
  });

  it('that says it used a fact it was not given is refused', () => {
    expect(problems('en', GOOD.en, { factsUsed: ['days_since_last_visit', 'discount'] })).toEqual([
      'facts_used names "discount", which is not among the facts.',
    ]);
  });

  it.each([
    ['en', 'Come back and get a discount on your next visit.'],
    ['en', 'Your first session back is for free.'],
    ['en', 'Come back today and save 31 % on everything.'],
    ['en', 'It is only € 31 for you this week.'],
    ['cs', 'Vraťte se a získáte slevu na permanentku.'],
    ['cs', 'Další lekci u nás máte zdarma.'],
    ['uk', 'Для вас діє знижка на абонемент.'],
    ['uk', 'Перше тренування буде безкоштовним.'],
    ['ru', 'Для вас действует скидка на абонемент.'],
    ['ru', 'Первая тренировка будет бесплатной.'],
    ['bg', 'За вас има отстъпка за абонамента.'],
    ['bg', 'Първата тренировка е безплатна.'],
  ] as const)('in %s that promises something of value is refused: %s', (language, message) => {
    expect(problems(language, message).join(' ')).toContain('Promise nothing of value');
  });

  it('may quote a service whose name sounds like an offer', () => {
    const facts = [{ id: 'usual_service', value: 'Free weights – bonus class' }];
    const message = 'We miss you at Free weights – bonus class. Come and see us again.';
    expect(checkDraft(draft('en', message), { language: 'en', facts, maxLength: 200 })).toEqual([]);
  });

  it.each([
    ['a link', 'Come and see us again at https://example.test now.', 'link'],
    ['a bare domain', 'Come and see us again at vltavafit.cz now.', 'link'],
    ['an e-mail address', 'Write to us at hello@vltava today.', 'e-mail'],
    ['an account', 'Write to us, we are @vltavafit everywhere.', 'e-mail'],
    ['a phone number', 'Call us on +420 777 123 456 any time.', 'phone'],
  ])('with %s is refused', (_, message, reason) => {
    expect(problems('en', message).join(' ')).toContain(reason);
  });
});
