import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createModerationChat } from '../../../supabase/functions/_shared/moderation-chat.ts';
import { runPostRound } from '../../../supabase/functions/draft-messages/post-round.ts';
import { createBot } from '../../../supabase/functions/telegram-webhook/bot.ts';
import { addMember, planDraft } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';
import { PETRA } from './moderated-draft.ts';

const FOREIGN = -1_001_900_000_001;
const A_MINUTE = 61_000;

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
});
afterAll(() => world.closeAll());
beforeEach(async () => {
  await world.sql`delete from outbox.alerts`;
  world.pass(A_MINUTE);
});

const people = (does: string, body: object = {}) =>
  world.outside.control('POST', `/telegram/${does}`, { user_id: PETRA, ...body });
const alerts = () =>
  world.sql`select kind, what, ended_at is null as is_open from outbox.alerts where kind = 'telegram_chat'`;
const updates = () =>
  world.sql`select state, error from core.telegram_updates order by update_id desc limit 1`;
async function chat(id = Number(TELEGRAM.chatId)) {
  return (await world.outside.control('GET', `/telegram/chat?chat_id=${id}`)) as {
    has_bot: boolean;
    messages: { text: string; buttons: object[][] }[];
  };
}
const cardOf = async (draftId: string) =>
  (await chat()).messages.find(({ buttons }) => JSON.stringify(buttons).includes(draftId));

describe('The bot that is removed from the moderation chat', () => {
  it('says so at once, and that it is well again when it is added back', async () => {
    await people('kick');
    await world.deliver();
    expect(await alerts()).toMatchObject([
      { what: expect.stringContaining('removed from the moderation chat: add it again'), is_open: true },
    ]);
    await people('invite');
    await world.deliver();
    expect(await alerts()).toMatchObject([{ is_open: false }]);
  });

  it('is noticed by what it cannot send, knocks no more than once a minute, and shows everything afterwards', async () => {
    await people('kick');
    const draftId = await planDraft(world, await addMember(world));
    // Telegram's word of it has not come.
    expect((await world.run('draft-messages')).body).toMatchObject({ drafted: 1, posts: 0 });
    expect(await alerts()).toMatchObject([
      { what: expect.stringContaining('add the bot to the chat again') },
    ]);
    await people('invite');
    await world.sql`delete from core.telegram_updates`;
    expect((await world.run('draft-messages')).body).toMatchObject({ posts: 0 });
    world.pass(A_MINUTE);
    await world.run('draft-messages');
    expect(await cardOf(draftId)).toBeDefined();
    expect(await alerts()).toMatchObject([{ is_open: false }]);
    await world.deliver();
  });
});

describe('A group that is not the moderation chat', () => {
  it('is left as soon as somebody adds the bot to it, and told nothing', async () => {
    await people('invite', { chat_id: FOREIGN });
    expect((await chat(FOREIGN)).has_bot).toBe(true);
    await world.deliver();
    const left = await chat(FOREIGN);
    expect({ hasBot: left.has_bot, said: left.messages }).toEqual({ hasBot: false, said: [] });
    expect(await updates()).toEqual([{ state: 'done', error: null }]);
    expect(await alerts()).toEqual([]);
  });

  it('that Telegram does not let it leave is no reason to be told again', async () => {
    await world.fault('telegram', 'error', {
      method: 'leaveChat',
      code: 403,
      description: 'Forbidden: bot is not a member of the supergroup chat',
    });
    await people('invite', { chat_id: FOREIGN });
    await world.deliver();
    expect(await updates()).toEqual([{ state: 'done', error: null }]);
  });

  it('that removes the bot, or a person who blocks it, is no trouble', async () => {
    for (const chat_id of [FOREIGN, PETRA]) {
      await people('kick', { chat_id });
      await world.deliver();
      await people('invite', { chat_id });
      await world.deliver();
    }
    expect(await alerts()).toEqual([]);
    expect(await updates()).toEqual([{ state: 'done', error: null }]);
  });
});

// The last: the chat has another id from here on.
describe('A group that becomes a supergroup', () => {
  let decided: string;
  let shown: string;
  let waiting: string;
  let newId: string;
  beforeAll(async () => {
    decided = await planDraft(world, await addMember(world));
    shown = await planDraft(world, await addMember(world));
    await world.run('draft-messages');
    expect([await cardOf(decided), await cardOf(shown)]).not.toContain(undefined);
    const migrated = await world.outside.control('POST', '/telegram/migrate', {});
    newId = String(migrated.migrate_to_chat_id);
    await world.deliver();
    waiting = await planDraft(world, await addMember(world));
  });

  /** Three minutes of the queue with the new id. What the chat shows then. */
  async function runInNewChat(): Promise<string> {
    const { database, now, outside, log } = world;
    const { api } = createBot({ token: TELEGRAM.botToken, apiRoot: `${outside.root}/telegram` });
    const wait = (ms: number) => Promise.resolve(world.pass(ms));
    const moved = createModerationChat({ api, database, chatId: newId, now, wait });
    for (let minute = 0; minute < 3; minute += 1) {
      world.pass(A_MINUTE);
      const until = now().getTime() + A_MINUTE;
      await runPostRound({ database, chat: moved, now, wait }, log, () => now().getTime() < until);
    }
    return JSON.stringify((await chat(Number(newId))).messages);
  }

  it('is told with the id to set', async () => {
    expect((await world.run('draft-messages')).body).toMatchObject({ posts: 0 });
    expect(await alerts()).toMatchObject([
      {
        what: `Telegram made the moderation group a supergroup with another id: set TELEGRAM_CHAT_ID to ${newId}.`,
        is_open: true,
      },
    ]);
  });

  it('shows what waits once that id is set, though the old messages cannot be changed any more', async () => {
    const { sql, now } = world;
    await sql`select campaigns.decide_draft(1, ${decided}, 1, 'rejected', 'operator:5', null, ${now()})`;
    expect(await runInNewChat()).toContain(waiting);
    expect(await sql`select what from outbox.alerts where ended_at is null`).toEqual([]);
  });

  it('shows again what waited in the old chat when that is forgotten', async () => {
    await world.sql`delete from outbox.posts where chat_id = ${TELEGRAM.chatId}`;
    const messages = await runInNewChat();
    expect(messages).toContain(shown);
    expect(messages).not.toContain(decided);
  });
});
