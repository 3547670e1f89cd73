// How the moderation chat shows a message that waits for a decision, and what became of it.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

export interface CardWords {
  /** Of the message in the language of the chat. */
  translation: string;
  noTranslation: string;
  wholeAbove: string;
  form: { template: string; free_text: string };
  standardWording: string;
  editedBy(name: string): string;
  warning: string;
  lastVisit(when: string): string;
  neverVisited: string;
  lastMessages: string;
  noMessages: string;
  outcomes: {
    returned: string;
    opted_out: string;
    replied: string;
    read: string;
    delivered: string;
    failed: string;
    sent: string;
  };
  expectedValue(value: string, share: string, spend: string): string;
  spend(spend: string): string;
  decideUntil(time: string): string;
  snoozed(time: string, name: string): string;
  approved(name: string, where: string, time: string): string;
  rejected(name: string, where: string, time: string): string;
  rejectedFor(reason: string): string;
  expired(time: string): string;
  notSent(time: string, reason: string): string;
  where: { telegram: string; dashboard: string; system: string };
  someone: string;
}

export const cardWords: Record<Language, CardWords> = {
  en: {
    translation: 'Translation',
    noTranslation: 'No translation just now.',
    wholeAbove: 'The beginning; the whole message is above.',
    form: {
      template: 'Line in an approved template.',
      free_text: 'Full message: the member wrote within 24 hours.',
    },
    standardWording: 'Standard wording, not written by Claude.',
    editedBy: (name) => `Edited by ${name}.`,
    warning: '⚠️ Check',
    lastVisit: (when) => `Last visit: ${when}`,
    neverVisited: 'Never visited yet',
    lastMessages: 'Last messages',
    noMessages: 'No message before this one',
    outcomes: {
      returned: 'came back',
      opted_out: 'opted out',
      replied: 'replied',
      read: 'read',
      delivered: 'delivered',
      failed: 'not delivered',
      sent: 'sent',
    },
    expectedValue: (value, share, spend) =>
      `Expected value: ${value} (${share} come back after such a message × ${spend} in 30 active days)`,
    spend: (spend) => `Spent ${spend} in 30 active days; too few messages yet to say what this one is worth`,
    decideUntil: (time) => `⏳ Decide until ${time}.`,
    snoozed: (time, name) => `😴 Snoozed until ${time} by ${name}.`,
    approved: (name, where, time) => `✅ Approved by ${name}${where}, ${time}.`,
    rejected: (name, where, time) => `❌ Rejected by ${name}${where}, ${time}.`,
    rejectedFor: (reason) => `Reason: ${reason}.`,
    expired: (time) => `⌛ Expired, ${time}: nobody decided in time.`,
    notSent: (time, reason) => `🚫 Not sent, ${time}: ${reason}.`,
    where: { telegram: '', dashboard: ' in the dashboard', system: '' },
    someone: 'somebody',
  },
  cs: {
    translation: 'Překlad',
    noTranslation: 'Překlad teď není k dispozici.',
    wholeAbove: 'Začátek; celá zpráva je výše.',
    form: {
      template: 'Řádek ve schválené šabloně.',
      free_text: 'Celá zpráva: člen psal v posledních 24 hodinách.',
    },
    standardWording: 'Standardní text, nepsal ho Claude.',
    editedBy: (name) => `Upravil(a) ${name}.`,
    warning: '⚠️ Kontrola',
    lastVisit: (when) => `Poslední návštěva: ${when}`,
    neverVisited: 'Zatím tu nebyl(a)',
    lastMessages: 'Poslední zprávy',
    noMessages: 'Před touto žádná zpráva',
    outcomes: {
      returned: 'vrátil(a) se',
      opted_out: 'odhlásil(a) se',
      replied: 'odpověděl(a)',
      read: 'přečteno',
      delivered: 'doručeno',
      failed: 'nedoručeno',
      sent: 'odesláno',
    },
    expectedValue: (value, share, spend) =>
      `Očekávaná hodnota: ${value} (${share} se po takové zprávě vrátí × ${spend} za 30 aktivních dní)`,
    spend: (spend) =>
      `Za 30 aktivních dní utratil(a) ${spend}; zpráv je zatím málo na to, aby šlo říct, co tato přinese`,
    decideUntil: (time) => `⏳ Rozhodněte do ${time}.`,
    snoozed: (time, name) => `😴 Odloženo do ${time}, ${name}.`,
    approved: (name, where, time) => `✅ Schválil(a) ${name}${where}, ${time}.`,
    rejected: (name, where, time) => `❌ Zamítl(a) ${name}${where}, ${time}.`,
    rejectedFor: (reason) => `Důvod: ${reason}.`,
    expired: (time) => `⌛ Vypršelo, ${time}: nikdo včas nerozhodl.`,
    notSent: (time, reason) => `🚫 Neodesláno, ${time}: ${reason}.`,
    where: { telegram: '', dashboard: ' v přehledu', system: '' },
    someone: 'někdo',
  },
  uk: {
    translation: 'Переклад',
    noTranslation: 'Перекладу зараз немає.',
    wholeAbove: 'Початок; повне повідомлення вище.',
    form: {
      template: 'Рядок у схваленому шаблоні.',
      free_text: 'Повне повідомлення: клієнт писав за останні 24 години.',
    },
    standardWording: 'Стандартний текст, не від Claude.',
    editedBy: (name) => `Змінено: ${name}.`,
    warning: '⚠️ Перевірка',
    lastVisit: (when) => `Останній візит: ${when}`,
    neverVisited: 'Ще не було жодного візиту',
    lastMessages: 'Останні повідомлення',
    noMessages: 'До цього повідомлень не було',
    outcomes: {
      returned: 'повернення',
      opted_out: 'відмова від повідомлень',
      replied: 'відповідь',
      read: 'прочитано',
      delivered: 'доставлено',
      failed: 'не доставлено',
      sent: 'надіслано',
    },
    expectedValue: (value, share, spend) =>
      `Очікувана цінність: ${value} (${share} повертаються після такого повідомлення × ${spend} за 30 активних днів)`,
    spend: (spend) =>
      `Витрати за 30 активних днів: ${spend}; повідомлень ще замало, щоб сказати, чого варте це`,
    decideUntil: (time) => `⏳ Вирішіть до ${time}.`,
    snoozed: (time, name) => `😴 Відкладено до ${time}, ${name}.`,
    approved: (name, where, time) => `✅ Схвалено: ${name}${where}, ${time}.`,
    rejected: (name, where, time) => `❌ Відхилено: ${name}${where}, ${time}.`,
    rejectedFor: (reason) => `Причина: ${reason}.`,
    expired: (time) => `⌛ Строк минув, ${time}: ніхто не вирішив вчасно.`,
    notSent: (time, reason) => `🚫 Не надіслано, ${time}: ${reason}.`,
    where: { telegram: '', dashboard: ' у панелі', system: '' },
    someone: 'хтось',
  },
  ru: {
    translation: 'Перевод',
    noTranslation: 'Перевода сейчас нет.',
    wholeAbove: 'Начало; всё сообщение выше.',
    form: {
      template: 'Строка в одобренном шаблоне.',
      free_text: 'Полное сообщение: клиент писал за последние 24 часа.',
    },
    standardWording: 'Стандартный текст, не от Claude.',
    editedBy: (name) => `Изменено: ${name}.`,
    warning: '⚠️ Проверка',
    lastVisit: (when) => `Последний визит: ${when}`,
    neverVisited: 'Ещё не было ни одного визита',
    lastMessages: 'Последние сообщения',
    noMessages: 'До этого сообщений не было',
    outcomes: {
      returned: 'возвращение',
      opted_out: 'отказ от сообщений',
      replied: 'ответ',
      read: 'прочитано',
      delivered: 'доставлено',
      failed: 'не доставлено',
      sent: 'отправлено',
    },
    expectedValue: (value, share, spend) =>
      `Ожидаемая ценность: ${value} (${share} возвращаются после такого сообщения × ${spend} за 30 активных дней)`,
    spend: (spend) =>
      `Траты за 30 активных дней: ${spend}; сообщений пока мало, чтобы сказать, чего стоит это`,
    decideUntil: (time) => `⏳ Решите до ${time}.`,
    snoozed: (time, name) => `😴 Отложено до ${time}, ${name}.`,
    approved: (name, where, time) => `✅ Одобрено: ${name}${where}, ${time}.`,
    rejected: (name, where, time) => `❌ Отклонено: ${name}${where}, ${time}.`,
    rejectedFor: (reason) => `Причина: ${reason}.`,
    expired: (time) => `⌛ Срок истёк, ${time}: никто не решил вовремя.`,
    notSent: (time, reason) => `🚫 Не отправлено, ${time}: ${reason}.`,
    where: { telegram: '', dashboard: ' в панели', system: '' },
    someone: 'кто-то',
  },
  bg: {
    translation: 'Превод',
    noTranslation: 'В момента няма превод.',
    wholeAbove: 'Началото; цялото съобщение е по-горе.',
    form: {
      template: 'Ред в одобрен шаблон.',
      free_text: 'Цяло съобщение: членът е писал през последните 24 часа.',
    },
    standardWording: 'Стандартен текст, не е от Claude.',
    editedBy: (name) => `Променено от ${name}.`,
    warning: '⚠️ Проверка',
    lastVisit: (when) => `Последно посещение: ${when}`,
    neverVisited: 'Още не е идвал(а)',
    lastMessages: 'Последни съобщения',
    noMessages: 'Преди това няма съобщения',
    outcomes: {
      returned: 'върна се',
      opted_out: 'отписа се',
      replied: 'отговори',
      read: 'прочетено',
      delivered: 'доставено',
      failed: 'недоставено',
      sent: 'изпратено',
    },
    expectedValue: (value, share, spend) =>
      `Очаквана стойност: ${value} (${share} се връщат след такова съобщение × ${spend} за 30 активни дни)`,
    spend: (spend) =>
      `Похарчени за 30 активни дни: ${spend}; съобщенията още са малко, за да се каже колко струва това`,
    decideUntil: (time) => `⏳ Решете до ${time}.`,
    snoozed: (time, name) => `😴 Отложено до ${time}, ${name}.`,
    approved: (name, where, time) => `✅ Одобрено от ${name}${where}, ${time}.`,
    rejected: (name, where, time) => `❌ Отхвърлено от ${name}${where}, ${time}.`,
    rejectedFor: (reason) => `Причина: ${reason}.`,
    expired: (time) => `⌛ Изтече, ${time}: никой не реши навреме.`,
    notSent: (time, reason) => `🚫 Неизпратено, ${time}: ${reason}.`,
    where: { telegram: '', dashboard: ' в таблото', system: '' },
    someone: 'някой',
  },
};
