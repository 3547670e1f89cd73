// Templates that a club of these tests has approved, one per language.
import type { TemplateDefinition } from '../../../../stack/sandbox/whatsapp/template-types.ts';

interface Wording {
  language: string;
  body: string;
  footer: string;
  optOut: string;
  exampleName: string;
  exampleMessage: string;
}

const reactivation: Wording[] = [
  {
    language: 'cs',
    body: 'Dobrý den, {{first_name}}! {{message}} Těšíme se na viděnou v klubu {{club}}. Váš tým.',
    footer: 'Obchodní sdělení · Odhlášení: STOP',
    optOut: 'Odhlásit odběr',
    exampleName: 'Eva',
    exampleMessage: 'Dlouho jsme se neviděli. Co takhle přijít si zase zacvičit v úterý?',
  },
  {
    language: 'uk',
    body: 'Вітаємо, {{first_name}}! {{message}} Чекаємо на вас у клубі {{club}}. Ваша команда.',
    footer: 'Рекламне повідомлення · Відмова: STOP',
    optOut: 'Відписатися',
    exampleName: 'Олена',
    exampleMessage: 'Давно не бачилися! Може, завітаєте на тренування у вівторок?',
  },
  {
    language: 'ru',
    body: 'Здравствуйте, {{first_name}}! {{message}} Ждём вас в клубе {{club}}. Ваша команда.',
    footer: 'Рекламное сообщение · Отказ: STOP',
    optOut: 'Отписаться',
    exampleName: 'Анна',
    exampleMessage: 'Давно не виделись! Может быть, заглянете на тренировку во вторник?',
  },
  {
    language: 'en',
    body: 'Hello, {{first_name}}! {{message}} See you soon at {{club}}. Your training team.',
    footer: 'Commercial communication · Opt out: STOP',
    optOut: 'Stop promotions',
    exampleName: 'Emma',
    exampleMessage: 'It has been a while! How about coming back for a workout on Tuesday?',
  },
  {
    language: 'bg',
    body: 'Здравейте, {{first_name}}! {{message}} Очакваме Ви в клуб {{club}}. Вашият екип.',
    footer: 'Търговско съобщение · Отказ: STOP',
    optOut: 'Отписване',
    exampleName: 'Мария',
    exampleMessage: 'Отдавна не сме се виждали! Какво ще кажете за тренировка във вторник?',
  },
];

const toTemplate =
  (name: string) =>
  (wording: Wording): TemplateDefinition => ({
    name,
    language: wording.language,
    category: 'MARKETING',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: wording.body,
        example: {
          body_text_named_params: [
            { param_name: 'first_name', example: wording.exampleName },
            { param_name: 'message', example: wording.exampleMessage },
            { param_name: 'club', example: 'Vltava Fit' },
          ],
        },
      },
      { type: 'FOOTER', text: wording.footer },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: wording.optOut }] },
    ],
  });

export const reactivationTemplates: TemplateDefinition[] = reactivation.map(toTemplate('reactivation_v1'));
