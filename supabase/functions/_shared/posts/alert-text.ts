// An alert as Telegram shows it: what happened, what to do, and the way there; over, it says so.
import { InlineKeyboard } from 'grammy';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { escapeHtml, shorten } from '../html.ts';
import { alertWords } from '../words/alert.ts';
import type { AlertBody, AlertKind } from './alert.ts';
import { addDashboardButton, keyboardOrNone } from './dashboard-button.ts';
import { localTime } from './local-time.ts';
import type { PostText, PostTextOptions } from './post-text.ts';

const LONGEST_SENTENCE = 1500;

/** The page of a club where it is mended. */
const PAGES: Record<AlertKind, string> = {
  sending_stopped: '/settings/delivery',
  number_quality: '/settings/delivery',
  number_limit: '/settings/delivery',
  account: '/settings/delivery',
  old_snapshot: '',
  sync_stale: '',
  template_stopped: '/settings/templates',
  dead_letters: '/messages/problems',
  queue_stuck: '/messages/problems',
};

function sentence(alert: AlertBody, language: Language): string {
  // The database's own sentence has every figure; in another language the kind says what to do, and the figures it needs.
  if (language === 'en') return alert.what;
  const { kind, detail, timezone, subject } = alert;
  const words = alertWords[language];
  const time = (at: unknown) => (typeof at === 'string' ? localTime(at, timezone, language) : '');
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  switch (kind) {
    case 'sync_stale':
      return words.syncStale(time(detail.last_good_sync));
    case 'template_stopped':
      return words.templateStopped(subject);
    case 'dead_letters':
      return words.deadLetters(count(detail.dead), count(detail.uncertain));
    case 'queue_stuck':
      return words.queueStuck(time(detail.since));
    default:
      return `${words.kinds[kind]} (${alert.what})`;
  }
}

export function toAlertText(
  alert: AlertBody,
  language: Language,
  { dashboardUrl }: PostTextOptions,
): PostText {
  const words = alertWords[language];
  const club = alert.club === null ? '' : `<b>${escapeHtml(alert.club)}</b>: `;
  const said = `${club}${escapeHtml(shorten(sentence(alert, language), LONGEST_SENTENCE))}`;
  if (alert.ended_at !== null) {
    const over = words.over(localTime(alert.ended_at, alert.timezone, language));
    return { html: `✅ <b>${escapeHtml(over)}</b>\n<s>${said}</s>`, keyboard: undefined };
  }
  const path = alert.club_id === null ? '/' : `/clubs/${alert.club_id}${PAGES[alert.kind]}`;
  const keyboard = addDashboardButton(new InlineKeyboard(), words.open, dashboardUrl, path);
  return { html: `⚠️ ${said}`, keyboard: keyboardOrNone(keyboard) };
}
