// The state of a club in words, for whoever asks with /status. What is handed in is HTML already.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { counting } from './counted.ts';

export type DeliveryMode = 'moderation' | 'notification';

export interface StatusWords {
  goesOut: string;
  quiet: (opensAt: string) => string;
  isStale: string;
  paused: (since: string, by: string | null, reason: string | null) => string;
  stoppedByWhatsApp: (since: string, reason: string | null) => string;
  waiting: (count: number) => string;
  beingWritten: (count: number) => string;
  sentToday: (count: number) => string;
  failures: (count: number) => string;
  repliesWaiting: (count: number) => string;
  synced: (when: string) => string;
  neverSynced: string;
  modes: Record<DeliveryMode, string>;
}

const because = (reason: string | null) => (reason ? `: ${reason}` : '.');
const inBrackets = (by: string | null) => (by ? ` (${by})` : '');

export const statusWords: Record<Language, StatusWords> = {
  en: {
    goesOut: 'Messages go out.',
    quiet: (opensAt) => `Quiet hours: messages go out again from ${opensAt}.`,
    isStale: 'Messages wait: the club’s data is too old.',
    paused: (since, by, reason) => `Paused since ${since}${by ? ` by ${by}` : ''}${because(reason)}`,
    stoppedByWhatsApp: (since, reason) => `Stopped by WhatsApp since ${since}${because(reason)}`,
    waiting: counting('en', {
      zero: 'Nothing waits for approval',
      one: '# message waits for approval',
      other: '# messages wait for approval',
    }),
    beingWritten: counting('en', { one: '# is being written', other: '# are being written' }),
    sentToday: counting('en', {
      zero: 'Nothing sent today',
      one: '# message sent today',
      other: '# messages sent today',
    }),
    failures: counting('en', {
      one: '# message failed or is uncertain: have a look',
      other: '# messages failed or are uncertain: have a look',
    }),
    repliesWaiting: counting('en', {
      one: '# member waits for an answer',
      other: '# members wait for an answer',
    }),
    synced: (when) => `Data synced ${when}`,
    neverSynced: 'Data never synced yet',
    modes: {
      moderation: 'Moderation: a person approves each message',
      notification: 'Notification: messages go out by themselves',
    },
  },
  cs: {
    goesOut: 'Zprávy se odesílají.',
    quiet: (opensAt) => `Tiché hodiny: odesílá se zase od ${opensAt}.`,
    isStale: 'Zprávy čekají: data klubu jsou příliš stará.',
    paused: (since, by, reason) => `Pozastaveno od ${since}${inBrackets(by)}${because(reason)}`,
    stoppedByWhatsApp: (since, reason) => `Zastaveno WhatsAppem od ${since}${because(reason)}`,
    waiting: counting('cs', {
      zero: 'Na schválení nic nečeká',
      one: '# zpráva čeká na schválení',
      few: '# zprávy čekají na schválení',
      other: '# zpráv čeká na schválení',
    }),
    beingWritten: counting('cs', {
      one: '# se právě píše',
      few: '# se právě píšou',
      other: '# se právě píše',
    }),
    sentToday: counting('cs', {
      zero: 'Dnes zatím nic neodešlo',
      one: 'Dnes odešla # zpráva',
      few: 'Dnes odešly # zprávy',
      other: 'Dnes odešlo # zpráv',
    }),
    failures: counting('cs', {
      one: '# zpráva selhala nebo je nejistá: podívejte se na ni',
      few: '# zprávy selhaly nebo jsou nejisté: podívejte se na ně',
      other: '# zpráv selhalo nebo je nejistých: podívejte se na ně',
    }),
    repliesWaiting: counting('cs', {
      one: '# člen čeká na odpověď',
      few: '# členové čekají na odpověď',
      other: '# členů čeká na odpověď',
    }),
    synced: (when) => `Data synchronizována ${when}`,
    neverSynced: 'Data ještě nebyla synchronizována',
    modes: {
      moderation: 'Moderování: každou zprávu schvaluje člověk',
      notification: 'Oznamování: zprávy odcházejí samy',
    },
  },
  uk: {
    goesOut: 'Повідомлення надсилаються.',
    quiet: (opensAt) => `Тихі години: повідомлення знову надсилатимуться з ${opensAt}.`,
    isStale: 'Повідомлення чекають: дані клубу застаріли.',
    paused: (since, by, reason) => `Призупинено з ${since}${inBrackets(by)}${because(reason)}`,
    stoppedByWhatsApp: (since, reason) => `Зупинено WhatsApp з ${since}${because(reason)}`,
    waiting: counting('uk', {
      zero: 'Нічого не чекає на схвалення',
      one: '# повідомлення чекає на схвалення',
      few: '# повідомлення чекають на схвалення',
      other: '# повідомлень чекають на схвалення',
    }),
    beingWritten: counting('uk', {
      one: '# зараз пишеться',
      other: '# зараз пишуться',
    }),
    sentToday: counting('uk', {
      zero: 'Сьогодні ще нічого не надіслано',
      one: 'Сьогодні надіслано # повідомлення',
      few: 'Сьогодні надіслано # повідомлення',
      other: 'Сьогодні надіслано # повідомлень',
    }),
    failures: counting('uk', {
      one: '# повідомлення не надіслано або його стан невідомий: перевірте його',
      few: '# повідомлення не надіслано або їхній стан невідомий: перевірте їх',
      other: '# повідомлень не надіслано або їхній стан невідомий: перевірте їх',
    }),
    repliesWaiting: counting('uk', {
      one: '# клієнт чекає на відповідь',
      few: '# клієнти чекають на відповідь',
      other: '# клієнтів чекають на відповідь',
    }),
    synced: (when) => `Дані синхронізовано ${when}`,
    neverSynced: 'Дані ще не синхронізовано',
    modes: {
      moderation: 'Модерація: кожне повідомлення схвалює людина',
      notification: 'Сповіщення: повідомлення надсилаються самі',
    },
  },
  ru: {
    goesOut: 'Сообщения отправляются.',
    quiet: (opensAt) => `Тихие часы: сообщения снова будут отправляться с ${opensAt}.`,
    isStale: 'Сообщения ждут: данные клуба устарели.',
    paused: (since, by, reason) => `Приостановлено с ${since}${inBrackets(by)}${because(reason)}`,
    stoppedByWhatsApp: (since, reason) => `Остановлено WhatsApp с ${since}${because(reason)}`,
    waiting: counting('ru', {
      zero: 'Ничего не ждёт одобрения',
      one: '# сообщение ждёт одобрения',
      few: '# сообщения ждут одобрения',
      other: '# сообщений ждут одобрения',
    }),
    beingWritten: counting('ru', {
      one: '# сейчас пишется',
      other: '# сейчас пишутся',
    }),
    sentToday: counting('ru', {
      zero: 'Сегодня ещё ничего не отправлено',
      one: 'Сегодня отправлено # сообщение',
      few: 'Сегодня отправлено # сообщения',
      other: 'Сегодня отправлено # сообщений',
    }),
    failures: counting('ru', {
      one: '# сообщение не отправлено или его состояние неизвестно: проверьте его',
      few: '# сообщения не отправлены или их состояние неизвестно: проверьте их',
      other: '# сообщений не отправлено или их состояние неизвестно: проверьте их',
    }),
    repliesWaiting: counting('ru', {
      one: '# клиент ждёт ответа',
      few: '# клиента ждут ответа',
      other: '# клиентов ждут ответа',
    }),
    synced: (when) => `Данные синхронизированы ${when}`,
    neverSynced: 'Данные ещё не синхронизированы',
    modes: {
      moderation: 'Модерация: каждое сообщение одобряет человек',
      notification: 'Уведомление: сообщения уходят сами',
    },
  },
  bg: {
    goesOut: 'Съобщенията се изпращат.',
    quiet: (opensAt) => `Тихи часове: съобщенията тръгват отново от ${opensAt}.`,
    isStale: 'Съобщенията чакат: данните на клуба са твърде стари.',
    paused: (since, by, reason) => `На пауза от ${since}${inBrackets(by)}${because(reason)}`,
    stoppedByWhatsApp: (since, reason) => `Спряно от WhatsApp в ${since}${because(reason)}`,
    waiting: counting('bg', {
      zero: 'Нищо не чака одобрение',
      one: '# съобщение чака одобрение',
      other: '# съобщения чакат одобрение',
    }),
    beingWritten: counting('bg', { one: '# се пише в момента', other: '# се пишат в момента' }),
    sentToday: counting('bg', {
      zero: 'Днес още нищо не е изпратено',
      one: 'Днес е изпратено # съобщение',
      other: 'Днес са изпратени # съобщения',
    }),
    failures: counting('bg', {
      one: '# съобщение е неуспешно или несигурно: прегледайте го',
      other: '# съобщения са неуспешни или несигурни: прегледайте ги',
    }),
    repliesWaiting: counting('bg', {
      one: '# клиент чака отговор',
      other: '# клиенти чакат отговор',
    }),
    synced: (when) => `Данните са синхронизирани ${when}`,
    neverSynced: 'Данните още не са синхронизирани',
    modes: {
      moderation: 'Модерация: всяко съобщение се одобрява от човек',
      notification: 'Известяване: съобщенията тръгват сами',
    },
  },
};
