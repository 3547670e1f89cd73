// A tap on a button that a command brought: what it says is done, and the message becomes the outcome.
import { z } from 'zod';
import type { CommandButton } from '../_shared/button.ts';
import { DatabaseError } from '../_shared/database.ts';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import { commandWords } from '../_shared/words/command.ts';
import type { Order, Outcome } from './club-state.ts';
import { carryOut } from './command-order.ts';
import { toRefusal } from './command-text.ts';
import type { Person } from './person.ts';
import { answerTap } from './tap.ts';
import type { Tap, TapDeps } from './tap.ts';

/** Somebody tapped and looks at the message: rather too early for the chat's pace than not at all. */
const LONGEST_WAIT_MS = 1500;

/** The reason of a pause is the quotation in the message that asked in which club. */
function toOrder(button: CommandButton, tap: Tap): Order {
  if (button.kind !== 'pause') return button;
  const message = tap.callbackQuery.message;
  const quotation = message?.entities?.find(({ type }) => type === 'blockquote');
  const text = message?.text ?? '';
  const reason = quotation ? text.slice(quotation.offset, quotation.offset + quotation.length) : '';
  return { kind: 'pause', reason };
}

function toToast(order: Order, { outcome, club }: Outcome, { language }: Person): string {
  const words = commandWords[language];
  if (outcome === 'denied' || club === null) return '';
  if (outcome === 'not_allowed') return toRefusal(order.kind, club.role, language);
  return words.done;
}

/** Those who look later see what was done, and no button. What fails here leaves the order done, and the toast said so. */
async function showOutcome(tap: Tap, deps: TapDeps, html: string): Promise<void> {
  const args = { p_chat_id: String(tap.chat?.id), p_lane: 'edit', p_longest_wait_ms: LONGEST_WAIT_MS };
  try {
    const waitMs = await deps.database.call(
      'take_chat_call',
      { ...args, p_now: deps.now().toISOString() },
      z.number().nullable(),
    );
    if (waitMs !== null) await deps.wait(waitMs);
    await tap.editMessageText(html, { parse_mode: 'HTML', link_preview_options: { is_disabled: true } });
  } catch (error) {
    if (!isTelegramsFault(error) && !(error instanceof DatabaseError)) throw error;
    deps.log.error('redraw_failed', error);
  }
}

export async function handleCommandTap(
  tap: Tap,
  deps: TapDeps,
  person: Person,
  button: CommandButton,
): Promise<void> {
  const order = toOrder(button, tap);
  const { outcome, html } = await carryOut(order, button.clubId, deps, person);
  const isCalm = outcome.outcome !== 'not_allowed';
  await answerTap(tap, deps, toToast(order, outcome, person), isCalm);
  const isSettled = outcome.outcome === 'done' || outcome.outcome === 'already';
  if (isSettled && html !== undefined) await showOutcome(tap, deps, html);
}
