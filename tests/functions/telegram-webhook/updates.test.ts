import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createModerationChat } from '../../../supabase/functions/_shared/moderation-chat.ts';
import { createApp } from '../../../supabase/functions/telegram-webhook/app.ts';
import { createBot } from '../../../supabase/functions/telegram-webhook/bot.ts';
import { addMember, planDraft, readDraft } from '../members.ts';
import { TELEGRAM_SECRET } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';
import { openModeratedDraft, PETRA } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

let moderated: ModeratedDraft;
beforeAll(async () => {
  moderated = await openModeratedDraft();
});
afterAll(() => moderated.world.closeAll());

/** The draft that waits, and the message of the chat that is its card. */
let draftId: string;
let cardId: number;
beforeEach(async () => {
  const { world } = moderated;
  draftId = await planDraft(world, await addMember(world));
  world.pass(4000);
  await world.run('draft-messages');
  const cards = (await moderated.messages()).filter(({ buttons }) =>
    JSON.stringify(buttons).includes(draftId),
  );
  cardId = cards[0]!.message_id;
  await world.sql`delete from core.telegram_updates`;
  world.logged.length = 0;
});

/** An allowed person taps on a button of the card; Telegram has not told us yet. */
const tap = (letter = 'a') =>
  moderated.world.outside.control('POST', '/telegram/press', {
    message_id: cardId,
    data: `${letter}:${draftId}:1`,
    user_id: PETRA,
  });
const approval = (updateId: number) => ({
  update_id: updateId,
  callback_query: {
    id: '77',
    from: { id: PETRA, is_bot: false, first_name: 'Petra' },
    chat_instance: 'x',
    message: {
      message_id: cardId,
      date: Math.floor(moderated.world.now().getTime() / 1000),
      chat: { id: Number(TELEGRAM.chatId), type: 'supergroup', title: 'Moderation' },
    },
    data: `a:${draftId}:1`,
  },
});

const status = async () => (await readDraft(moderated.world, draftId)).status as string;
const card = async () => (await moderated.messages()).find(({ message_id }) => message_id === cardId)!;
const queued = () => moderated.world.sql`select * from outbox.messages where draft_id = ${draftId}`;
const updates = () =>
  moderated.world
    .sql`select update_id::int, state, tries, error, body from core.telegram_updates order by update_id`;
const events = (...of: string[]) =>
  moderated.world.logged.map(({ event }) => event as string).filter((event) => of.includes(event));
const errors = () => moderated.world.logged.filter(({ level }) => level === 'error');
/** What Telegram was told last when it was not content. */
const complaint = async () => (await moderated.chat()).webhook.last_error_message as string | undefined;

describe('An update', () => {
  it('that Telegram sends twice is done once', async () => {
    await moderated.world.fault('telegram', 'duplicate');
    await tap();
    await moderated.world.deliver();
    expect(await updates()).toMatchObject([{ state: 'done', tries: 1 }]);
    expect(await queued()).toHaveLength(1);
    expect(events('tapped', 'update_known')).toEqual(['tapped', 'update_known']);
  });

  it('that comes five times at the same moment is done once', async () => {
    const copies = Array.from({ length: 5 }, () => approval(501));
    const answers = await Promise.all(copies.map(async (copy) => (await moderated.post(copy)).status));
    // Whoever finds it busy has it repeated.
    expect(new Set([200, 500, ...answers])).toEqual(new Set([200, 500]));
    expect(answers).toContain(200);
    expect((await moderated.post(approval(501))).status).toBe(200);
    expect(await updates()).toMatchObject([{ state: 'done', tries: 1 }]);
    expect(events('tapped')).toHaveLength(1);
  });

  it('that a worker took and died with is done by another a minute later', async () => {
    const { sql, now, pass } = moderated.world;
    await sql`select core.begin_telegram_update(502, 60, ${now()})`;
    expect((await moderated.post(approval(502))).status).toBe(500);
    expect(await status()).toBe('pending');
    pass(60_000);
    expect((await moderated.post(approval(502))).status).toBe(200);
    expect(await status()).toBe('approved');
    expect(await updates()).toMatchObject([{ state: 'done', tries: 2 }]);
  });

  it('that takes longer than Telegram waits is asked for again, and found done', async () => {
    const { outside, database, now, log, pass } = moderated.world;
    const bot = createBot({ token: TELEGRAM.botToken, apiRoot: `${outside.root}/telegram` });
    const wait = (ms: number) => Promise.resolve(pass(ms));
    const goesOn: Promise<void>[] = [];
    const app = createApp({
      ...{ bot, database, now, wait, log, chatId: TELEGRAM.chatId, allowedUserIds: TELEGRAM.allowedUserIds },
      chat: createModerationChat({ api: bot.api, database, chatId: TELEGRAM.chatId, now, wait }),
      secretToken: TELEGRAM_SECRET,
      afterAnswer: (work) => void goesOn.push(work),
      patienceMs: 0,
    });
    const call = async () =>
      app.request('/telegram-webhook', {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': TELEGRAM_SECRET },
        body: JSON.stringify(approval(503)),
      });
    expect((await call()).status).toBe(500);
    expect(goesOn).toHaveLength(1);
    await Promise.all(goesOn);
    expect(await status()).toBe('approved');
    expect((await moderated.post(approval(503))).status).toBe(200);
    expect(await updates()).toMatchObject([{ state: 'done', tries: 1 }]);
  });
});

