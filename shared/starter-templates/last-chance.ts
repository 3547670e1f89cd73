// Urgent, but never pushy.
import { templatesOf } from './starter-template.ts';

export const LAST_CHANCE = templatesOf('last_chance_v1', {
  cs: {
    body: 'Dobrý den, v klubu {{club}} jsme na vás nezapomněli. {{message}} Rádi vás zase uvidíme.',
    exampleMessage:
      'Uběhlo už hodně času a neradi bychom se rozloučili. Ozvěte se nám ještě tento týden, návrat vám co nejvíc usnadníme.',
  },
  uk: {
    body: 'Добрий день! У клубі {{club}} про вас не забули. {{message}} Будемо раді знову вас побачити.',
    exampleMessage:
      'Минуло вже багато часу, і нам не хочеться прощатися. Напишіть нам цього тижня, і ми допоможемо легко повернутися.',
  },
  ru: {
    body: 'Здравствуйте! В клубе {{club}} о вас не забыли. {{message}} Будем рады снова вас увидеть.',
    exampleMessage:
      'Прошло уже много времени, и нам не хочется прощаться. Напишите нам на этой неделе, и мы поможем легко вернуться.',
  },
  en: {
    body: 'Hello! At {{club}} we have not forgotten you. {{message}} We would be glad to see you again.',
    exampleMessage:
      'It has been a long time, and we would hate to say goodbye. Write to us this week and we will make coming back easy.',
  },
  bg: {
    body: 'Здравейте! В клуб {{club}} не сме ви забравили. {{message}} Ще се радваме на нова среща.',
    exampleMessage:
      'Мина доста време и не бихме искали да се разделим. Пишете ни тази седмица и ще направим връщането ви лесно.',
  },
});
