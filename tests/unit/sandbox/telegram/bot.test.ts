import { Bot } from 'grammy';
import { describe, expect, test } from 'vitest';
import { createChat, groupId, keyboard, moderator } from './chat.ts';

describe('sendMessage', () => {
  test('shows formatted text with its entities', async () => {
    const { body } = await createChat().send('<b>Eva</b> &amp; <i>Jan</i>', { parse_mode: 'HTML' });
    expect(body.result).toMatchObject({
      text: 'Eva & Jan',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'italic', offset: 6, length: 3 },
      ],
      chat: { id: Number(groupId), type: 'supergroup' },
    });
  });

  test.each([
    ['<b>Eva', 'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'],
    ['Eva</b>', "can't parse entities: Unexpected end tag at byte offset 3"],
    ['ě</b>', "can't parse entities: Unexpected end tag at byte offset 2"],
    [
      '<b><i>Eva</b></i>',
      'can\'t parse entities: Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    ],
    ['<p>Eva</p>', 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'],
    ['1 < 2', "can't parse entities: Unclosed start tag at byte offset 2"],
    ['<b> </b>', 'message text is empty'],
  ])('refuses the HTML %s as Telegram does', async (text, reason) => {
    const answer = await createChat().send(text, { parse_mode: 'HTML' });
    expect(answer).toMatchObject({
      status: 400,
      body: { ok: false, error_code: 400, description: `Bad Request: ${reason}` },
    });
  });

  test('takes 4096 characters after the tags are gone, and no more', async () => {
    const chat = createChat();
    expect((await chat.send(`<b>${'a'.repeat(4096)}</b>`, { parse_mode: 'HTML' })).status).toBe(200);
    expect((await chat.send('a'.repeat(4097))).body.description).toBe('Bad Request: message is too long');
  });

  test.each([
    ['65 bytes of data', keyboard('ž'.repeat(33)), 'BUTTON_DATA_INVALID'],
    ['no data', keyboard(''), 'BUTTON_DATA_INVALID'],
    [
      'a button that does nothing',
      { inline_keyboard: [[{ text: 'Approve' }]] },
      'Text buttons are unallowed',
    ],
    [
      'a link without a host',
      { inline_keyboard: [[{ text: 'Open', url: 'http://localhost/x' }]] },
      'Wrong HTTP URL',
    ],
  ])('refuses %s', async (_, markup, reason) => {
    const answer = await createChat().send('Draft', { reply_markup: markup });
    expect(answer.status).toBe(400);
    expect(answer.body.description).toContain(reason);
  });

  test('knows only its own chat, its own token and its own methods', async () => {
    const chat = createChat();
    expect((await chat.send('Hi', { chat_id: 5 })).body.description).toBe('Bad Request: chat not found');
    expect(await chat.request('/bot700100:wrong/getMe', {})).toMatchObject({
      status: 401,
      body: { description: 'Unauthorized' },
    });
    expect((await chat.call('flyToMoon')).status).toBe(404);
  });

  test('takes a form as well as JSON', async () => {
    const form = new FormData();
    form.set('chat_id', groupId);
    form.set('text', 'From a form');
    form.set('reply_markup', JSON.stringify(keyboard('a:1')));
    const { body } = await createChat().request('/bot700100:secret/sendMessage', {
      method: 'POST',
      body: form,
    });
    expect(body.result).toMatchObject({ text: 'From a form', reply_markup: keyboard('a:1') });
  });
});

describe('flood limits', () => {
  test('let a small burst through, then say how long to wait', async () => {
    const chat = createChat();
    for (let sent = 0; sent < 5; sent += 1) expect((await chat.send('Hi')).status).toBe(200);
    const flooded = await chat.send('Hi');
    expect(flooded).toMatchObject({ status: 429, body: { error_code: 429, parameters: { retry_after: 5 } } });
    chat.pass(5000);
    expect((await chat.send('Hi')).status).toBe(200);
  });

  test('hold a group to 20 messages a minute', async () => {
    const chat = createChat();
    for (let sent = 0; sent < 20; sent += 1) {
      expect((await chat.send('Hi')).status).toBe(200);
      chat.pass(1000);
    }
    expect((await chat.send('Hi')).body.parameters).toEqual({ retry_after: 40 });
    chat.pass(40_000);
    expect((await chat.send('Hi')).status).toBe(200);
  });
});

describe('editing', () => {
  test('changes text and takes the buttons away, but not to what is there already', async () => {
    const chat = createChat();
    const { body } = await chat.send('Draft', { reply_markup: keyboard('a:1') });
    const edit = { chat_id: groupId, message_id: body.result.message_id, text: 'Approved' };
    expect((await chat.call('editMessageText', edit)).body.result).not.toHaveProperty('reply_markup');
    const again = await chat.call('editMessageText', edit);
    expect(again.status).toBe(400);
    expect(again.body.description).toMatch(/^Bad Request: message is not modified/);
  });

  test('finds no message that was never sent', async () => {
    const answer = await createChat().call('editMessageReplyMarkup', { chat_id: groupId, message_id: 404 });
    expect(answer.body.description).toBe('Bad Request: message to edit not found');
  });
});

