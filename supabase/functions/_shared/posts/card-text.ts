// A card as Telegram shows it: HTML, with every text of ours, the platform's or a model's escaped.
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { escapeHtml, LONGEST_TEXT, shorten, shownLength } from '../html.ts';
import { cardButtonWords } from '../words/card-button.ts';
import { cardWords } from '../words/card.ts';
import type { CardWords } from '../words/card.ts';
import { scenarioInWords, segmentInWords } from '../words/scenario.ts';
import { skipWords } from '../words/skip.ts';
import { whyInWords } from '../words/why.ts';
import { toCardKeyboard } from './card-keyboard.ts';
import type { CardBody, LastMessage } from './card.ts';
import { daysAgo, localDate, localTime, percent, plainDate, roundMoney } from './local-time.ts';
import type { PostText, PostTextOptions } from './post-text.ts';

/** What is left of each where the card has no room for the whole. */
const SHORT_QUOTE = 1200;
const SHORT_TRANSLATION = 600;
const LONGEST_LINE = 300;
const SHORT_LINE = 120;
const MOST_WARNINGS = 3;

const italic = (text: string) => `<i>${escapeHtml(text)}</i>`;
const quote = (text: string) => `<blockquote>${escapeHtml(text)}</blockquote>`;

function outcomeOf(message: LastMessage, { outcomes }: CardWords, language: Language): string {
  if (message.has_opted_out) return outcomes.opted_out;
  if (message.returned_date !== null)
    return `${outcomes.returned} ${plainDate(message.returned_date, language)}`;
  if (message.has_replied) return outcomes.replied;
  switch (message.delivery) {
    case 'read':
      return outcomes.read;
    case 'delivered':
      return outcomes.delivered;
    case 'failed':
      return outcomes.failed;
    default:
      return outcomes.sent;
  }
}

function history({ facts, timezone }: CardBody, language: Language): string[] {
  const words = cardWords[language];
  const { last_visit_date: date, days_since_last_visit: days } = facts;
  const visit = date
    ? words.lastVisit(
        `${plainDate(date, language)}${typeof days === 'number' ? ` (${daysAgo(days, language)})` : ''}`,
      )
    : words.neverVisited;
  const messages = facts.last_messages.map((message) => {
    const scenario = scenarioInWords(message.scenario, message.scenario_name, language);
    return `• ${localDate(message.sent_at, timezone, language)}, ${scenario}: ${outcomeOf(message, words, language)}`;
  });
  return messages.length === 0
    ? [`${visit}. ${words.noMessages}.`]
    : [`${visit}. ${words.lastMessages}:`, ...messages.map((line) => shorten(line, LONGEST_LINE))];
}

function worth({ facts }: CardBody, language: Language): string[] {
  const words = cardWords[language];
  const { expected_value: value, spend_minor_30d: spend, currency } = facts;
  if (!currency) return [];
  const money = (minor: number) => roundMoney(minor, currency, language);
  if (value) {
    return [
      words.expectedValue(
        money(value.value_minor),
        percent(value.return_share, language),
        money(value.spend_minor_30d),
      ),
    ];
  }
  return typeof spend === 'number' ? [words.spend(money(spend))] : [];
}

function reasonInWords(reason: string, language: Language): string {
  const { reasons } = cardButtonWords[language];
  return Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : reason;
}

function verdict(card: CardBody, language: Language): string {
  const words = cardWords[language];
  const time = (at: string | null) => (at === null ? '' : localTime(at, card.timezone, language));
  const name = card.decided_by_name ?? words.someone;
  const where = words.where[card.decided_in ?? 'system'];
  const at = time(card.decided_at);
  switch (card.status) {
    case 'pending':
      return card.snoozed_until === null
        ? words.decideUntil(time(card.expires_at))
        : words.snoozed(time(card.snoozed_until), card.snoozed_by_name ?? words.someone);
    case 'approved':
      return words.approved(name, where, at);
    case 'rejected': {
      const reason = card.decision_reason;
      const because = reason === null ? '' : ` ${words.rejectedFor(reasonInWords(reason, language))}`;
      return `${words.rejected(name, where, at)}${because}`;
    }
    case 'expired':
      return words.expired(at);
    case 'cancelled':
      return words.notSent(at, skipWords[language](card.decision_reason));
    default:
      return card.status;
  }
}

function about(card: CardBody, language: Language): string {
  const words = cardWords[language];
  const parts = [words.form[card.form]];
  if (card.source === 'static') parts.push(words.standardWording);
  if (card.source === 'operator' && card.author_name !== null) parts.push(words.editedBy(card.author_name));
  return parts.join(' ');
}

function heading(card: CardBody, language: Language, line: number): string {
  const scenario = scenarioInWords(card.scenario, card.scenario_name, language);
  const title = [
    card.campaign === null ? scenario : `${scenario}: ${card.campaign}`,
    segmentInWords(card.segment, card.segment_name, language),
    card.language.toUpperCase(),
  ].filter((part) => part !== null);
  return `<b>${escapeHtml(shorten(card.member, line))}</b> · ${escapeHtml(shorten(title.join(' · '), line))}`;
}

interface Room {
  quote: number;
  translation: number;
  hasHistory: boolean;
  /** Of each of the others: names, reasons, warnings. */
  line: number;
}

function body(card: CardBody, language: Language, room: Room): string {
  const words = cardWords[language];
  const isForeign = card.language !== language;
  const text = card.translation?.text;
  const translation = text
    ? [`${italic(`${words.translation}:`)}\n${quote(shorten(text, room.translation))}`]
    : card.translation?.error
      ? [italic(words.noTranslation)]
      : [];
  return [
    heading(card, language, room.line),
    italic(shorten(whyInWords(card, language), room.line)),
    quote(shorten(card.rendered, room.quote)),
    ...(card.rendered.length > room.quote ? [italic(words.wholeAbove)] : []),
    ...(isForeign ? translation : []),
    italic(shorten(about(card, language), room.line)),
    ...card.warnings
      .slice(0, MOST_WARNINGS)
      .map((warning) => `${words.warning}: ${escapeHtml(shorten(warning, room.line))}`),
    ...(room.hasHistory ? [...history(card, language), ...worth(card, language)].map(escapeHtml) : []),
    `${escapeHtml(shorten(verdict(card, language), 2 * room.line))} ${italic(shorten(card.club, room.line))}`,
  ].join('\n');
}

/** The first that fits: the whole, less of the translation, no history, and the message last. The very last always fits. */
function rooms(card: CardBody): Room[] {
  const whole = {
    quote: card.rendered.length,
    translation: LONGEST_TEXT,
    hasHistory: true,
    line: LONGEST_LINE,
  };
  const translated = { ...whole, translation: SHORT_TRANSLATION };
  return [
    whole,
    translated,
    { ...translated, hasHistory: false },
    { ...translated, quote: SHORT_QUOTE },
    { ...translated, quote: SHORT_QUOTE, hasHistory: false, line: SHORT_LINE },
  ];
}

export function toCardText(card: CardBody, language: Language, options: PostTextOptions): PostText {
  const candidates = rooms(card).map((room) => ({ room, html: body(card, language, room) }));
  const fitting = candidates.find(({ html }) => shownLength(html) <= LONGEST_TEXT) ?? candidates.at(-1)!;
  const isWhole = card.rendered.length <= fitting.room.quote;
  return {
    html: fitting.html,
    keyboard: toCardKeyboard(card, language, options),
    // Telegram trims a message; a quote keeps it as it is.
    ...(isWhole ? {} : { extra: quote(card.rendered) }),
  };
}
