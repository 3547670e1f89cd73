// Ukrainian, formal address.
import { counter, phrase } from './phrase.ts';
import type { Phrasebook, Weekday } from './phrase.ts';

const days = counter('uk', { one: 'день', few: 'дні', many: 'днів', other: 'дня' });
const visits = counter('uk', {
  one: 'відвідування',
  few: 'відвідування',
  many: 'відвідувань',
  other: 'відвідування',
});

/** For use after a vowel: "в" there, but "у" before в. */
const onWeekday: Record<Weekday, string> = {
  monday: 'в понеділок',
  tuesday: 'у вівторок',
  wednesday: 'в середу',
  thursday: 'в четвер',
  friday: 'в п’ятницю',
  saturday: 'в суботу',
  sunday: 'в неділю',
};

export const uk: Phrasebook = {
  reactivation: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Ми не бачилися вже ${days(facts.days_since_last_visit)}. Будемо раді знову побачити вас на тренуванні.`,
    ),
    phrase(
      ['usual_weekday'],
      (facts) => `Давно не бачилися! Може, завітаєте на тренування ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `На вашому рахунку вже ${visits(facts.visits_total)} — чудова основа, щоб продовжити. Повертайтеся у своєму темпі.`,
    ),
    phrase(
      ['usual_service'],
      (facts) => `Нам вас бракує. «${facts.usual_service}» — гарна нагода завітати до нас знову.`,
    ),
    phrase(
      ['days_since_last_visit', 'usual_weekday'],
      (facts) =>
        `Востаннє ми бачилися ${days(facts.days_since_last_visit)} тому. Побачимося знову ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase([], () => 'Ми давно вас не бачили. Чи знайдеться цього тижня час для тренування?'),
    phrase([], () => 'Нам вас бракує. Завітайте знову на тренування.'),
  ],
  last_chance: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Ми не бачилися вже ${days(facts.days_since_last_visit)}. Почати знову легше, ніж здається: досить одного тренування.`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `На вашому рахунку вже ${visits(facts.visits_total)}. Не втрачайте здобутого — приходьте знову розім’ятися.`,
    ),
    phrase(
      [],
      () => 'Ми давно не бачилися і дуже не хочемо вас втратити. Приходьте хоча б на одне тренування.',
    ),
  ],
  pt_dropout: [
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Нам бракує вас на персональних тренуваннях. Вам буде зручно знову прийти ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      [],
      () => 'Нам бракує вас на персональних тренуваннях. Напишіть, коли вам зручно, і ми разом знайдемо час.',
    ),
  ],
  milestone: [
    phrase(
      ['visits_total'],
      (facts) => `На вашому рахунку вже ${visits(facts.visits_total)}. Вітаємо, це чудовий результат!`,
    ),
    phrase([], () => 'Вітаємо з новим рубежем! Раді, що ви тренуєтеся саме з нами.'),
  ],
  birthday: [
    phrase([], () => 'З днем народження! Бажаємо міцного здоров’я та радості від руху.'),
    phrase([], () => 'Щиро вітаємо з днем народження! Нехай енергії вистачає на все задумане.'),
  ],
};
