// A notice about drafting as Telegram shows it.
import { InlineKeyboard } from 'grammy';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { escapeHtml } from '../html.ts';
import { noticeWords } from '../words/notice.ts';
import { addDashboardButton, keyboardOrNone } from './dashboard-button.ts';
import type { NoticeBody } from './notice.ts';
import type { PostText, PostTextOptions } from './post-text.ts';

/** Cents at least; a budget of less shows all it has. */
const dollars = (amount: number, language: Language): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: amount < 0.1 ? 6 : 2,
  }).format(amount);

function sentence(notice: NoticeBody, language: Language): string {
  const words = noticeWords[language];
  const { kind, detail } = notice;
  switch (kind) {
    case 'budget_money': {
      const reserved = detail.reserved_micro_usd / 1e6;
      // What is reserved is said when it is a good part of the budget: it may come back, and Claude with it.
      const isWorthSaying = reserved >= detail.budget_usd / 10;
      return words.budgetMoney(
        dollars(detail.budget_usd, language),
        words.drafts(detail.drafts),
        isWorthSaying ? dollars(reserved, language) : null,
      );
    }
    case 'budget_drafts':
      return words.budgetDrafts(
        words.drafts(detail.daily_drafts),
        dollars((detail.spent_micro_usd + detail.reserved_micro_usd) / 1e6, language),
      );
    case 'key_refused':
      return words.keyRefused(detail.reason ?? words.noReason);
    case 'no_answer':
      return words.noAnswer(detail.reason ?? words.noReason);
  }
}

export function toNoticeText(notice: NoticeBody, language: Language, options: PostTextOptions): PostText {
  const words = noticeWords[language];
  const path = `/clubs/${notice.club_id}/settings/drafting`;
  const keyboard = addDashboardButton(new InlineKeyboard(), words.open, options.dashboardUrl, path);
  return {
    html: `✏️ <b>${escapeHtml(notice.club)}</b>: ${escapeHtml(sentence(notice, language))}`,
    keyboard: keyboardOrNone(keyboard),
  };
}
