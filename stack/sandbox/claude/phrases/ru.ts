// Russian, formal address.
import { counter, phrase } from './phrase.ts';
import type { Phrasebook, Weekday } from './phrase.ts';

const days = counter('ru', { one: 'день', few: 'дня', many: 'дней', other: 'дня' });
const visits = counter('ru', { one: 'посещение', few: 'посещения', many: 'посещений', other: 'посещения' });

const onWeekday: Record<Weekday, string> = {
  monday: 'в понедельник',
  tuesday: 'во вторник',
  wednesday: 'в среду',
  thursday: 'в четверг',
  friday: 'в пятницу',
  saturday: 'в субботу',
  sunday: 'в воскресенье',
};

export const ru: Phrasebook = {
  reactivation: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Мы не виделись уже ${days(facts.days_since_last_visit)}. Будем рады снова увидеть вас на тренировке.`,
    ),
    phrase(
      ['usual_weekday'],
      (facts) => `Давно не виделись! Может быть, заглянете на тренировку ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `На вашем счету уже ${visits(facts.visits_total)} — отличная основа, чтобы продолжить. Возвращайтесь в своём темпе.`,
    ),
    phrase(
      ['usual_service'],
      (facts) => `Скучаем по вам. «${facts.usual_service}» — хороший повод заглянуть к нам снова.`,
    ),
    phrase(
      ['days_since_last_visit', 'usual_weekday'],
      (facts) =>
        `Последний раз мы виделись ${days(facts.days_since_last_visit)} назад. Увидимся снова ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase([], () => 'Мы давно вас не видели. Найдётся ли на этой неделе время для тренировки?'),
    phrase([], () => 'Скучаем по вам. Приходите снова на тренировку.'),
  ],
  last_chance: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Мы не виделись уже ${days(facts.days_since_last_visit)}. Начать снова проще, чем кажется: достаточно одной тренировки.`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `На вашем счету уже ${visits(facts.visits_total)}. Не теряйте достигнутого — приходите снова размяться.`,
    ),
    phrase(
      [],
      () => 'Мы давно не виделись и очень не хотим вас потерять. Приходите хотя бы на одну тренировку.',
    ),
  ],
  pt_dropout: [
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Нам не хватает вас на персональных тренировках. Вам будет удобно снова прийти ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      [],
      () =>
        'Нам не хватает вас на персональных тренировках. Напишите, когда вам удобно, и мы вместе найдём время.',
    ),
  ],
  milestone: [
    phrase(
      ['visits_total'],
      (facts) => `На вашем счету уже ${visits(facts.visits_total)}. Поздравляем, это прекрасный результат!`,
    ),
    phrase([], () => 'Поздравляем с новым рубежом! Рады, что вы тренируетесь именно у нас.'),
  ],
  birthday: [
    phrase([], () => 'С днём рождения! Желаем крепкого здоровья и радости от движения.'),
    phrase([], () => 'Сердечно поздравляем с днём рождения! Пусть энергии хватает на всё задуманное.'),
  ],
};
