// Personal, as from the trainer.
import { templatesOf } from './starter-template.ts';

export const PT_DROPOUT = templatesOf('pt_dropout_v1', {
  cs: {
    body: 'Dobrý den, píšeme vám jménem trenérů z klubu {{club}}. {{message}} Budeme rádi za vaši odpověď.',
    exampleMessage:
      'Chybí nám vaše osobní tréninky. Napište nám prosím, co by se mělo změnit, rádi najdeme termín i plán podle vás.',
  },
  uk: {
    body: 'Добрий день! Пишемо вам від імені тренерів клубу {{club}}. {{message}} Будемо раді вашій відповіді.',
    exampleMessage:
      'Нам бракує ваших персональних тренувань. Напишіть, будь ласка, що варто змінити, і ми підберемо час та план для вас.',
  },
  ru: {
    body: 'Здравствуйте! Пишем вам от имени тренеров клуба {{club}}. {{message}} Будем рады вашему ответу.',
    exampleMessage:
      'Нам не хватает ваших персональных тренировок. Напишите, пожалуйста, что стоит изменить, и мы подберём время и план для вас.',
  },
  en: {
    body: 'Hello from the trainers at {{club}}! {{message}} We look forward to your reply.',
    exampleMessage:
      'We miss your personal training sessions. Please tell us what you would change, and we will find a time and a plan that suit you.',
  },
  bg: {
    body: 'Здравейте от треньорите на клуб {{club}}! {{message}} Ще се радваме на вашия отговор.',
    exampleMessage:
      'Липсват ни вашите персонални тренировки. Пишете ни какво бихте променили и ще намерим час и план според вас.',
  },
});
