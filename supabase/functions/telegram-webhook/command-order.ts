// /pause, /resume and /mode: done at once in the only club, otherwise a button for each club in which the person may.
import { InlineKeyboard } from 'grammy';
import { toCallbackData } from '../_shared/button.ts';
import { escapeHtml, shorten } from '../_shared/html.ts';
import { keyboardOrNone } from '../_shared/posts/dashboard-button.ts';
import { commandWords } from '../_shared/words/command.ts';
import { giveOrder } from './club-state.ts';
import type { ClubState, Mode, Order, Outcome } from './club-state.ts';
import { toModeText, toOutcomeText, toRefusal } from './command-text.ts';
import type { Person } from './person.ts';
import type { TapDeps } from './tap.ts';

export type CommandDeps = Pick<TapDeps, 'database' | 'chat' | 'chatId' | 'now' | 'log'>;

export interface CommandAnswer {
  /** Each is whole in one message; none: nothing is said. */
  blocks: string[];
  keyboard?: InlineKeyboard | undefined;
}

const MODES = ['moderation', 'notification'] as const satisfies Mode[];
/** As api.pause_sending_in_telegram keeps it. */
const LONGEST_REASON = 200;

const mayOrder = ({ role }: ClubState, kind: Order['kind']) =>
  role === 'owner' || (role === 'operator' && kind !== 'mode');

/** Does it, and says what came of it. */
export async function carryOut(
  order: Order,
  clubId: number,
  deps: CommandDeps,
  person: Person,
): Promise<{ outcome: Outcome; html: string | undefined }> {
  const outcome = await giveOrder(deps, person, clubId, order);
  const about = { order: order.kind, club_id: clubId, telegram_user_id: person.id };
  if (outcome.outcome === 'denied') deps.log.warn('denied', about);
  else deps.log.info('ordered', { ...about, outcome: outcome.outcome });
  return { outcome, html: toOutcomeText(order, outcome, person, deps.now()) };
}

/** The reason travels in the message itself, as its only quotation: a button holds no more than 64 bytes. */
function toQuestion(order: Order, { language }: Person): string {
  const words = commandWords[language];
  if (order.kind !== 'pause') return words.whichToResume;
  const reason = shorten(order.reason, LONGEST_REASON);
  return reason === ''
    ? words.whichToPause
    : `${words.whichToPause}\n<blockquote>${escapeHtml(reason)}</blockquote>`;
}

/** A button has no room for a reason. */
const toKind = (order: Order) => (order.kind === 'pause' ? { kind: order.kind } : order);

export async function answerOrder(
  order: Order,
  clubs: ClubState[],
  deps: CommandDeps,
  person: Person,
): Promise<CommandAnswer> {
  const [first] = clubs;
  if (!first) return { blocks: [] };
  if (clubs.length === 1) {
    const { html } = await carryOut(order, first.club_id, deps, person);
    return { blocks: html === undefined ? [] : [html] };
  }
  const own = clubs.filter((club) => mayOrder(club, order.kind));
  if (own.length === 0) return { blocks: [toRefusal(order.kind, first.role, person.language)] };
  const keyboard = new InlineKeyboard();
  for (const { club, club_id: clubId } of own)
    keyboard.text(club, toCallbackData({ ...toKind(order), clubId })).row();
  return { blocks: [toQuestion(order, person)], keyboard };
}

/** The mode of each club, with buttons where the person may change it. */
function showModes(clubs: ClubState[], offered: readonly Mode[], { language }: Person): CommandAnswer {
  const { modeNames } = commandWords[language];
  const keyboard = new InlineKeyboard();
  for (const club of clubs.filter((each) => mayOrder(each, 'mode'))) {
    const place = clubs.length === 1 ? '' : `${club.club}: `;
    for (const mode of offered) {
      const tick = mode === club.mode ? '✓ ' : '';
      keyboard.text(
        `${place}${tick}${modeNames[mode]}`,
        toCallbackData({ kind: 'mode', mode, clubId: club.club_id }),
      );
    }
    keyboard.row();
  }
  return {
    blocks: [clubs.map((club) => toModeText(club, language)).join('\n')],
    keyboard: keyboardOrNone(keyboard),
  };
}

export async function answerModeCommand(
  wanted: string,
  clubs: ClubState[],
  deps: CommandDeps,
  person: Person,
): Promise<CommandAnswer> {
  const mode = MODES.find((known) => known === wanted);
  if (mode === undefined) {
    const modes = showModes(clubs, MODES, person);
    if (wanted === '') return modes;
    return { ...modes, blocks: [commandWords[person.language].unknownMode, ...modes.blocks] };
  }
  if (clubs.length === 1) return answerOrder({ kind: 'mode', mode }, clubs, deps, person);
  return showModes(clubs, [mode], person);
}
