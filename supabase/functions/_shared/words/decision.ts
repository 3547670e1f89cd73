// What somebody reads who tapped on a card or answered it. Over the chat, at most 200 characters fit.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

export type Hold = 'paused' | 'stale_data' | 'quiet_hours';

export interface DecisionWords {
  approved: string;
  /** The same, when nothing goes out just now. */
  approvedFor: Record<Hold, string>;
  rejected: string;
  rejectedForGood: string;
  /** Somebody was first; `by` says who. */
  alreadyApproved(by: string): string;
  alreadyRejected(by: string): string;
  by: { you: string; person(name: string): string; dashboard(name: string | null): string };
  beingRewritten: string;
  alreadyDecided: string;
  notSent(why: string): string;
  oldVersion: string;
  expired: string;
  gone: string;
  unknownButton: string;
  snoozed(time: string): string;
  tooLateToSnooze(time: string): string;
  /** Telegram takes no more changes of the chat for a moment. */
  busy: string;
  triedAgain: string;
  failed: string;
  /** The request for new words: the person, the words there are, the most characters. */
  prompt(person: string, message: string, maxLength: number): string;
  /** In the empty field, at most 64 characters. */
  placeholder: string;
  edited: string;
  refused: string;
  tryAgain: string;
  needsText: string;
}

