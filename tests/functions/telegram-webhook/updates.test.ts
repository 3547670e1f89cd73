import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createModerationChat } from '../../../supabase/functions/_shared/moderation-chat.ts';
import { createApp } from '../../../supabase/functions/telegram-webhook/app.ts';
import { createBot } from '../../../supabase/functions/telegram-webhook/bot.ts';
import { readDraft } from '../members.ts';
import { TELEGRAM_SECRET } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';
import { openModeratedDraft, tapUpdate } from './moderated-draft.ts';
import type { ModeratedDraft } from './moderated-draft.ts';

let draft: ModeratedDraft;
beforeEach(async () => {
  draft = await openModeratedDraft();
});
afterEach(() => draft.world.closeAll());

describe('Telegram hears', () => {
  it.each([
    ['a button we do not know', tapUpdate('x:1')],
    ['a button with another uuid shape', tapUpdate('a:not-a-uuid:1')],
    ['an update of a kind we do not know', { update_id: 2, poll: { id: '1' } }],
    ['nothing', {}],
    ['no JSON', 'not json'],
  ])('200 for %s, so that it does not repeat it', async (_, update) => {
    expect((await draft.post(update)).status).toBe(200);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });

  it('an end to the spinner even for a button of another time', async () => {
    const { outside } = draft.world;
    const old = { inline_keyboard: [[{ text: 'Approve', callback_data: 'approve-1' }]] };
    const sent = await fetch(`${outside.root}/telegram/bot${TELEGRAM.botToken}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: TELEGRAM.chatId, text: 'An old card', reply_markup: old }),
    });
    const { result } = (await sent.json()) as { result: { message_id: number } };
    await outside.control('POST', '/telegram/press', { message_id: result.message_id, data: 'approve-1' });
    await draft.world.deliver();
    expect((await draft.lastPress()).answer).toBe('This button is not known any more.');
  });

  it('405 for anything but POST', async () => {
    expect((await draft.world.functions['telegram-webhook'].request('/telegram-webhook')).status).toBe(405);
  });

  it('one line of help for /start and /help', async () => {
    for (const text of ['/start', '/help@regulars_sandbox_bot', 'hello'])
      await draft.world.outside.control('POST', '/telegram/message', { text });
    await draft.world.deliver();
    const { bot, messages } = await draft.chat();
    const lines = messages.slice(1).filter((message: { from: { id: number } }) => message.from.id === bot.id);
    expect(lines.map((message: { text: string }) => message.text)).toEqual([
      expect.stringContaining('wait for approval'),
      expect.stringContaining('wait for approval'),
    ]);
  });

  it('the decision even when the card cannot be redrawn; a later run redraws it', async () => {
    await draft.world.fault('telegram', 'rate_limit', { method: 'editMessageText', retry_after: 3 });
    await draft.press('a');
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
    expect((await draft.card()).buttons).toHaveLength(1);
    draft.world.pass(31_000);
    expect((await draft.world.run('draft-messages')).body).toMatchObject({ cards: 1 });
    expect((await draft.card()).buttons).toEqual([]);
  });

  it('the decision even when the answer to the tap is lost', async () => {
    await draft.world.fault('telegram', 'lost_answer', { method: 'answerCallbackQuery' });
    await draft.press('a');
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
    expect((await draft.card()).buttons).toEqual([]);
  });
});

describe('When the database', () => {
  /** The same bot over a database that fails as given, once. */
  function failingOnce(error: DatabaseError) {
    const bot = createBot({ token: TELEGRAM.botToken, apiRoot: `${draft.world.outside.root}/telegram` });
    const { database, now, log } = draft.world;
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
    draft.world.outside.receivers.set('telegram-webhook', app);
  }

  it('is away for a moment, Telegram is asked to repeat, and the decision is made then', async () => {
    failingOnce(new DatabaseError('decide_draft_in_telegram', undefined, true, 'fetch failed.'));
    await draft.press('a');
    expect((await draft.lastPress()).answer).toContain('tried again');
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
    await draft.world.deliver(60_000);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('approved');
    expect((await draft.card()).buttons).toEqual([]);
  });

  it('refuses for good, Telegram is not asked to repeat', async () => {
    failingOnce(new DatabaseError('decide_draft_in_telegram', '42883', false, 'no such function.'));
    await draft.press('a');
    expect((await draft.lastPress()).answer).toContain('Please use the dashboard');
    await draft.world.deliver(60_000);
    expect((await readDraft(draft.world, draft.draftId)).status).toBe('pending');
  });
});
