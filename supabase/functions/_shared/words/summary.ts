// How the moderation chat sums up what went out by itself, and what it answers to who judges a sample of it.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { counting } from './counted.ts';

export interface SummaryWords {
  title: string;
  sent(count: number): string;
  delivered(count: number): string;
  read(count: number): string;
  replied(count: number): string;
  optedOut(count: number): string;
  /** Messages of what is not named. */
  others(count: number): string;
  asOf(time: string): string;
  samples: string;
  translation: string;
  open: string;
  /** Who has no name here. */
  someone: string;
  /** Answers to a tap. */
  tapGood: string;
  tapBad: string;
  tapKnown: string;
  tapGone: string;
}

export const summaryWords: Record<Language, SummaryWords> = {
  en: {
    title: 'Sent without approval',
    sent: (count) => `${count} sent`,
    delivered: (count) => `${count} delivered`,
    read: (count) => `${count} read`,
    replied: (count) => `${count} replied`,
    optedOut: (count) => `${count} opted out`,
    others: counting('en', { one: '# more message', other: '# more messages' }),
    asOf: (time) => `As of ${time}.`,
    samples: 'Samples. Would you have sent them?',
    translation: 'Translation',
    open: 'Open in dashboard',
    someone: 'a moderator',
    tapGood: 'Noted: a good message.',
    tapBad:
      'Noted: a bad message. Where a scenario has earned sending on its own, this counts as a rejection.',
    tapKnown: 'You have said so already.',
    tapGone: 'This message does not exist any more.',
  },
  cs: {
    title: 'Odesláno bez schválení',
    sent: counting('cs', { one: '# odeslaná', few: '# odeslané', other: '# odeslaných' }),
    delivered: counting('cs', { one: '# doručená', few: '# doručené', other: '# doručených' }),
    read: counting('cs', { one: '# přečtená', few: '# přečtené', other: '# přečtených' }),
    replied: counting('cs', { one: '# odpověď', few: '# odpovědi', other: '# odpovědí' }),
    optedOut: counting('cs', { one: '# odhlášení', other: '# odhlášení' }),
    others: counting('cs', { one: '# další zpráva', few: '# další zprávy', other: '# dalších zpráv' }),
    asOf: (time) => `Stav: ${time}.`,
    samples: 'Ukázky. Poslali byste je?',
    translation: 'Překlad',
    open: 'Otevřít v přehledu',
    someone: 'moderátor',
    tapGood: 'Zapsáno: dobrá zpráva.',
    tapBad:
      'Zapsáno: špatná zpráva. Pokud si scénář odesílání bez schválení zasloužil, počítá se to jako zamítnutí.',
    tapKnown: 'To už jste řekli.',
    tapGone: 'Tato zpráva už neexistuje.',
  },
  uk: {
    title: 'Надіслано без схвалення',
    sent: (count) => `надіслано: ${count}`,
    delivered: (count) => `доставлено: ${count}`,
    read: (count) => `прочитано: ${count}`,
    replied: (count) => `відповіли: ${count}`,
    optedOut: (count) => `відписалися: ${count}`,
    others: counting('uk', {
      one: 'Ще # повідомлення',
      few: 'Ще # повідомлення',
      many: 'Ще # повідомлень',
      other: 'Ще # повідомлення',
    }),
    asOf: (time) => `Станом на ${time}.`,
    samples: 'Приклади. Ви б їх надіслали?',
    translation: 'Переклад',
    open: 'Відкрити в панелі',
    someone: 'модератор',
    tapGood: 'Записано: гарне повідомлення.',
    tapBad:
      'Записано: погане повідомлення. Якщо сценарій заслужив надсилати сам, це рахується як відхилення.',
    tapKnown: 'Ви вже так оцінили.',
    tapGone: 'Цього повідомлення вже немає.',
  },
  ru: {
    title: 'Отправлено без одобрения',
    sent: (count) => `отправлено: ${count}`,
    delivered: (count) => `доставлено: ${count}`,
    read: (count) => `прочитано: ${count}`,
    replied: (count) => `ответили: ${count}`,
    optedOut: (count) => `отписались: ${count}`,
    others: counting('ru', {
      one: 'Ещё # сообщение',
      few: 'Ещё # сообщения',
      many: 'Ещё # сообщений',
      other: 'Ещё # сообщения',
    }),
    asOf: (time) => `По состоянию на ${time}.`,
    samples: 'Примеры. Вы бы их отправили?',
    translation: 'Перевод',
    open: 'Открыть в панели',
    someone: 'модератор',
    tapGood: 'Записано: хорошее сообщение.',
    tapBad: 'Записано: плохое сообщение. Если сценарий заслужил отправлять сам, это считается отклонением.',
    tapKnown: 'Вы уже так оценили.',
    tapGone: 'Этого сообщения больше нет.',
  },
  bg: {
    title: 'Изпратено без одобрение',
    sent: counting('bg', { one: '# изпратено', other: '# изпратени' }),
    delivered: counting('bg', { one: '# доставено', other: '# доставени' }),
    read: counting('bg', { one: '# прочетено', other: '# прочетени' }),
    replied: counting('bg', { one: '# отговор', other: '# отговора' }),
    optedOut: counting('bg', { one: '# отписване', other: '# отписвания' }),
    others: counting('bg', { one: 'Още # съобщение', other: 'Още # съобщения' }),
    asOf: (time) => `Към ${time}.`,
    samples: 'Примери. Бихте ли ги изпратили?',
    translation: 'Превод',
    open: 'Отвори в таблото',
    someone: 'модератор',
    tapGood: 'Записано: добро съобщение.',
    tapBad: 'Записано: лошо съобщение. Ако сценарият е заслужил да изпраща сам, това се брои за отказ.',
    tapKnown: 'Вече казахте това.',
    tapGone: 'Това съобщение вече не съществува.',
  },
};
