// Praise for what the member did.
import { templatesOf } from './starter-template.ts';

export const MILESTONE = templatesOf('milestone_v1', {
  cs: {
    body: 'Dobrý den, z klubu {{club}} vám posíláme velkou pochvalu. {{message}} Jen tak dál!',
    exampleMessage:
      'Gratulujeme k dalšímu milníku! Vaší vytrvalosti si moc vážíme a máme radost, že cvičíte právě u nás.',
  },
  uk: {
    body: 'Добрий день! Ми в клубі {{club}} пишаємося вами. {{message}} Так тримати!',
    exampleMessage:
      'Вітаємо з новим рубежем! Ми щиро цінуємо вашу наполегливість і раді, що ви тренуєтеся саме в нас.',
  },
  ru: {
    body: 'Здравствуйте! Мы в клубе {{club}} гордимся вами. {{message}} Так держать!',
    exampleMessage:
      'Поздравляем с новым рубежом! Мы очень ценим ваше упорство и рады, что вы тренируетесь именно у нас.',
  },
  en: {
    body: 'Hello! Everyone at {{club}} is proud of you. {{message}} Keep it up!',
    exampleMessage:
      'Congratulations on a new milestone! We admire how you keep at it, and we are glad that you train with us.',
  },
  bg: {
    body: 'Здравейте! В клуб {{club}} се радваме на всеки успех. {{message}} Все така напред!',
    exampleMessage:
      'Поздравления за новия рубеж! Ценим вашето постоянство и се радваме, че тренирате именно при нас.',
  },
});
