// The answers to commands as Telegram shows them: HTML, with every text that is not ours escaped.
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { escapeHtml } from '../_shared/html.ts';
import { localDate, localTime } from '../_shared/posts/local-time.ts';
import { commandMenu, commandWords } from '../_shared/words/command.ts';
import type { CommandName, Role } from '../_shared/words/command.ts';
import { statusWords } from '../_shared/words/status.ts';
import type { ClubState, Order, Outcome } from './club-state.ts';
import type { Person } from './person.ts';

const MINUTE = 60_000;

/** "10:20" by the club's wall clock, with the date unless it is today's. */
function clockTime(at: string, { timezone }: ClubState, language: Language, now: Date): string {
  if (localDate(at, timezone, language) !== localDate(now.toISOString(), timezone, language))
    return localTime(at, timezone, language);
  const time = { timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(language, time).format(new Date(at));
}

/** "4 minutes ago"; in hours from two of them on, in days from two of those on. */
function timeAgo(at: string, language: Language, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / MINUTE));
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (minutes === 0) return format.format(0, 'second');
  if (minutes < 120) return format.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? format.format(-hours, 'hour') : format.format(-Math.floor(hours / 24), 'day');
}

const quoted = (text: string) => `<i>${escapeHtml(text)}</i>`;

function holdLine(club: ClubState, language: Language, now: Date): string {
  const words = statusWords[language];
  if (club.hold === 'quiet_hours') return `🌙 ${words.quiet(club.opens_at)}`;
  if (club.hold === 'stale_data') return `⚠️ ${words.isStale}`;
  if (club.hold === null || club.paused_at === null) return `▶️ ${words.goesOut}`;
  const since = clockTime(club.paused_at, club, language, now);
  const reason = club.pause_reason === null ? null : quoted(club.pause_reason);
  if (club.is_stopped_by_whatsapp) return `⛔ ${words.stoppedByWhatsApp(since, reason)}`;
  return `⏸ ${words.paused(since, club.paused_by === null ? null : escapeHtml(club.paused_by), reason)}`;
}

export const clubTitle = ({ club }: ClubState) => `<b>${escapeHtml(club)}</b>`;

export function toStatusText(club: ClubState, language: Language, now: Date): string {
  const words = statusWords[language];
  const synced = club.last_good_sync
    ? words.synced(timeAgo(club.last_good_sync, language, now))
    : words.neverSynced;
  const drafts = [
    words.waiting(club.waiting),
    ...(club.being_written > 0 ? [words.beingWritten(club.being_written)] : []),
  ];
  return [
    clubTitle(club),
    holdLine(club, language, now),
    `📝 ${drafts.join(' · ')}`,
    `📤 ${words.sentToday(club.sent_today)}`,
    ...(club.failures > 0 ? [`❗ ${words.failures(club.failures)}`] : []),
    ...(club.replies_waiting > 0 ? [`💬 ${words.repliesWaiting(club.replies_waiting)}`] : []),
    `${club.is_stale ? '⚠️' : '🔄'} ${synced}`,
    `⚙️ ${words.modes[club.mode]}`,
  ].join('\n');
}

const toRoleLine = (club: string, role: Role, language: Language) =>
  `• ${escapeHtml(club)}: ${commandWords[language].roles[role]}`;

export function toHelpText(clubs: ClubState[], language: Language): string {
  const words = commandWords[language];
  const usage: Partial<Record<CommandName, string>> = {
    pause: ` [${words.reason}]`,
    mode: ' [moderation|notification]',
  };
  return [
    words.intro,
    '',
    ...commandMenu[language].map(
      ({ command, description }) => `/${command}${usage[command] ?? ''} – ${description}`,
    ),
    '',
    words.rights,
    '',
    `${words.yourRole}:`,
    ...clubs.map(({ club, role }) => toRoleLine(club, role, language)),
  ].join('\n');
}

export function toLinkedText(clubs: { name: string; role: Role }[], language: Language): string {
  const words = commandWords[language];
  const hasSay = clubs.some(({ role }) => role !== 'analyst');
  return [
    words.linked,
    ...clubs.map(({ name, role }) => toRoleLine(name, role, language)),
    '',
    hasSay ? '/help' : words.noSay,
  ].join('\n');
}

export function toModeText(club: ClubState, language: Language): string {
  return `${clubTitle(club)}: ${statusWords[language].modes[club.mode]}`;
}

/** Why this role is not enough, and what to do when it is not the person's real one. */
export function toRefusal(kind: Order['kind'], role: Role, language: Language): string {
  const words = commandWords[language];
  const refusal = kind === 'mode' ? words.onlyOwners : words.onlyKeepers;
  return `${refusal(words.roles[role])} ${words.linkYourself}`;
}

function toDoneLines(order: Order, club: ClubState, person: Person, now: Date): string[] {
  const words = commandWords[person.language];
  const by = escapeHtml(person.name);
  switch (order.kind) {
    case 'pause':
      return [words.paused(by), ...(club.pause_reason === null ? [] : [quoted(club.pause_reason)])];
    case 'resume':
      return [words.resumed(by), holdLine(club, person.language, now)];
    case 'mode':
      return [statusWords[person.language].modes[club.mode], words.modeChanged(by)];
  }
}

function toAlreadyLines(order: Order, club: ClubState, language: Language, now: Date): string[] {
  const words = commandWords[language];
  if (order.kind === 'pause') return [words.alreadyPaused, holdLine(club, language, now)];
  if (order.kind === 'resume') return [words.notPaused, holdLine(club, language, now)];
  return [statusWords[language].modes[club.mode], words.modeUnchanged];
}

/** What came of an order; undefined for whoever is told nothing. */
export function toOutcomeText(order: Order, outcome: Outcome, person: Person, now: Date): string | undefined {
  const { club, was_stopped_by_whatsapp: wasStopped } = outcome;
  if (outcome.outcome === 'denied' || club === null) return undefined;
  if (outcome.outcome === 'not_allowed') return toRefusal(order.kind, club.role, person.language);
  const lines =
    outcome.outcome === 'done'
      ? toDoneLines(order, club, person, now)
      : toAlreadyLines(order, club, person.language, now);
  if (wasStopped) lines.push(commandWords[person.language].resumedEverywhere);
  return [clubTitle(club), ...lines].join('\n');
}