describe('the webhook', () => {
  const url = 'https://product.example/telegram';

  test('must be https, but on this machine', async () => {
    const chat = createChat();
    expect((await chat.call('setWebhook', { url: 'http://product.example/' })).body.description).toContain(
      'HTTPS URL',
    );
    expect(
      (await chat.call('setWebhook', { url: 'https://product.example:8080/' })).body.description,
    ).toContain('ports');
    expect((await chat.call('setWebhook', { url: 'http://127.0.0.1:54321/x' })).body).toMatchObject({
      ok: true,
      result: true,
    });
    expect((await chat.call('setWebhook', { url, secret_token: 'čtyři' })).status).toBe(400);
  });

  test('gets a press with the secret and a growing update id', async () => {
    const chat = createChat();
    await chat.call('setWebhook', { url, secret_token: 's3cret' });
    const { body } = await chat.send('Draft', { reply_markup: keyboard('a:1') });
    const messageId = body.result.message_id as number;
    await chat.control('POST', '/press', { message_id: messageId, data: 'a:1', user_id: moderator });
    await chat.control('POST', '/message', { text: '/today' });
    await chat.queue.deliverDue();
    expect(chat.updates.map(({ secret }) => secret)).toEqual(['s3cret', 's3cret']);
    const [press, message] = chat.updates.map(({ update }) => update);
    expect(press).toMatchObject({
      callback_query: {
        from: { id: moderator },
        data: 'a:1',
        message: { message_id: messageId, text: 'Draft' },
      },
    });
    expect(message?.message.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }]);
    expect(message?.update_id).toBe(press?.update_id + 1);
  });

  test('keeps updates until they are taken, and says what went wrong', async () => {
    const chat = createChat();
    await chat.control('POST', '/message', { text: 'Anyone there?' });
    await chat.queue.deliverDue();
    expect(chat.updates).toHaveLength(0);
    chat.answerWith(500);
    await chat.call('setWebhook', { url });
    await chat.queue.deliverDue();
    expect((await chat.call('getWebhookInfo')).body.result).toMatchObject({
      url,
      pending_update_count: 1,
      last_error_message: 'Wrong response from the webhook: 500',
    });
    chat.answerWith(200);
    chat.pass(60_000);
    await chat.queue.deliverDue();
    expect((await chat.call('getWebhookInfo')).body.result.pending_update_count).toBe(0);
  });

  test('gets only the kinds of update it asked for', async () => {
    const chat = createChat();
    await chat.call('setWebhook', { url, allowed_updates: ['callback_query'] });
    await chat.control('POST', '/message', { text: 'Hello' });
    await chat.queue.deliverDue();
    expect(chat.updates).toHaveLength(0);
  });

  test('forgets what waited when asked to drop it', async () => {
    const chat = createChat();
    await chat.control('POST', '/message', { text: 'Old news' });
    await chat.call('setWebhook', { url, drop_pending_updates: true });
    await chat.queue.deliverDue();
    expect(chat.updates).toHaveLength(0);
  });
});

describe('a press', () => {
  async function press(chat: ReturnType<typeof createChat>): Promise<string> {
    const { body } = await chat.send('Draft', { reply_markup: keyboard('a:1') });
    const answer = await chat.control('POST', '/press', { message_id: body.result.message_id, data: 'a:1' });
    return answer.callback_query_id as string;
  }

  test('is answered once, and the person sees the answer', async () => {
    const chat = createChat();
    const id = await press(chat);
    const answer = { callback_query_id: id, text: 'Approved', show_alert: true };
    expect((await chat.call('answerCallbackQuery', answer)).body.result).toBe(true);
    expect((await chat.control('GET', '/chat')).presses[0]).toMatchObject({
      answer: 'Approved',
      show_alert: true,
    });
    expect((await chat.call('answerCallbackQuery', answer)).body.description).toContain('query is too old');
  });

  test('cannot be answered after a minute, nor with more than 200 characters', async () => {
    const chat = createChat();
    const id = await press(chat);
    const long = { callback_query_id: id, text: 'a'.repeat(201) };
    expect((await chat.call('answerCallbackQuery', long)).body.description).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    );
    chat.pass(60_001);
    expect((await chat.call('answerCallbackQuery', { callback_query_id: id })).status).toBe(400);
  });

  test('of a button that is not there is refused', async () => {
    const chat = createChat();
    const { body } = await chat.send('Draft', { reply_markup: keyboard('a:1') });
    const answer = await chat.control('POST', '/press', { message_id: body.result.message_id, data: 'a:2' });
    expect(answer.error).toContain('no button');
  });
});

test('grammY speaks with it', async () => {
  const chat = createChat();
  const bot = new Bot('700100:secret', {
    client: {
      apiRoot: 'http://sandbox',
      // grammY hands over a plain URL and JSON: the stand-in answers in process.
      fetch: (async (url: string, init: RequestInit) => {
        const { status, body } = await chat.request(new URL(url).pathname, {
          method: init.method ?? 'POST',
          headers: init.headers ?? {},
          body: init.body as string,
        });
        return Response.json(body, { status });
      }) as unknown as typeof fetch,
    },
  });
  expect(await bot.api.getMe()).toMatchObject({ is_bot: true, id: 700100 });
  chat.fault('rate_limit', { retry_after: 7 });
  await expect(bot.api.sendMessage(groupId, 'Hi')).rejects.toMatchObject({
    error_code: 429,
    parameters: { retry_after: 7 },
  });
  const message = await bot.api.sendMessage(groupId, '<b>Hi</b>', {
    parse_mode: 'HTML',
    reply_markup: keyboard('a:1'),
  });
  await expect(bot.api.editMessageReplyMarkup(groupId, message.message_id)).resolves.toMatchObject({
    text: 'Hi',
  });
});
