// A mild nudge.
import { templatesOf } from './starter-template.ts';

export const REACTIVATION = templatesOf('reactivation_v1', {
  cs: {
    body: 'Dobrý den, zdravíme vás z klubu {{club}}. {{message}} Těšíme se na vás!',
    exampleMessage:
      'Už jsme se nějakou dobu neviděli. Místo na lekci pro vás rádi podržíme, stačí si vybrat termín.',
  },
  uk: {
    body: 'Вітаємо! Вам пише спортивний клуб {{club}}. {{message}} До скорої зустрічі!',
    exampleMessage:
      'Ми давно не бачилися. Залюбки притримаємо для вас місце на тренуванні, просто оберіть зручний час.',
  },
  ru: {
    body: 'Здравствуйте! Вам пишет спортивный клуб {{club}}. {{message}} До скорой встречи!',
    exampleMessage:
      'Мы давно не виделись. С радостью придержим для вас место на тренировке, просто выберите удобное время.',
  },
  en: {
    body: 'Hello from everyone at {{club}}! {{message}} See you soon.',
    exampleMessage:
      'It has been a while since we saw you. We would love to keep you a place, just pick a time that suits you.',
  },
  bg: {
    body: 'Здравейте! Пишем ви от спортен клуб {{club}}. {{message}} До скоро виждане!',
    exampleMessage:
      'Отдавна не сме се виждали. С радост ще ви запазим място за тренировка, просто изберете удобен час.',
  },
});
