// How the moderation chat shows many messages of one kind that wait together, and what it answers to a tap on them.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import type { Mark } from '../posts/digest.ts';
import { counting } from './counted.ts';

export interface DigestWords {
  waiting(count: number): string;
  samples: string;
  outliers: string;
  marks: Record<Mark, string>;
  translation: string;
  approveAll(count: number): string;
  oneByOne: string;
  open: string;
  /** Until when the first of them must be decided. */
  until(time: string): string;
  nothingLeft: string;
  splitBy(name: string, time: string): string;
  approvedBy(name: string, time: string): string;
  approved(count: number): string;
  notSent(count: number): string;
  expired(count: number): string;
  someone: string;
  /** Answers to a tap. */
  tapSplit: string;
  tapOld: string;
  tapDecided(name: string | null): string;
  tapGone: string;
}

export const digestWords: Record<Language, DigestWords> = {
  en: {
    waiting: counting('en', { one: '# message waits', other: '# messages wait' }),
    samples: 'Samples',
    outliers: 'Worth a look',
    marks: {
      warning: 'a check has a warning',
      standard_wording: 'standard wording',
      free_text: 'a full message, the member wrote within 24 hours',
      vip: 'VIP',
      longest_away: 'away the longest',
    },
    translation: 'Translation',
    approveAll: (count) => `✅ Approve all ${count}`,
    oneByOne: '🗂 One by one',
    open: 'Open in dashboard',
    until: (time) => `⏳ Decide until ${time}.`,
    nothingLeft: 'Nothing of it waits any more.',
    splitBy: (name, time) => `🗂 ${name} reads them one by one, ${time}.`,
    approvedBy: (name, time) => `✅ Approved by ${name}, ${time}`,
    approved: counting('en', { one: '# message', other: '# messages' }),
    notSent: (count) => `not sent: ${count}`,
    expired: (count) => `expired: ${count}`,
    someone: 'a moderator',
    tapSplit: 'They come one by one, about one every three seconds.',
    tapOld: 'More messages have joined since. Please look at the new ones and decide again.',
    tapDecided: (name) => (name ? `Already decided by ${name}.` : 'It is decided already.'),
    tapGone: 'This digest does not exist any more.',
  },
  cs: {
    waiting: counting('cs', { one: 'Čeká # zpráva', few: 'Čekají # zprávy', other: 'Čeká # zpráv' }),
    samples: 'Ukázky',
    outliers: 'Stojí za pohled',
    marks: {
      warning: 'kontrola má varování',
      standard_wording: 'standardní text',
      free_text: 'celá zpráva, člen psal v posledních 24 hodinách',
      vip: 'VIP',
      longest_away: 'nejdéle nebyl(a)',
    },
    translation: 'Překlad',
    approveAll: (count) => `✅ Schválit všech ${count}`,
    oneByOne: '🗂 Jednu po druhé',
    open: 'Otevřít v přehledu',
    until: (time) => `⏳ Rozhodněte do ${time}.`,
    nothingLeft: 'Nic z toho už nečeká.',
    splitBy: (name, time) => `🗂 ${name} je čte jednu po druhé, ${time}.`,
    approvedBy: (name, time) => `✅ Schválil(a) ${name}, ${time}`,
    approved: counting('cs', { one: '# zpráva', few: '# zprávy', other: '# zpráv' }),
    notSent: (count) => `neodesláno: ${count}`,
    expired: (count) => `vypršelo: ${count}`,
    someone: 'moderátor',
    tapSplit: 'Přijdou jedna po druhé, asi jedna za tři sekundy.',
    tapOld: 'Mezitím přibyly další zprávy. Podívejte se na ně a rozhodněte znovu.',
    tapDecided: (name) => (name ? `Už rozhodl(a) ${name}.` : 'Už je rozhodnuto.'),
    tapGone: 'Tento souhrn už neexistuje.',
  },
  uk: {
    waiting: counting('uk', {
      one: 'Чекає # повідомлення',
      few: 'Чекають # повідомлення',
      many: 'Чекають # повідомлень',
      other: 'Чекають # повідомлення',
    }),
    samples: 'Приклади',
    outliers: 'Варто глянути',
    marks: {
      warning: 'перевірка має зауваження',
      standard_wording: 'стандартний текст',
      free_text: 'повне повідомлення, клієнт писав за останні 24 години',
      vip: 'VIP',
      longest_away: 'найдовше не було',
    },
    translation: 'Переклад',
    approveAll: (count) => `✅ Схвалити всі ${count}`,
    oneByOne: '🗂 По одному',
    open: 'Відкрити в панелі',
    until: (time) => `⏳ Вирішіть до ${time}.`,
    nothingLeft: 'Нічого з цього вже не чекає.',
    splitBy: (name, time) => `🗂 ${name} читає їх по одному, ${time}.`,
    approvedBy: (name, time) => `✅ Схвалено: ${name}, ${time}`,
    approved: counting('uk', {
      one: '# повідомлення',
      few: '# повідомлення',
      many: '# повідомлень',
      other: '# повідомлення',
    }),
    notSent: (count) => `не надіслано: ${count}`,
    expired: (count) => `строк минув: ${count}`,
    someone: 'модератор',
    tapSplit: 'Вони прийдуть по одному, приблизно кожні три секунди.',
    tapOld: 'Відтоді додалися нові повідомлення. Перегляньте їх і вирішіть знову.',
    tapDecided: (name) => (name ? `Уже вирішено: ${name}.` : 'Уже вирішено.'),
    tapGone: 'Цього зведення вже немає.',
  },
  ru: {
    waiting: counting('ru', {
      one: 'Ждёт # сообщение',
      few: 'Ждут # сообщения',
      many: 'Ждут # сообщений',
      other: 'Ждут # сообщения',
    }),
    samples: 'Примеры',
    outliers: 'Стоит взглянуть',
    marks: {
      warning: 'проверка нашла замечание',
      standard_wording: 'стандартный текст',
      free_text: 'полное сообщение, клиент писал за последние 24 часа',
      vip: 'VIP',
      longest_away: 'дольше всех не был(а)',
    },
    translation: 'Перевод',
    approveAll: (count) => `✅ Одобрить все ${count}`,
    oneByOne: '🗂 По одному',
    open: 'Открыть в панели',
    until: (time) => `⏳ Решите до ${time}.`,
    nothingLeft: 'Ничего из этого больше не ждёт.',
    splitBy: (name, time) => `🗂 ${name} читает их по одному, ${time}.`,
    approvedBy: (name, time) => `✅ Одобрено: ${name}, ${time}`,
    approved: counting('ru', {
      one: '# сообщение',
      few: '# сообщения',
      many: '# сообщений',
      other: '# сообщения',
    }),
    notSent: (count) => `не отправлено: ${count}`,
    expired: (count) => `срок истёк: ${count}`,
    someone: 'модератор',
    tapSplit: 'Они придут по одному, примерно раз в три секунды.',
    tapOld: 'С тех пор добавились новые сообщения. Посмотрите на них и решите снова.',
    tapDecided: (name) => (name ? `Уже решено: ${name}.` : 'Уже решено.'),
    tapGone: 'Этой сводки больше нет.',
  },
  bg: {
    waiting: counting('bg', { one: 'Чака # съобщение', other: 'Чакат # съобщения' }),
    samples: 'Примери',
    outliers: 'Заслужават поглед',
    marks: {
      warning: 'проверка има забележка',
      standard_wording: 'стандартен текст',
      free_text: 'цяло съобщение, членът е писал през последните 24 часа',
      vip: 'VIP',
      longest_away: 'най-отдавна не е идвал(а)',
    },
    translation: 'Превод',
    approveAll: (count) => `✅ Одобри всички ${count}`,
    oneByOne: '🗂 Едно по едно',
    open: 'Отвори в таблото',
    until: (time) => `⏳ Решете до ${time}.`,
    nothingLeft: 'Нищо от това вече не чака.',
    splitBy: (name, time) => `🗂 ${name} ги чете едно по едно, ${time}.`,
    approvedBy: (name, time) => `✅ Одобрено от ${name}, ${time}`,
    approved: counting('bg', { one: '# съобщение', other: '# съобщения' }),
    notSent: (count) => `неизпратени: ${count}`,
    expired: (count) => `изтекли: ${count}`,
    someone: 'модератор',
    tapSplit: 'Идват едно по едно, приблизително на три секунди.',
    tapOld: 'Междувременно се добавиха съобщения. Вижте ги и решете отново.',
    tapDecided: (name) => (name ? `Вече е решено от ${name}.` : 'Вече е решено.'),
    tapGone: 'Тази справка вече не съществува.',
  },
};
