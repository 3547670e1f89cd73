// Bulgarian, formal address with the capital the courtesy form takes.
import { counter, phrase } from './phrase.ts';
import type { Phrasebook, Weekday } from './phrase.ts';

const days = counter('bg', { one: 'ден', other: 'дни' });
const visits = counter('bg', { one: 'посещение', other: 'посещения' });

const onWeekday: Record<Weekday, string> = {
  monday: 'в понеделник',
  tuesday: 'във вторник',
  wednesday: 'в сряда',
  thursday: 'в четвъртък',
  friday: 'в петък',
  saturday: 'в събота',
  sunday: 'в неделя',
};

export const bg: Phrasebook = {
  reactivation: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Не сме се виждали вече ${days(facts.days_since_last_visit)}. Ще се радваме отново да Ви видим на тренировка.`,
    ),
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Отдавна не сме се виждали! Какво ще кажете за тренировка ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `Вече имате ${visits(facts.visits_total)} при нас – чудесна основа да продължите. Върнете се в свое темпо.`,
    ),
    phrase(
      ['usual_service'],
      (facts) => `Липсвате ни. „${facts.usual_service}“ е добър повод да наминете отново.`,
    ),
    phrase(
      ['days_since_last_visit', 'usual_weekday'],
      (facts) =>
        `За последно се видяхме преди ${days(facts.days_since_last_visit)}. Ще се видим ли отново ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase([], () => 'Отдавна не сме Ви виждали. Ще намерите ли време за тренировка тази седмица?'),
    phrase([], () => 'Липсвате ни. Елате отново на тренировка.'),
  ],
  last_chance: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Не сме се виждали вече ${days(facts.days_since_last_visit)}. Да започнете отново е по-лесно, отколкото изглежда: стига една тренировка.`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `Вече имате ${visits(facts.visits_total)} при нас. Запазете постигнатото и елате отново да се раздвижите.`,
    ),
    phrase(
      [],
      () => 'Отдавна не сме се виждали и никак не искаме да Ви загубим. Елате поне на една тренировка.',
    ),
  ],
  pt_dropout: [
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Липсвате ни на личните тренировки. Удобно ли Ви е да дойдете отново ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      [],
      () => 'Липсвате ни на личните тренировки. Пишете ни кога Ви е удобно и заедно ще намерим час.',
    ),
  ],
  milestone: [
    phrase(
      ['visits_total'],
      (facts) => `Вече имате ${visits(facts.visits_total)} при нас. Поздравления, това е чудесен резултат!`,
    ),
    phrase([], () => 'Поздравления за новия рубеж! Радваме се, че тренирате именно при нас.'),
  ],
  birthday: [
    phrase([], () => 'Честит рожден ден! Желаем Ви крепко здраве и много радост от движението.'),
    phrase([], () => 'Сърдечно Ви честитим рождения ден! Нека енергията Ви стига за всичко замислено.'),
  ],
};
