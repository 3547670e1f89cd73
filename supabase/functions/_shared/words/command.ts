// What the bot says to commands. What is handed in is HTML already.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import type { DeliveryMode } from './status.ts';

export const COMMANDS = ['status', 'pause', 'resume', 'mode', 'help'] as const;
export type CommandName = (typeof COMMANDS)[number];
export type Role = 'owner' | 'operator' | 'moderator' | 'analyst';

export interface CommandWords {
  intro: string;
  menu: Record<CommandName, string>;
  /** What may follow /pause. */
  reason: string;
  rights: string;
  yourRole: string;
  roles: Record<Role, string>;
  linked: string;
  /** To whoever is an analyst everywhere. */
  noSay: string;
  linkRefused: string;
  writePrivately: string;
  whichToPause: string;
  whichToResume: string;
  modeNames: Record<DeliveryMode, string>;
  unknownMode: string;
  paused: (by: string) => string;
  alreadyPaused: string;
  resumed: (by: string) => string;
  resumedEverywhere: string;
  notPaused: string;
  modeChanged: (by: string) => string;
  modeUnchanged: string;
  /** Whoever is let in, but not for this. */
  onlyKeepers: (role: string) => string;
  onlyOwners: (role: string) => string;
  linkYourself: string;
  /** Over the chat, after a tap. */
  done: string;
}

