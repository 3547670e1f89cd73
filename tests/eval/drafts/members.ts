// Synthetic members: the same ones each time, so that two models, or two prompts, are asked the same questions.
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { Fact, Language } from '../../../shared/draft-checks/draft.ts';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { writingTask } from '../../../supabase/functions/draft-messages/writing-task.ts';
import type { WritingTask } from '../../../supabase/functions/draft-messages/writing-task.ts';

/** As campaigns.scenarios has them. */
const TONES = {
  birthday: 'warm',
  milestone: 'celebrating',
  pt_dropout: 'personal, as from the trainer',
  last_chance: 'urgent, but kind',
  reactivation: 'a mild nudge',
} as const;
export type Scenario = keyof typeof TONES;
export const SCENARIOS = Object.keys(TONES) as Scenario[];

/** Address forms, as the database finds them; null: none that is certain. */
const ADDRESSES: Record<Language, readonly (string | null)[]> = {
  cs: ['Petře', 'Jano', 'Lukáši', 'Zdeňko', null],
  uk: ['Олено', 'Андрію', 'Маріє', 'Тарасе', null],
  ru: ['Анна', 'Сергей', 'Ольга', 'Иван', null],
  en: ['Hannah', 'Thomas', 'Megan', 'Jack', null],
  bg: ['Иване', 'Мария', 'Георги', 'Елена', null],
};

const SERVICES = [
  'TRX & Jóga',
  'Pilates Reformer',
  'HIIT 45',
  'Йога',
  'Kruhový trénink',
  'Get 50 % off now!',
];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MILESTONES = [10, 25, 50, 100, 200, 500];

const pick = <T>(choices: readonly T[], number: number): T => choices[number % choices.length]!;

function factsOf(scenario: Scenario, number: number): Fact[] {
  const milestone = pick(MILESTONES, number);
  const facts: Record<Scenario, Fact[]> = {
    birthday: [{ id: 'visits_total', value: 3 + number * 7 }],
    milestone: [
      { id: 'milestone', value: milestone },
      { id: 'visits_total', value: milestone },
    ],
    pt_dropout: [{ id: 'days_since_last_pt_visit', value: 31 + number * 8 }],
    last_chance: [
      { id: 'days_since_last_visit', value: 120 + number * 5 },
      { id: 'visits_total', value: 2 + number * 9 },
    ],
    reactivation: [
      { id: 'days_since_last_visit', value: 60 + number * 5 },
      { id: 'visits_total', value: 1 + number * 11 },
    ],
  };
  return [
    ...facts[scenario],
    ...(number % 3 === 0 ? [] : [{ id: 'usual_service', value: pick(SERVICES, number) }]),
    ...(number % 4 === 0 ? [] : [{ id: 'usual_weekday', value: pick(WEEKDAYS, number) }]),
    ...(number % 5 === 2 ? [{ id: 'offer_1', value: 'První lekce po návratu zdarma do 31. 1.' }] : []),
  ];
}

export interface EvaluatedTask {
  scenario: Scenario;
  language: Language;
  member: number;
  task: WritingTask;
}

/** One task for each scenario, language and member; every tenth member has just written to the club. */
export function tasksOf(members: number): EvaluatedTask[] {
  return SCENARIOS.flatMap((scenario) =>
    LANGUAGES.flatMap((language) =>
      Array.from({ length: members }, (_, member) => {
        const template = STARTER_TEMPLATES.find(
          (each) => each.name === `${scenario}_v1` && each.language === language,
        )!;
        const isFree = member % 10 === 9;
        const frame = `${template.body.replace('{{club}}', () => 'Vltava Fit')}\n\n${template.footer}`;
        const task = writingTask.parse({
          scenario,
          scenario_tone: TONES[scenario],
          language,
          form: isFree ? 'free_text' : 'template',
          facts: factsOf(scenario, member),
          address: pick(ADDRESSES[language], member),
          voice: { version: 0, tone: 'Warm, short, one honest invitation.', forbidden_words: [] },
          last_message: null,
          frame: isFree ? `{{message}}\n\nVltava Fit\n${template.footer}` : frame,
          has_opt_out_button: true,
          max_length: isFree ? 600 : 200,
          static_message: template.exampleMessage,
        });
        return { scenario, language, member, task };
      }),
    ),
  );
}
