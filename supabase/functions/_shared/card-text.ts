// A card as Telegram shows it: HTML, with every text of ours or the platform's escaped.
import type { Card } from './card.ts';
import { skipInWords } from './skip-words.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** "22 Nov, 16:40" on the club's wall clock. */
function localTime(at: string, timezone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return format.format(new Date(at));
}

/** Who decided, as HTML. A moderator is a link to their profile: names change, ids do not. */
function decider(decidedBy: string | null): string {
  const [kind, id] = (decidedBy ?? '').split(':');
  if (kind === 'telegram') return `<a href="tg://user?id=${escapeHtml(id ?? '')}">a moderator</a>`;
  if (kind === 'operator') return 'an operator in the dashboard';
  return 'the system';
}

function verdict(card: Card): string {
  const at = card.decided_at ? `, ${localTime(card.decided_at, card.timezone)}` : '';
  switch (card.status) {
    case 'pending':
      return `⏳ Decide until ${localTime(card.expires_at, card.timezone)}.`;
    case 'approved':
      return `✅ Approved by ${decider(card.decided_by)}${at}.`;
    case 'rejected': {
      const reason = card.decision_reason ? ` Reason: ${escapeHtml(card.decision_reason)}` : '';
      return `❌ Rejected by ${decider(card.decided_by)}${at}.${reason}`;
    }
    case 'expired':
      return `⌛ Expired${at}: nobody decided in time.`;
    case 'cancelled':
      return `🚫 Not sent${at}: ${escapeHtml(skipInWords(card.decision_reason))}.`;
    default:
      return escapeHtml(card.status);
  }
}

const FORMS: Record<Card['form'], string> = {
  template: 'Line in an approved template.',
  free_text: 'Full message: the member wrote within 24 hours.',
};

export function toCardText(card: Card): string {
  const title = [card.scenario, card.segment, card.language.toUpperCase()].filter((part) => part !== null);
  const source = card.source === 'static' ? ' Standard wording, not written by Claude.' : '';
  return [
    `<b>${escapeHtml(card.member)}</b> · ${escapeHtml(title.join(' · '))}`,
    `<i>${escapeHtml(card.why)}</i>`,
    `<blockquote>${escapeHtml(card.rendered)}</blockquote>`,
    `<i>${FORMS[card.form]}${source}</i>`,
    `${verdict(card)} <i>${escapeHtml(card.club)}</i>`,
  ].join('\n');
}