describe('The decision stands', () => {
  it('even when the card cannot be redrawn; a later run redraws it', async () => {
    const { world } = moderated;
    await world.fault('telegram', 'rate_limit', { method: 'editMessageText', retry_after: 3 });
    await tap();
    await world.deliver();
    expect(await status()).toBe('approved');
    expect(await updates()).toMatchObject([{ state: 'done' }]);
    world.pass(31_000);
    expect((await world.run('draft-messages')).body).toMatchObject({ posts: 1 });
    expect(JSON.stringify((await card()).buttons)).not.toContain(draftId);
  });

  it.each([
    ['is lost', 'lost_answer', {}],
    [
      'comes too late',
      'error',
      {
        code: 400,
        description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
      },
    ],
  ])('even when the answer to the tap %s', async (_, kind, more) => {
    await moderated.world.fault('telegram', kind, { method: 'answerCallbackQuery', ...more });
    await tap();
    await moderated.world.deliver();
    expect(await status()).toBe('approved');
    expect(await updates()).toMatchObject([{ state: 'done', error: null }]);
    expect(JSON.stringify((await card()).buttons)).not.toContain(draftId);
  });
});

describe('When the database', () => {
  it('lets nobody in, Telegram repeats the update, and it is done once', async () => {
    const { sql, deliver, logged } = moderated.world;
    const keeper = await sql.reserve();
    const [{ name }] = (await keeper`select current_database() as name`) as unknown as [{ name: string }];
    await keeper.unsafe(`alter database ${name} connection limit 0`);
    try {
      await keeper`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`;
      await tap();
      await deliver();
      expect(await complaint()).toContain('500');
      expect(logged).toContainEqual(expect.objectContaining({ level: 'error', event: 'update_not_begun' }));
      expect(await keeper`select * from core.telegram_updates`).toEqual([]);
    } finally {
      await keeper.unsafe(`alter database ${name} connection limit -1`);
      keeper.release();
    }
    await deliver(60_000);
    expect(await status()).toBe('approved');
    expect(await queued()).toHaveLength(1);
    expect(await updates()).toMatchObject([{ state: 'done', tries: 1 }]);
  });

  it('cannot get at the draft, Telegram repeats the update, and the decision is made then', async () => {
    const { sql, deliver } = moderated.world;
    const [door] = await sql<{ name: string }[]>`
      select 'api.decide_draft_in_telegram'::regproc::oid::regprocedure::text as name`;
    await sql.unsafe(`alter function ${door!.name} set lock_timeout = '10ms'`);
    const holder = await sql.reserve();
    await holder`begin`;
    await holder`select from campaigns.drafts where draft_id = ${draftId} for update`;
    try {
      await tap();
      await deliver();
      expect((await moderated.lastPress()).answer).toContain('tried again');
      expect(await complaint()).toContain('500');
      expect(await updates()).toMatchObject([
        { state: 'failed', tries: 1, error: expect.stringContaining('lock timeout'), body: null },
      ]);
    } finally {
      await holder`rollback`;
      holder.release();
      await sql.unsafe(`alter function ${door!.name} reset lock_timeout`);
    }
    await deliver(60_000);
    expect(await status()).toBe('approved');
    expect(await queued()).toHaveLength(1);
    expect(await updates()).toMatchObject([{ state: 'done', tries: 2, error: null }]);
  });

  it('lacks what the function asks for, the update is kept and skipped; the next tap works again', async () => {
    const { sql, deliver, outside } = moderated.world;
    await sql`alter function api.decide_draft_in_telegram rename to decide_draft_in_telegram_away`;
    try {
      await tap();
      await deliver();
    } finally {
      await sql`alter function api.decide_draft_in_telegram_away rename to decide_draft_in_telegram`;
    }
    expect((await moderated.lastPress()).answer).toContain('Please use the dashboard');
    const [poison] = await updates();
    expect(poison).toMatchObject({
      state: 'poison',
      tries: 1,
      error: expect.stringContaining('decide_draft_in_telegram'),
      body: { callback_query: { data: `a:${draftId}:1`, from: { id: PETRA } } },
    });
    expect(errors()).toMatchObject([
      { event: 'update_failed', update_id: poison!.update_id, state: 'poison' },
    ]);
    // Telegram was told 200, so it does not come again; if it did, it would be skipped.
    expect(await outside.control('GET', '/telegram/chat')).toMatchObject({
      webhook: { pending_update_count: 0 },
    });
    expect((await moderated.post(poison!.body)).status).toBe(200);
    expect(await status()).toBe('pending');
    await tap();
    await deliver();
    expect(await status()).toBe('approved');
  });
});

describe('When Telegram is away', () => {
  const ask = () =>
    moderated.world.outside.control('POST', '/telegram/message', { text: '/help', user_id: PETRA });

  it('the update is asked for again, and answered when Telegram is back', async () => {
    const before = (await moderated.messages()).length;
    await moderated.world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    await ask();
    await moderated.world.deliver();
    expect(await complaint()).toContain('500');
    await moderated.world.deliver(60_000);
    // What the person wrote, and the answer to it.
    expect(await moderated.messages()).toHaveLength(before + 2);
    expect(await updates()).toMatchObject([{ state: 'done', tries: 2 }]);
  });

  it('five times, the update is kept and skipped, and the next one is heard', async () => {
    for (let time = 0; time < 5; time += 1)
      await moderated.world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
    await ask();
    for (let time = 0; time < 5; time += 1) await moderated.world.deliver(60_000);
    expect(await updates()).toMatchObject([
      { state: 'poison', tries: 5, body: { message: { text: '/help' } } },
    ]);
    expect(errors().map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed', 'poison']);
    const before = (await moderated.messages()).length;
    await ask();
    await moderated.world.deliver(60_000);
    expect(await moderated.messages()).toHaveLength(before + 2);
  });
});