export const commandWords: Record<Language, CommandWords> = {
  en: {
    intro:
      'I bring messages to members into the moderation chat. Approve, reject or edit them there with their buttons.',
    menu: {
      status: 'what waits, what was sent, and whether messages go out',
      pause: 'stop all messages of a club',
      resume: 'let the messages go on',
      mode: 'who approves the messages',
      help: 'what I can do',
    },
    reason: 'reason',
    rights: 'Owners and operators may pause and resume; only owners may change the mode.',
    yourRole: 'Your role',
    roles: { owner: 'owner', operator: 'operator', moderator: 'moderator', analyst: 'analyst' },
    linked: 'Done: your Telegram is linked. Your role:',
    noSay: 'Analysts have the dashboard; here there is nothing for them to decide.',
    linkRefused:
      'This code is wrong or too old. Make a new one in the dashboard under Settings → Telegram and send it to me here.',
    writePrivately:
      'Everybody here could read this code, so I do not take it. Make a new one in the dashboard and send it to me in a private chat.',
    whichToPause: 'In which club shall I pause all messages?',
    whichToResume: 'In which club shall messages go on?',
    modeNames: { moderation: 'Moderation', notification: 'Notification' },
    unknownMode: 'I know two modes: moderation and notification.',
    paused: (by) => `Paused by ${by}. Nothing is lost: what waits keeps its place until /resume.`,
    alreadyPaused: 'It is paused already.',
    resumed: (by) => `Resumed by ${by}.`,
    resumedEverywhere: 'The same in every other club that WhatsApp had stopped.',
    notPaused: 'It is not paused.',
    modeChanged: (by) =>
      `Changed by ${by}, from the next planning on. What is planned already keeps its mode.`,
    modeUnchanged: 'It is so already.',
    onlyKeepers: (role) =>
      `Only an owner or operator may pause and resume messages; your role here is ${role}.`,
    onlyOwners: (role) => `Only an owner may change the mode; your role here is ${role}.`,
    linkYourself: 'Have you more rights in the dashboard? Link your Telegram there: Settings → Telegram.',
    done: 'Done.',
  },
  cs: {
    intro:
      'Přináším do moderačního chatu zprávy pro členy. Tam je tlačítky schválíte, zamítnete nebo upravíte.',
    menu: {
      status: 'co čeká, co odešlo a jestli se odesílá',
      pause: 'zastavit všechny zprávy klubu',
      resume: 'znovu odesílat zprávy',
      mode: 'kdo schvaluje zprávy',
      help: 'co umím',
    },
    reason: 'důvod',
    rights: 'Pozastavit a obnovit odesílání může vlastník nebo operátor, režim může změnit jen vlastník.',
    yourRole: 'Vaše role',
    roles: { owner: 'vlastník', operator: 'operátor', moderator: 'moderátor', analyst: 'analytik' },
    linked: 'Hotovo, váš Telegram je propojený. Vaše role:',
    noSay: 'Analytici mají přehled, tady pro ně nic k rozhodování není.',
    linkRefused:
      'Tento kód je chybný nebo příliš starý. Vytvořte si v přehledu nový (Settings → Telegram) a pošlete mi ho sem.',
    writePrivately:
      'Tento kód tu mohli přečíst všichni, proto ho nepřijmu. Vytvořte si v přehledu nový a pošlete mi ho soukromě.',
    whichToPause: 'Ve kterém klubu mám pozastavit všechny zprávy?',
    whichToResume: 'Ve kterém klubu se mají zprávy zase odesílat?',
    modeNames: { moderation: 'Moderování', notification: 'Oznamování' },
    unknownMode: 'Znám dva režimy: moderation (moderování) a notification (oznamování).',
    paused: (by) => `Pozastaveno (${by}). Nic se neztratí: co čeká, zůstane na svém místě až do /resume.`,
    alreadyPaused: 'Už je pozastaveno.',
    resumed: (by) => `Odesílání obnoveno (${by}).`,
    resumedEverywhere: 'Stejně tak ve všech dalších klubech, které zastavil WhatsApp.',
    notPaused: 'Odesílání není pozastavené.',
    modeChanged: (by) =>
      `Změněno (${by}), platí od příštího plánování. Co už je naplánované, svůj režim nemění.`,
    modeUnchanged: 'Takto už je nastaveno.',
    onlyKeepers: (role) =>
      `Pozastavit a obnovit odesílání může jen vlastník nebo operátor. Vaše role tady: ${role}.`,
    onlyOwners: (role) => `Režim může změnit jen vlastník. Vaše role tady: ${role}.`,
    linkYourself: 'Máte v přehledu víc práv? Propojte si tam Telegram: Settings → Telegram.',
    done: 'Hotovo.',
  },
  uk: {
    intro:
      'Я приношу в чат модерації повідомлення для клієнтів. Схвалюйте, відхиляйте або редагуйте їх там кнопками.',
    menu: {
      status: 'що чекає, що надіслано і чи йде надсилання',
      pause: 'зупинити всі повідомлення клубу',
      resume: 'відновити надсилання повідомлень',
      mode: 'хто схвалює повідомлення',
      help: 'що я вмію',
    },
    reason: 'причина',
    rights: 'Призупиняти й відновлювати надсилання можуть власник і оператор, режим змінює лише власник.',
    yourRole: 'Ваша роль',
    roles: { owner: 'власник', operator: 'оператор', moderator: 'модератор', analyst: 'аналітик' },
    linked: 'Готово, ваш Telegram підключено. Ваша роль:',
    noSay: 'Аналітики мають панель, тут їм нічого вирішувати.',
    linkRefused:
      'Цей код неправильний або застарілий. Створіть новий у панелі (Settings → Telegram) і надішліть його мені сюди.',
    writePrivately:
      'Цей код тут могли прочитати всі, тому я його не прийму. Створіть новий у панелі та надішліть його мені в особистому чаті.',
    whichToPause: 'У якому клубі призупинити всі повідомлення?',
    whichToResume: 'У якому клубі відновити надсилання?',
    modeNames: { moderation: 'Модерація', notification: 'Сповіщення' },
    unknownMode: 'Я знаю два режими: moderation (модерація) і notification (сповіщення).',
    paused: (by) => `Призупинено (${by}). Нічого не втрачено: те, що чекає, збереже своє місце до /resume.`,
    alreadyPaused: 'Надсилання вже призупинено.',
    resumed: (by) => `Надсилання відновлено (${by}).`,
    resumedEverywhere: 'Так само в усіх інших клубах, які зупинив WhatsApp.',
    notPaused: 'Надсилання не призупинено.',
    modeChanged: (by) =>
      `Змінено (${by}), діє з наступного планування. Те, що вже заплановано, зберігає свій режим.`,
    modeUnchanged: 'Так уже налаштовано.',
    onlyKeepers: (role) =>
      `Призупиняти й відновлювати надсилання може лише власник або оператор. Ваша роль тут: ${role}.`,
    onlyOwners: (role) => `Режим може змінити лише власник. Ваша роль тут: ${role}.`,
    linkYourself: 'Маєте в панелі більше прав? Підключіть там Telegram: Settings → Telegram.',
    done: 'Готово.',
  },
  ru: {
    intro:
      'Я приношу в чат модерации сообщения для клиентов. Одобряйте, отклоняйте или редактируйте их там кнопками.',
    menu: {
      status: 'что ждёт, что отправлено и идёт ли отправка',
      pause: 'остановить все сообщения клуба',
      resume: 'возобновить отправку сообщений',
      mode: 'кто одобряет сообщения',
      help: 'что я умею',
    },
    reason: 'причина',
    rights:
      'Приостанавливать и возобновлять отправку могут владелец и оператор, режим меняет только владелец.',
    yourRole: 'Ваша роль',
    roles: { owner: 'владелец', operator: 'оператор', moderator: 'модератор', analyst: 'аналитик' },
    linked: 'Готово, ваш Telegram подключён. Ваша роль:',
    noSay: 'У аналитиков есть панель, здесь им решать нечего.',
    linkRefused:
      'Этот код неверный или устарел. Создайте новый в панели (Settings → Telegram) и пришлите его мне сюда.',
    writePrivately:
      'Этот код здесь могли прочитать все, поэтому я его не приму. Создайте новый в панели и пришлите его мне в личном чате.',
    whichToPause: 'В каком клубе приостановить все сообщения?',
    whichToResume: 'В каком клубе возобновить отправку?',
    modeNames: { moderation: 'Модерация', notification: 'Уведомление' },
    unknownMode: 'Я знаю два режима: moderation (модерация) и notification (уведомление).',
    paused: (by) =>
      `Приостановлено (${by}). Ничего не потеряно: то, что ждёт, сохранит своё место до /resume.`,
    alreadyPaused: 'Отправка уже приостановлена.',
    resumed: (by) => `Отправка возобновлена (${by}).`,
    resumedEverywhere: 'Так же во всех других клубах, которые остановил WhatsApp.',
    notPaused: 'Отправка не приостановлена.',
    modeChanged: (by) =>
      `Изменено (${by}), действует со следующего планирования. То, что уже запланировано, сохраняет свой режим.`,
    modeUnchanged: 'Так уже настроено.',
    onlyKeepers: (role) =>
      `Приостанавливать и возобновлять отправку может только владелец или оператор. Ваша роль здесь: ${role}.`,
    onlyOwners: (role) => `Режим может изменить только владелец. Ваша роль здесь: ${role}.`,
    linkYourself: 'У вас в панели больше прав? Подключите там Telegram: Settings → Telegram.',
    done: 'Готово.',
  },
  bg: {
    intro:
      'Нося в чата за модерация съобщенията до клиентите. Там ги одобрявате, отхвърляте или редактирате с бутоните.',
    menu: {
      status: 'какво чака, какво е изпратено и дали се изпраща',
      pause: 'спиране на всички съобщения на клуб',
      resume: 'съобщенията да продължат',
      mode: 'кой одобрява съобщенията',
      help: 'какво мога',
    },
    reason: 'причина',
    rights: 'Собственик или оператор може да спира и да пуска съобщенията, а режима сменя само собственик.',
    yourRole: 'Вашата роля',
    roles: { owner: 'собственик', operator: 'оператор', moderator: 'модератор', analyst: 'анализатор' },
    linked: 'Готово, вашият Telegram е свързан. Вашата роля:',
    noSay: 'Анализаторите имат таблото, тук няма какво да решават.',
    linkRefused:
      'Този код е грешен или твърде стар. Създайте нов в таблото (Settings → Telegram) и ми го изпратете тук.',
    writePrivately:
      'Този код тук можеше да прочете всеки, затова не го приемам. Създайте нов в таблото и ми го изпратете на лично.',
    whichToPause: 'В кой клуб да спра всички съобщения?',
    whichToResume: 'В кой клуб съобщенията да продължат?',
    modeNames: { moderation: 'Модерация', notification: 'Известяване' },
    unknownMode: 'Зная два режима: moderation (модерация) и notification (известяване).',
    paused: (by) => `Спряно на пауза (${by}). Нищо не се губи: което чака, запазва мястото си до /resume.`,
    alreadyPaused: 'Вече е на пауза.',
    resumed: (by) => `Съобщенията продължават (${by}).`,
    resumedEverywhere: 'Също и във всеки друг клуб, който WhatsApp беше спрял.',
    notPaused: 'Не е на пауза.',
    modeChanged: (by) =>
      `Променено (${by}), важи от следващото планиране. Вече планираното запазва своя режим.`,
    modeUnchanged: 'Вече е така.',
    onlyKeepers: (role) =>
      `Само собственик или оператор може да спира и да пуска съобщенията. Вашата роля тук: ${role}.`,
    onlyOwners: (role) => `Само собственик може да сменя режима. Вашата роля тук: ${role}.`,
    linkYourself: 'Имате повече права в таблото? Свържете там своя Telegram: Settings → Telegram.',
    done: 'Готово.',
  },
};

/** As Telegram's setMyCommands takes it, and /help lists it. */
export const commandMenu = Object.fromEntries(
  Object.entries(commandWords).map(([language, { menu }]) => [
    language,
    COMMANDS.map((command) => ({ command, description: menu[command] })),
  ]),
) as Record<Language, { command: CommandName; description: string }[]>;