export const decisionWords: Record<Language, DecisionWords> = {
  en: {
    approved: 'Approved. It goes out in the next sending hours.',
    approvedFor: {
      paused: 'Approved. It waits: sending is paused.',
      stale_data: 'Approved. It waits until the data of the booking platform is fresh again.',
      quiet_hours: 'Approved. It goes out when sending opens.',
    },
    rejected: 'Rejected. It will not be sent.',
    rejectedForGood: 'Rejected. This person gets no messages any more.',
    alreadyApproved: (by) => `Already approved${by}.`,
    alreadyRejected: (by) => `Already rejected${by}.`,
    by: {
      you: ' by you',
      person: (name) => ` by ${name}`,
      dashboard: (name) => (name ? ` by ${name} in the dashboard` : ' in the dashboard'),
    },
    beingRewritten: 'It is being written again.',
    alreadyDecided: 'It is decided already.',
    notSent: (why) => `Not sent: ${why}.`,
    oldVersion: 'The text has changed since. Please read the new one and decide again.',
    expired: 'Too late: it expired before anybody decided.',
    gone: 'This draft does not exist any more.',
    unknownButton: 'This button is not known any more.',
    snoozed: (time) => `Snoozed until ${time}. The card comes up again then.`,
    tooLateToSnooze: (time) =>
      `Too late to snooze that long: it expires ${time}, and an hour must be left to decide.`,
    busy: 'The chat is busy. Please tap again in a minute.',
    triedAgain: 'Not done yet: it is tried again in a moment.',
    failed: 'That did not work. Please use the dashboard.',
    prompt: (person, message, maxLength) =>
      `✏️ ${person}, answer this message with the new text, at most ${maxLength} characters. Now it reads:\n\n${message}`,
    placeholder: 'The new text',
    edited: '✏️ The card shows the new text. It still waits for approval.',
    refused: '❌ Not taken, the message stays as it was:',
    tryAgain: 'Answer with another text.',
    needsText: 'Please answer with text.',
  },
  cs: {
    approved: 'Schváleno. Odejde v nejbližších hodinách odesílání.',
    approvedFor: {
      paused: 'Schváleno. Čeká: odesílání je pozastavené.',
      stale_data: 'Schváleno. Čeká, než budou data z rezervačního systému zase čerstvá.',
      quiet_hours: 'Schváleno. Odejde, až začne doba odesílání.',
    },
    rejected: 'Zamítnuto. Neodešle se.',
    rejectedForGood: 'Zamítnuto. Tento člověk už žádné zprávy nedostane.',
    alreadyApproved: (by) => `Už je schváleno${by}.`,
    alreadyRejected: (by) => `Už je zamítnuto${by}.`,
    by: {
      you: ', a to vámi',
      person: (name) => ` (${name})`,
      dashboard: (name) => (name ? ` v přehledu (${name})` : ' v přehledu'),
    },
    beingRewritten: 'Píše se znovu.',
    alreadyDecided: 'Už je rozhodnuto.',
    notSent: (why) => `Neodešle se: ${why}.`,
    oldVersion: 'Text se mezitím změnil. Přečtěte si nový a rozhodněte znovu.',
    expired: 'Pozdě: vypršelo dřív, než někdo rozhodl.',
    gone: 'Tento návrh už neexistuje.',
    unknownButton: 'Toto tlačítko už neznáme.',
    snoozed: (time) => `Odloženo do ${time}. Karta se pak objeví znovu.`,
    tooLateToSnooze: (time) => `Tak dlouho odložit nejde: vyprší ${time} a na rozhodnutí musí zbýt hodina.`,
    busy: 'Chat je zahlcený. Klepněte prosím za minutu znovu.',
    triedAgain: 'Ještě hotovo není: za chvíli se to zkusí znovu.',
    failed: 'To se nepovedlo. Použijte prosím přehled.',
    prompt: (person, message, maxLength) =>
      `✏️ ${person}, odpovězte na tuto zprávu novým textem, nejvýš ${maxLength} znaků. Teď zní:\n\n${message}`,
    placeholder: 'Nový text',
    edited: '✏️ Karta ukazuje nový text. Pořád čeká na schválení.',
    refused: '❌ Nepřijato, zpráva zůstává, jak byla:',
    tryAgain: 'Odpovězte jiným textem.',
    needsText: 'Odpovězte prosím textem.',
  },
  uk: {
    approved: 'Схвалено. Піде у найближчі години надсилання.',
    approvedFor: {
      paused: 'Схвалено. Чекає: надсилання призупинено.',
      stale_data: 'Схвалено. Чекає, поки дані системи бронювання знову будуть свіжими.',
      quiet_hours: 'Схвалено. Піде, коли почнуться години надсилання.',
    },
    rejected: 'Відхилено. Не буде надіслано.',
    rejectedForGood: 'Відхилено. Ця людина більше не отримає повідомлень.',
    alreadyApproved: (by) => `Уже схвалено${by}.`,
    alreadyRejected: (by) => `Уже відхилено${by}.`,
    by: {
      you: ' вами',
      person: (name) => ` (${name})`,
      dashboard: (name) => (name ? ` у панелі (${name})` : ' у панелі'),
    },
    beingRewritten: 'Його пишуть заново.',
    alreadyDecided: 'Уже вирішено.',
    notSent: (why) => `Не надіслано: ${why}.`,
    oldVersion: 'Текст відтоді змінився. Прочитайте новий і вирішіть знову.',
    expired: 'Запізно: строк минув, перш ніж хтось вирішив.',
    gone: 'Цієї чернетки вже немає.',
    unknownButton: 'Ця кнопка вже не діє.',
    snoozed: (time) => `Відкладено до ${time}. Тоді картка з’явиться знову.`,
    tooLateToSnooze: (time) =>
      `Так надовго відкласти не можна: строк спливає ${time}, а на рішення має лишитися година.`,
    busy: 'Чат перевантажений. Натисніть ще раз за хвилину.',
    triedAgain: 'Ще не зроблено: за мить спробуємо знову.',
    failed: 'Не вдалося. Скористайтеся панеллю.',
    prompt: (person, message, maxLength) =>
      `✏️ ${person}, дайте відповідь на це повідомлення новим текстом, щонайбільше ${maxLength} символів. Зараз він такий:\n\n${message}`,
    placeholder: 'Новий текст',
    edited: '✏️ Картка показує новий текст. Він ще чекає схвалення.',
    refused: '❌ Не прийнято, повідомлення лишилося, як було:',
    tryAgain: 'Дайте відповідь іншим текстом.',
    needsText: 'Дайте відповідь текстом.',
  },
  ru: {
    approved: 'Одобрено. Уйдёт в ближайшие часы отправки.',
    approvedFor: {
      paused: 'Одобрено. Ждёт: отправка приостановлена.',
      stale_data: 'Одобрено. Ждёт, пока данные системы бронирования снова не станут свежими.',
      quiet_hours: 'Одобрено. Уйдёт, когда начнутся часы отправки.',
    },
    rejected: 'Отклонено. Не будет отправлено.',
    rejectedForGood: 'Отклонено. Этот человек больше не получит сообщений.',
    alreadyApproved: (by) => `Уже одобрено${by}.`,
    alreadyRejected: (by) => `Уже отклонено${by}.`,
    by: {
      you: ' вами',
      person: (name) => ` (${name})`,
      dashboard: (name) => (name ? ` в панели (${name})` : ' в панели'),
    },
    beingRewritten: 'Его пишут заново.',
    alreadyDecided: 'Уже решено.',
    notSent: (why) => `Не отправлено: ${why}.`,
    oldVersion: 'Текст с тех пор изменился. Прочитайте новый и решите снова.',
    expired: 'Поздно: срок истёк раньше, чем кто-то решил.',
    gone: 'Этого черновика больше нет.',
    unknownButton: 'Эта кнопка больше не действует.',
    snoozed: (time) => `Отложено до ${time}. Тогда карточка появится снова.`,
    tooLateToSnooze: (time) =>
      `Так надолго отложить нельзя: срок истекает ${time}, а на решение должен остаться час.`,
    busy: 'Чат перегружен. Нажмите ещё раз через минуту.',
    triedAgain: 'Ещё не сделано: через мгновение попробуем снова.',
    failed: 'Не получилось. Воспользуйтесь панелью.',
    prompt: (person, message, maxLength) =>
      `✏️ ${person}, ответьте на это сообщение новым текстом, не длиннее ${maxLength} символов. Сейчас он такой:\n\n${message}`,
    placeholder: 'Новый текст',
    edited: '✏️ Карточка показывает новый текст. Он ещё ждёт одобрения.',
    refused: '❌ Не принято, сообщение осталось, как было:',
    tryAgain: 'Ответьте другим текстом.',
    needsText: 'Ответьте, пожалуйста, текстом.',
  },
  bg: {
    approved: 'Одобрено. Ще тръгне в следващите часове за изпращане.',
    approvedFor: {
      paused: 'Одобрено. Чака: изпращането е спряно на пауза.',
      stale_data: 'Одобрено. Чака, докато данните от системата за резервации отново са актуални.',
      quiet_hours: 'Одобрено. Ще тръгне, когато започнат часовете за изпращане.',
    },
    rejected: 'Отхвърлено. Няма да се изпрати.',
    rejectedForGood: 'Отхвърлено. Този човек повече няма да получава съобщения.',
    alreadyApproved: (by) => `Вече е одобрено${by}.`,
    alreadyRejected: (by) => `Вече е отхвърлено${by}.`,
    by: {
      you: ' от вас',
      person: (name) => ` от ${name}`,
      dashboard: (name) => (name ? ` от ${name} в таблото` : ' в таблото'),
    },
    beingRewritten: 'Пише се отново.',
    alreadyDecided: 'Вече е решено.',
    notSent: (why) => `Не се изпраща: ${why}.`,
    oldVersion: 'Текстът се промени междувременно. Прочетете новия и решете отново.',
    expired: 'Твърде късно: изтече, преди някой да реши.',
    gone: 'Тази чернова вече не съществува.',
    unknownButton: 'Този бутон вече не се използва.',
    snoozed: (time) => `Отложено до ${time}. Тогава картата ще се появи отново.`,
    tooLateToSnooze: (time) =>
      `Не може да се отложи толкова: изтича ${time}, а за решение трябва да остане един час.`,
    busy: 'Чатът е претоварен. Докоснете отново след минута.',
    triedAgain: 'Още не е готово: след малко ще опитаме отново.',
    failed: 'Не се получи. Използвайте таблото.',
    prompt: (person, message, maxLength) =>
      `✏️ ${person}, отговорете на това съобщение с новия текст, най-много ${maxLength} знака. Сега гласи:\n\n${message}`,
    placeholder: 'Новият текст',
    edited: '✏️ Картата показва новия текст. Той още чака одобрение.',
    refused: '❌ Не е прието, съобщението остава, както беше:',
    tryAgain: 'Отговорете с друг текст.',
    needsText: 'Моля, отговорете с текст.',
  },
};
