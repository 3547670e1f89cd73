// A warm wish.
import { templatesOf } from './starter-template.ts';

export const BIRTHDAY = templatesOf('birthday_v1', {
  cs: {
    body: 'Dobrý den, dnes na vás v klubu {{club}} myslíme. {{message}} Užijte si svůj den!',
    exampleMessage:
      'Všechno nejlepší k narozeninám! Přejeme vám hodně zdraví, radosti a dobrý pocit z každého pohybu.',
  },
  uk: {
    body: 'Добрий день! Сьогодні вся команда клубу {{club}} думає про вас. {{message}} Гарного вам свята!',
    exampleMessage:
      'З днем народження! Бажаємо вам здоров’я, радості та гарного настрою після кожного тренування.',
  },
  ru: {
    body: 'Здравствуйте! Сегодня вся команда клуба {{club}} думает о вас. {{message}} Хорошего вам праздника!',
    exampleMessage:
      'С днём рождения! Желаем вам здоровья, радости и хорошего настроения после каждой тренировки.',
  },
  en: {
    body: 'Hello! Today everyone at {{club}} is thinking of you. {{message}} Have a wonderful day!',
    exampleMessage: 'Happy birthday! We wish you health, joy and a good feeling after every workout.',
  },
  bg: {
    body: 'Здравейте! Целият екип на клуб {{club}} праща поздрав за днешния празник. {{message}} Приятно празнуване!',
    exampleMessage:
      'Честит рожден ден! Пожелаваме ви здраве, радост и добро настроение след всяка тренировка.',
  },
});
