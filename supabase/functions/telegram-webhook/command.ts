// A command in the moderation chat, or to the bot alone. Whoever is let into no club is told nothing.
import type { Context, Filter } from 'grammy';
import { z } from 'zod';
import { commandWords } from '../_shared/words/command.ts';
import { readClubs } from './club-state.ts';
import type { ClubState } from './club-state.ts';
import { answerModeCommand, answerOrder } from './command-order.ts';
import type { CommandAnswer, CommandDeps } from './command-order.ts';
import { toHelpText, toLinkedText, toStatusText } from './command-text.ts';
import type { Person } from './person.ts';

export type CommandMessage = Filter<Context, 'message:text'>;

export interface Command {
  name: string;
  rest: string;
}

const linkingShape = z.looseObject({
  outcome: z.enum(['linked', 'refused']),
  clubs: z.array(
    z.looseObject({ name: z.string(), role: z.enum(['owner', 'operator', 'moderator', 'analyst']) }),
  ),
});

const LONGEST_TEXT = 4096;

/** "/pause@our_bot the number is blocked": its name, and the rest. Undefined for anything else. */
export function readCommand(text: string): Command | undefined {
  const [, name, rest] = /^\/(\w{1,32})(?:@\w+)?(?:\s+([^]*))?$/.exec(text.trim()) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest: (rest ?? '').trim() };
}

/** As few messages as hold them all. */
function pack(blocks: readonly string[]): string[] {
  const packed: string[] = [];
  for (const block of blocks) {
    const last = packed.at(-1);
    const together = last === undefined ? block : `${last}\n\n${block}`;
    if (last !== undefined && together.length <= LONGEST_TEXT) packed[packed.length - 1] = together;
    else packed.push(block);
  }
  return packed;
}

async function say(
  { chat }: CommandDeps,
  chatId: string,
  { blocks, keyboard }: CommandAnswer,
): Promise<void> {
  const texts = pack(blocks);
  for (const [index, html] of texts.entries()) {
    const isLast = index === texts.length - 1;
    await chat.say(chatId, html, isLast && keyboard ? { reply_markup: keyboard } : {});
  }
}

async function answerCommand(
  { name, rest }: Command,
  clubs: ClubState[],
  deps: CommandDeps,
  person: Person,
): Promise<CommandAnswer> {
  switch (name) {
    case 'status':
      return { blocks: clubs.map((club) => toStatusText(club, person.language, deps.now())) };
    case 'pause':
      return answerOrder({ kind: 'pause', reason: rest }, clubs, deps, person);
    case 'resume':
      return answerOrder({ kind: 'resume' }, clubs, deps, person);
    case 'mode':
      return answerModeCommand(rest.toLowerCase(), clubs, deps, person);
    default:
      return { blocks: [toHelpText(clubs, person.language)] };
  }
}

/** The code that the dashboard gave this person: whoever sends it is them from now on. */
async function link(code: string, message: CommandMessage, deps: CommandDeps, person: Person): Promise<void> {
  const chatId = String(message.chat.id);
  const linking = await deps.database.call(
    'finish_telegram_link',
    {
      p_code: code,
      p_telegram_user_id: person.id,
      p_name: person.name,
      p_now: deps.now().toISOString(),
    },
    linkingShape,
  );
  deps.log.info('linking', { outcome: linking.outcome, telegram_user_id: person.id });
  if (linking.outcome === 'linked') {
    return say(deps, chatId, { blocks: [toLinkedText(linking.clubs, person.language)] });
  }
  // A stranger who tries codes learns nothing, not even that this was none.
  if ((await readClubs(deps, person)).length === 0) return deny(deps, person);
  return say(deps, chatId, { blocks: [commandWords[person.language].linkRefused] });
}

function deny({ log }: CommandDeps, person: Person): void {
  log.warn('denied', { telegram_user_id: person.id });
}

/** Answers the command of a person; any other text is none of its business. */
export async function handleCommand(
  message: CommandMessage,
  deps: CommandDeps,
  person: Person,
): Promise<void> {
  const command = readCommand(message.message.text);
  if (!command) return;
  const chatId = String(message.chat.id);
  const isPrivate = message.chat.type === 'private';
  if (!isPrivate && chatId !== deps.chatId) return deny(deps, person);
  const hasCode = command.name === 'start' && command.rest !== '';
  if (hasCode && isPrivate) return link(command.rest, message, deps, person);

  const clubs = await readClubs(deps, person);
  if (clubs.length === 0) return deny(deps, person);
  // Whoever sends a code becomes its owner: one that a whole group has read is worth nothing.
  const answer = hasCode
    ? { blocks: [commandWords[person.language].writePrivately] }
    : await answerCommand(command, clubs, deps, person);
  deps.log.info('commanded', { command: command.name, telegram_user_id: person.id });
  await say(deps, chatId, answer);
}
