// The buttons of a card, and why a message may be rejected.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

export const REJECTION_REASONS = ['wording', 'wrong_person', 'wrong_time', 'never_this_person'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface CardButtonWords {
  approve: string;
  reject: string;
  edit: string;
  snooze: string;
  open: string;
  back: string;
  inOneHour: string;
  inThreeHours: string;
  tomorrow: string;
  reasons: Record<RejectionReason, string>;
}

export const cardButtonWords: Record<Language, CardButtonWords> = {
  en: {
    approve: '✅ Approve',
    reject: '❌ Reject',
    edit: '✏️ Edit',
    snooze: '😴 Snooze',
    open: '🔗 Open in dashboard',
    back: '← Back',
    inOneHour: '1 hour',
    inThreeHours: '3 hours',
    tomorrow: 'Tomorrow',
    reasons: {
      wording: 'Wording',
      wrong_person: 'Wrong person',
      wrong_time: 'Wrong time',
      never_this_person: '🚫 Never this person',
    },
  },
  cs: {
    approve: '✅ Schválit',
    reject: '❌ Zamítnout',
    edit: '✏️ Upravit',
    snooze: '😴 Odložit',
    open: '🔗 Otevřít v přehledu',
    back: '← Zpět',
    inOneHour: '1 hodina',
    inThreeHours: '3 hodiny',
    tomorrow: 'Zítra',
    reasons: {
      wording: 'Formulace',
      wrong_person: 'Nesprávný člověk',
      wrong_time: 'Nevhodná doba',
      never_this_person: '🚫 Tomuto člověku nikdy',
    },
  },
  uk: {
    approve: '✅ Схвалити',
    reject: '❌ Відхилити',
    edit: '✏️ Змінити',
    snooze: '😴 Відкласти',
    open: '🔗 Відкрити в панелі',
    back: '← Назад',
    inOneHour: '1 година',
    inThreeHours: '3 години',
    tomorrow: 'Завтра',
    reasons: {
      wording: 'Формулювання',
      wrong_person: 'Не та людина',
      wrong_time: 'Не на часі',
      never_this_person: '🚫 Ніколи цій людині',
    },
  },
  ru: {
    approve: '✅ Одобрить',
    reject: '❌ Отклонить',
    edit: '✏️ Изменить',
    snooze: '😴 Отложить',
    open: '🔗 Открыть в панели',
    back: '← Назад',
    inOneHour: '1 час',
    inThreeHours: '3 часа',
    tomorrow: 'Завтра',
    reasons: {
      wording: 'Формулировка',
      wrong_person: 'Не тот человек',
      wrong_time: 'Не вовремя',
      never_this_person: '🚫 Никогда этому человеку',
    },
  },
  bg: {
    approve: '✅ Одобри',
    reject: '❌ Отхвърли',
    edit: '✏️ Промени',
    snooze: '😴 Отложи',
    open: '🔗 Отвори в таблото',
    back: '← Назад',
    inOneHour: '1 час',
    inThreeHours: '3 часа',
    tomorrow: 'Утре',
    reasons: {
      wording: 'Формулировка',
      wrong_person: 'Не този човек',
      wrong_time: 'Не сега',
      never_this_person: '🚫 Никога на този човек',
    },
  },
};
