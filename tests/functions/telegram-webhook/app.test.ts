import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../supabase/functions/telegram-webhook/app.ts';
import { createBot } from '../../../supabase/functions/telegram-webhook/bot.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createModerationChat } from '../../../supabase/functions/_shared/moderation-chat.ts';
import { addMember, isSuppressed, planDraft, readDraft } from '../members.ts';
import type { Member, Messaging } from '../messaging.ts';
import { openMessaging, TELEGRAM_SECRET } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

const [PETRA, TOMAS] = TELEGRAM.allowedUserIds as [number, number];
const STRANGER = 666;

let world: Messaging;
let member: Member;
let draftId: string;
beforeEach(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
  member = await addMember(world);
  draftId = await planDraft(world, member);
  await world.run('draft-messages');
});
afterEach(() => world.closeAll());

const chat = () => world.outside.control('GET', '/telegram/chat');
const card = async () => (await chat()).messages[0];
const lastPress = async () => (await chat()).presses[0];
const outbox = () => world.sql`select * from outbox.messages`;
const answers = async () => (await chat()).presses.map((press: { answer: string }) => press.answer);

/** Somebody presses a button of the card, and Telegram tells us. */
async function press(letter: 'a' | 'r', userId = PETRA, version = 1): Promise<void> {
  const data = `${letter}:${draftId}:${version}`;
  await world.outside.control('POST', '/telegram/press', { message_id: (await card()).message_id, data, user_id: userId });
  await world.deliver();
}

