// How the moderation chat tells that something keeps messages from going on well.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import type { AlertKind } from '../posts/alert.ts';

type PlainKind = Exclude<AlertKind, 'sync_stale' | 'template_stopped' | 'dead_letters' | 'queue_stuck'>;

export interface AlertWords {
  kinds: Record<PlainKind, string>;
  syncStale(time: string): string;
  templateStopped(template: string): string;
  deadLetters(dead: number, uncertain: number): string;
  queueStuck(time: string): string;
  over(time: string): string;
  open: string;
}

export const alertWords: Record<Language, AlertWords> = {
  en: {
    kinds: {
      sending_stopped: 'WhatsApp refuses the number: sending is stopped.',
      number_quality: 'The quality of the number dropped.',
      number_limit: 'The limit of the number changed.',
      account: 'WhatsApp wrote about the account.',
      old_snapshot: 'A transaction left open slows the queue down.',
    },
    syncStale: (time) => `The last good sync was at ${time}: nothing is sent until the next.`,
    templateStopped: (template) => `Nothing goes out in the template ${template}. Settings → Templates.`,
    deadLetters: (dead, uncertain) =>
      `Messages that need a person: ${dead} not sent, ${uncertain} uncertain. Messages → Problems.`,
    queueStuck: (time) => `Messages have been waiting since ${time} and nobody sends them.`,
    over: (time) => `Over since ${time}`,
    open: '🔗 Open in dashboard',
  },
  cs: {
    kinds: {
      sending_stopped:
        'WhatsApp odmítá číslo: odesílání je zastavené ve všech klubech, nic se neztratí. Odstraňte příčinu ve WhatsApp Manageru a odesílání obnovte v Nastavení → Kdo schvaluje.',
      number_quality: 'Kvalita čísla klesla: členové zprávy blokují nebo nahlašují. Pište méně a cíleněji.',
      number_limit: 'Změnil se limit čísla.',
      account: 'WhatsApp píše o účtu: podívejte se do WhatsApp Manageru.',
      old_snapshot: 'Otevřená transakce zpomaluje frontu: ukončete ji.',
    },
    syncStale: (time) =>
      `Poslední dobrá synchronizace s rezervačním systémem byla ${time}: do další se nic neodešle. Systém může mít výpadek, nebo skončila platnost jeho tokenu.`,
    templateStopped: (template) => `V šabloně ${template} nic neodchází. Nastavení → Šablony.`,
    deadLetters: (dead, uncertain) =>
      `Zprávy, které potřebují člověka: neodeslané ${dead}, nejisté ${uncertain}. Zprávy → Problémy.`,
    queueStuck: (time) => `Zprávy čekají od ${time} a nikdo je neodesílá: ověřte, zda běží send-messages.`,
    over: (time) => `Pominulo ${time}`,
    open: '🔗 Otevřít v přehledu',
  },
  uk: {
    kinds: {
      sending_stopped:
        'WhatsApp не приймає номер: надсилання зупинено в усіх клубах, нічого не втрачено. Усуньте причину у WhatsApp Manager і відновіть надсилання в Налаштування → Хто схвалює.',
      number_quality:
        'Якість номера знизилась: клієнти блокують повідомлення або скаржаться. Пишіть рідше й точніше.',
      number_limit: 'Змінився ліміт номера.',
      account: 'WhatsApp пише про обліковий запис: перевірте WhatsApp Manager.',
      old_snapshot: 'Відкрита транзакція сповільнює чергу: завершіть її.',
    },
    syncStale: (time) =>
      `Остання вдала синхронізація із системою запису була ${time}: до наступної нічого не надсилається. Система може бути недоступна або строк її токена минув.`,
    templateStopped: (template) => `За шаблоном ${template} нічого не надсилається. Налаштування → Шаблони.`,
    deadLetters: (dead, uncertain) =>
      `Повідомлення, що потребують людини: не надіслано ${dead}, невідомо ${uncertain}. Повідомлення → Проблеми.`,
    queueStuck: (time) =>
      `Повідомлення чекають з ${time}, і ніхто їх не надсилає: перевірте, чи працює send-messages.`,
    over: (time) => `Минуло ${time}`,
    open: '🔗 Відкрити в панелі',
  },
  ru: {
    kinds: {
      sending_stopped:
        'WhatsApp не принимает номер: отправка остановлена во всех клубах, ничего не потеряно. Устраните причину в WhatsApp Manager и возобновите отправку в Настройки → Кто одобряет.',
      number_quality:
        'Качество номера снизилось: клиенты блокируют сообщения или жалуются. Пишите реже и точнее.',
      number_limit: 'Изменился лимит номера.',
      account: 'WhatsApp пишет об аккаунте: проверьте WhatsApp Manager.',
      old_snapshot: 'Открытая транзакция замедляет очередь: завершите её.',
    },
    syncStale: (time) =>
      `Последняя удачная синхронизация с системой записи была ${time}: до следующей ничего не отправляется. Система может быть недоступна, или срок её токена истёк.`,
    templateStopped: (template) => `По шаблону ${template} ничего не отправляется. Настройки → Шаблоны.`,
    deadLetters: (dead, uncertain) =>
      `Сообщения, которым нужен человек: не отправлено ${dead}, неизвестно ${uncertain}. Сообщения → Проблемы.`,
    queueStuck: (time) =>
      `Сообщения ждут с ${time}, и никто их не отправляет: проверьте, работает ли send-messages.`,
    over: (time) => `Прошло ${time}`,
    open: '🔗 Открыть в панели',
  },
  bg: {
    kinds: {
      sending_stopped:
        'WhatsApp отказва номера: изпращането е спряно във всички клубове, нищо не е загубено. Отстранете причината в WhatsApp Manager и възобновете изпращането в Настройки → Кой одобрява.',
      number_quality:
        'Качеството на номера спадна: членовете блокират съобщенията или се оплакват. Пишете по-рядко и по-точно.',
      number_limit: 'Лимитът на номера се промени.',
      account: 'WhatsApp пише за акаунта: проверете WhatsApp Manager.',
      old_snapshot: 'Отворена транзакция бави опашката: приключете я.',
    },
    syncStale: (time) =>
      `Последната успешна синхронизация със системата за записване беше в ${time}: до следващата нищо не се изпраща. Системата може да е недостъпна или токенът ѝ да е изтекъл.`,
    templateStopped: (template) => `По шаблона ${template} нищо не се изпраща. Настройки → Шаблони.`,
    deadLetters: (dead, uncertain) =>
      `Съобщения, които имат нужда от човек: неизпратени ${dead}, неясни ${uncertain}. Съобщения → Проблеми.`,
    queueStuck: (time) =>
      `Съобщения чакат от ${time} и никой не ги изпраща: проверете дали работи send-messages.`,
    over: (time) => `Отмина ${time}`,
    open: '🔗 Отвори в таблото',
  },
};