/** A call as Telegram makes it, or somebody who would like to be Telegram. */
const post = (body: unknown, secret: string | null = TELEGRAM_SECRET) =>
  world.functions['telegram-webhook'].request('/telegram-webhook', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const tapUpdate = (data: string, chatId = Number(TELEGRAM.chatId), userId = PETRA) => ({
  update_id: 1,
  callback_query: {
    id: '77',
    from: { id: userId, is_bot: false, first_name: 'Petra' },
    chat_instance: 'x',
    message: { message_id: 1, date: 0, chat: { id: chatId, type: 'supergroup', title: 'x' } },
    data,
  },
});

describe('A tap on', () => {
  it('Approve queues the message and redraws the card without buttons', async () => {
    await press('a');
    expect(await readDraft(world, draftId)).toMatchObject({ status: 'approved', decided_by: `telegram:${PETRA}` });
    expect(await outbox()).toMatchObject([{ draft_id: draftId, status: 'queued', version: 1 }]);
    expect(await lastPress()).toMatchObject({ answer: 'Approved. It goes out in the next sending hours.', show_alert: false });
    const shown = await card();
    expect(shown.buttons).toEqual([]);
    expect(shown.text).toContain('Approved by a moderator, 20 Nov, 10:00');
    expect(shown.entities).toContainEqual(expect.objectContaining({ type: 'text_link', url: `tg://user?id=${PETRA}` }));
    expect((await world.run('draft-messages')).body).toMatchObject({ cards: 0, complete: true });
  });

  it('Reject queues nothing', async () => {
    await press('r');
    expect(await readDraft(world, draftId)).toMatchObject({ status: 'rejected', decided_by: `telegram:${PETRA}` });
    expect(await outbox()).toEqual([]);
    expect((await lastPress()).answer).toBe('Rejected. It will not be sent.');
    expect((await card()).text).toContain('Rejected by a moderator');
  });

  it('both, one after the other, counts once', async () => {
    const message = await card();
    const tap = (letter: string, userId: number) =>
      world.outside.control('POST', '/telegram/press', { message_id: message.message_id, data: `${letter}:${draftId}:1`, user_id: userId });
    await tap('a', PETRA);
    await tap('a', PETRA);
    await tap('r', TOMAS);
    await world.deliver();
    expect((await answers()).toReversed()).toEqual([
      'Approved. It goes out in the next sending hours.',
      'Already approved by you.',
      'Already approved by another moderator.',
    ]);
    expect((await readDraft(world, draftId)).status).toBe('approved');
    expect(await outbox()).toHaveLength(1);
  });

  it('Approve that Telegram reports twice counts once', async () => {
    await world.fault('telegram', 'duplicate');
    await press('a');
    expect(await outbox()).toHaveLength(1);
    expect((await readDraft(world, draftId)).status).toBe('approved');
  });

  it('an older text decides nothing, and shows the new one', async () => {
    await world.sql`select campaigns.write_version(1, ${draftId}, 'Přijďte si zase zacvičit.', 'operator', 'operator:5', '{}', ${world.now()})`;
    await press('a', PETRA, 1);
    expect(await lastPress()).toMatchObject({ answer: expect.stringContaining('The text has changed'), show_alert: true });
    expect((await readDraft(world, draftId)).status).toBe('pending');
    const shown = await card();
    expect(shown.text).toContain('Přijďte si zase zacvičit.');
    expect(shown.buttons[0][0].callback_data).toBe(`a:${draftId}:2`);
    await press('a', PETRA, 2);
    expect(await outbox()).toMatchObject([{ version: 2, rendered: expect.stringContaining('Přijďte si zase zacvičit.') }]);
  });

  it('Approve comes too late after two days', async () => {
    world.pass(49 * 3600_000);
    await press('a');
    expect((await lastPress()).answer).toBe('Too late: it expired before anybody decided.');
    expect((await card()).text).toContain('nobody decided in time');
    expect(await outbox()).toEqual([]);
  });

  it('Approve is refused when the member opted out or came back meanwhile', async () => {
    await world.sql`
      insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, made_at, made_date, raw)
      values (1, 'b1', ${member.clientId}, 'group', 'booked', ${new Date(world.now().getTime() + 86_400_000)}, '2026-11-21', ${world.now()}, '2026-11-20', '{}')`;
    await press('a');
    expect(await lastPress()).toMatchObject({ answer: 'Not sent: the member came back by themselves.', show_alert: true });
    expect((await card()).text).toContain('the member came back');
    expect(await readDraft(world, draftId)).toMatchObject({ status: 'cancelled', decision_reason: 'came_back' });
    expect(await outbox()).toEqual([]);

    await press2AfterOptOut();
  });

  async function press2AfterOptOut(): Promise<void> {
    const other = await addMember(world);
    draftId = await planDraft(world, other);
    world.pass(31_000);
    await world.run('draft-messages');
    await world.sql`update crm.clients set is_excluded_from_mailings = true where client_id = ${other.clientId}`;
    const [, second] = (await chat()).messages;
    await world.outside.control('POST', '/telegram/press', { message_id: second.message_id, data: `a:${draftId}:1` });
    await world.deliver();
    expect((await lastPress()).answer).toBe('Not sent: the member does not want messages.');
    expect(await isSuppressed(world, other)).toBeUndefined();
  }

  it('a draft that the dashboard decided says so', async () => {
    await world.sql`select campaigns.decide_draft(1, ${draftId}, 1, 'rejected', 'operator:5', null, ${world.now()})`;
    await press('a');
    expect((await lastPress()).answer).toBe('Already rejected in the dashboard.');
    expect((await card()).text).toContain('Rejected by an operator in the dashboard');
  });

  it('a draft that is gone says so', async () => {
    const { message_id } = await card();
    await world.sql`delete from campaigns.drafts`;
    await world.outside.control('POST', '/telegram/press', { message_id, data: `a:${draftId}:1` });
    await world.deliver();
    expect((await lastPress()).answer).toBe('This draft does not exist any more.');
  });

  it('a second card of the same draft redraws both', async () => {
    await world.sql`delete from campaigns.cards`;
    world.pass(31_000);
    await world.run('draft-messages');
    await press('a');
    for (const message of (await chat()).messages) expect(message.buttons).toEqual([]);
  });
});

describe('Nobody decides who', () => {
  it('is a stranger in the chat', async () => {
    await press('a', STRANGER);
    expect(await lastPress()).toMatchObject({ answer: 'Not allowed.', show_alert: true });
    expect((await readDraft(world, draftId)).status).toBe('pending');
    expect((await card()).buttons).toHaveLength(1);
    expect(await world.sql`select actor, action from core.audit_log where action like 'draft.%'`).toMatchObject([
      { actor: `telegram:${STRANGER}`, action: 'draft.decision_denied' },
    ]);
  });

  it('is allowed, but taps in another chat', async () => {
    expect((await post(tapUpdate(`a:${draftId}:1`, -999))).status).toBe(200);
    expect((await readDraft(world, draftId)).status).toBe('pending');
  });

  it.each([['a forged secret', 'secret-of-somebody'], ['no secret', null]])('calls with %s', async (_, secret) => {
    expect((await post(tapUpdate(`a:${draftId}:1`), secret)).status).toBe(401);
    expect((await readDraft(world, draftId)).status).toBe('pending');
  });

  it('but an operator linked to this Telegram account may, wherever they tap', async () => {
    await world.sql`
      insert into core.operators (club_id, user_id, email, role, telegram_user_id, created_at)
      values (1, gen_random_uuid(), 'x@y.z', 'moderator', ${STRANGER}, ${world.now()})`;
    await press('a', STRANGER);
    expect((await readDraft(world, draftId)).status).toBe('approved');
  });
});

describe('Telegram hears', () => {
  it.each([
    ['a button we do not know', tapUpdate('x:1')],
    ['a button with another uuid shape', tapUpdate('a:not-a-uuid:1')],
    ['an update of a kind we do not know', { update_id: 2, poll: { id: '1' } }],
    ['nothing', {}],
    ['no JSON', 'not json'],
  ])('200 for %s, so that it does not repeat it', async (_, update) => {
    expect((await post(update)).status).toBe(200);
    expect((await readDraft(world, draftId)).status).toBe('pending');
  });

  it('an end to the spinner even for an unknown button', async () => {
    const { message_id } = await card();
    await world.sql`update campaigns.cards set message_id = ${message_id}`;
    await press('a');
    await world.outside.control('GET', '/telegram/chat');
    expect((await lastPress()).answered_at).not.toBeNull();
  });

  it('405 for anything but POST', async () => {
    expect((await world.functions['telegram-webhook'].request('/telegram-webhook')).status).toBe(405);
  });

  it('one line of help for /start and /help', async () => {
    for (const text of ['/start', '/help@regulars_sandbox_bot', 'hello']) await world.outside.control('POST', '/telegram/message', { text });
    await world.deliver();
    const { bot, messages } = await chat();
    const lines = messages.slice(1).filter((message: { from: { id: number } }) => message.from.id === bot.id);
    expect(lines.map((message: { text: string }) => message.text)).toEqual([
      expect.stringContaining('wait for approval'),
      expect.stringContaining('wait for approval'),
    ]);
  });

  it('the decision even when the card cannot be redrawn; a later run redraws it', async () => {
    await world.fault('telegram', 'rate_limit', { method: 'editMessageText', retry_after: 3 });
    await press('a');
    expect((await readDraft(world, draftId)).status).toBe('approved');
    expect((await card()).buttons).toHaveLength(1);
    world.pass(31_000);
    expect((await world.run('draft-messages')).body).toMatchObject({ cards: 1 });
    expect((await card()).buttons).toEqual([]);
  });

  it('the decision even when the answer to the tap is lost', async () => {
    await world.fault('telegram', 'lost_answer', { method: 'answerCallbackQuery' });
    await press('a');
    expect((await readDraft(world, draftId)).status).toBe('approved');
    expect((await card()).buttons).toEqual([]);
  });
});

describe('When the database', () => {
  /** The same bot over a database that fails as given, once. */
  function failingOnce(error: DatabaseError) {
    const bot = createBot({ token: TELEGRAM.botToken, apiRoot: `${world.outside.root}/telegram` });
    const { database, now, log } = world;
    let failures = 1;
    const app = createApp({
      bot,
      secretToken: TELEGRAM_SECRET,
      chat: createModerationChat({ api: bot.api, database, chatId: TELEGRAM.chatId }),
      chatId: TELEGRAM.chatId,
      allowedUserIds: TELEGRAM.allowedUserIds,
      now,
      log,
      database: {
        call: (name, args, answer) => {
          failures -= 1;
          return failures < 0 ? database.call(name, args, answer) : Promise.reject(error);
        },
      },
    });
    world.outside.receivers.set('telegram-webhook', app);
  }

  it('is away for a moment, Telegram is asked to repeat, and the decision is made then', async () => {
    failingOnce(new DatabaseError('decide_draft_in_telegram', undefined, true, 'fetch failed.'));
    await press('a');
    expect((await lastPress()).answer).toContain('tried again');
    expect((await readDraft(world, draftId)).status).toBe('pending');
    await world.deliver(60_000);
    expect((await readDraft(world, draftId)).status).toBe('approved');
    expect((await card()).buttons).toEqual([]);
  });

  it('refuses for good, Telegram is not asked to repeat', async () => {
    failingOnce(new DatabaseError('decide_draft_in_telegram', '42883', false, 'no such function.'));
    await press('a');
    expect((await lastPress()).answer).toContain('Please use the dashboard');
    await world.deliver(60_000);
    expect((await readDraft(world, draftId)).status).toBe('pending');
  });
});
