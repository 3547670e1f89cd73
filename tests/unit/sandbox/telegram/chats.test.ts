import { describe, expect, test } from 'vitest';
import { createChat, groupId, keyboard, moderator } from './chat.ts';

const group = Number(groupId);
const url = 'https://product.example/telegram';

async function createListeningChat(allowed?: string[]) {
  const chat = createChat();
  await chat.call('setWebhook', { url, ...(allowed ? { allowed_updates: allowed } : {}) });
  const taken = async () => {
    await chat.queue.deliverDue();
    return chat.updates.splice(0).map(({ update }) => update);
  };
  const texts = async (chatId?: number) =>
    (await chat.control('GET', `/chat${chatId === undefined ? '' : `?chat_id=${chatId}`}`)).messages.map(
      ({ text }: { text: string }) => text,
    );
  return { ...chat, taken, texts };
}

describe('a private chat with the bot', () => {
  test('begins with the person: the bot cannot write first', async () => {
    const chat = await createListeningChat();
    expect((await chat.send('Hi', { chat_id: moderator })).body).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
    await chat.control('POST', '/message', { text: '/start', chat_id: moderator, language_code: 'uk' });
    const [update] = await chat.taken();
    expect(update?.message).toMatchObject({
      chat: { id: moderator, type: 'private', first_name: 'Petra' },
      from: { id: moderator, language_code: 'uk' },
    });
    expect((await chat.send('Welcome', { chat_id: moderator })).body.result.chat.id).toBe(moderator);
    expect(await chat.texts(moderator)).toEqual(['/start', 'Welcome']);
    expect(await chat.texts()).toEqual([]);
  });

  test('is one person’s: nobody else writes there', async () => {
    const chat = await createListeningChat();
    const answer = await chat.control('POST', '/message', { text: 'Hi', chat_id: moderator, user_id: 12 });
    expect(answer.error).toContain('Only user 11');
  });

  test('has its own flood limit, and none by the minute', async () => {
    const chat = await createListeningChat();
    await chat.control('POST', '/message', { text: '/start', chat_id: moderator });
    for (let sent = 0; sent < 5; sent += 1) await chat.send('In the group');
    expect((await chat.send('Too much')).status).toBe(429);
    for (let sent = 0; sent < 25; sent += 1) {
      expect((await chat.send('To you', { chat_id: moderator })).status).toBe(200);
      chat.pass(1000);
    }
  });

  test('can be blocked, until the person writes again', async () => {
    const chat = await createListeningChat();
    const write = () => chat.control('POST', '/message', { text: '/start', chat_id: moderator });
    await write();
    await chat.control('POST', '/kick', { chat_id: moderator });
    const send = () => chat.send('Hi', { chat_id: moderator });
    expect((await send()).body.description).toBe('Forbidden: bot was blocked by the user');
    await write();
    expect((await send()).status).toBe(200);
  });
});

describe('asking for a reply', () => {
  test('is kept, and the reply carries what it answers', async () => {
    const chat = await createListeningChat();
    const { body } = await chat.send('Write the new text', {
      reply_markup: { force_reply: true, input_field_placeholder: 'New text' },
    });
    expect(body.result).not.toHaveProperty('reply_markup');
    const prompt = body.result.message_id as number;
    expect((await chat.control('GET', '/chat')).messages[0]).toMatchObject({
      force_reply: true,
      buttons: [],
    });
    await chat.control('POST', '/message', { text: 'Hello!', reply_to_message_id: prompt });
    const [update] = await chat.taken();
    expect(update?.message.reply_to_message).toMatchObject({ message_id: prompt, from: { is_bot: true } });
  });

  test('to a message of another chat does not work', async () => {
    const chat = await createListeningChat();
    const { body } = await chat.send('In the group');
    const reply = {
      text: 'Hi',
      chat_id: moderator,
      reply_to_message_id: body.result.message_id as number,
    };
    expect((await chat.control('POST', '/message', reply)).error).toContain('no message');
  });
});

describe('a deleted message', () => {
  test('is neither edited nor replied to, but for who allows going without', async () => {
    const chat = await createListeningChat();
    const { body } = await chat.send('Card');
    const messageId = body.result.message_id as number;
    await chat.control('POST', '/delete', { message_id: messageId });
    const edit = { chat_id: groupId, message_id: messageId, text: 'Edited' };
    expect((await chat.call('editMessageText', edit)).body.description).toContain(
      'message to edit not found',
    );
    const reply = (parameters: object) =>
      chat.send('Reply', { reply_parameters: { message_id: messageId, ...parameters } });
    expect((await reply({})).body.description).toContain('message to be replied not found');
    expect((await reply({ allow_sending_without_reply: true })).status).toBe(200);
  });

  test('can be the bot’s own, of the last two days', async () => {
    const chat = await createListeningChat();
    const remove = (message_id: number) => chat.call('deleteMessage', { chat_id: groupId, message_id });
    const own = (await chat.send('Mine')).body.result.message_id as number;
    expect((await remove(own)).body.result).toBe(true);
    expect((await remove(own)).body.description).toContain('message to delete not found');
    const { message_id } = await chat.control('POST', '/message', { text: 'Yours' });
    expect((await remove(message_id as number)).body.description).toContain("message can't be deleted");
    const old = (await chat.send('Old')).body.result.message_id as number;
    chat.pass(49 * 3_600_000);
    expect((await remove(old)).body.description).toContain("message can't be deleted");
  });
});

describe('a forwarded card', () => {
  test('loses the buttons that call the bot, and keeps the links', async () => {
    const chat = await createListeningChat();
    const open = { text: 'Open', url: 'https://dashboard.example/' };
    const approve = { text: 'Approve', callback_data: 'a:1' };
    const card = await chat.send('Card', { reply_markup: { inline_keyboard: [[approve, open]] } });
    const { message_id } = await chat.control('POST', '/forward', {
      message_id: card.body.result.message_id as number,
      to_chat_id: moderator,
    });
    const [copy] = (await chat.control('GET', `/chat?chat_id=${moderator}`)).messages;
    expect(copy).toMatchObject({ message_id, text: 'Card', buttons: [[open]], from: { id: moderator } });
  });

  test('can be pressed by who forges it, and says in which chat', async () => {
    const chat = await createListeningChat();
    const card = await chat.send('Card', { reply_markup: keyboard('a:1') });
    const message_id = card.body.result.message_id as number;
    await chat.control('POST', '/press', { message_id, data: 'a:1', chat_id: -100_999, user_id: 999 });
    const [update] = await chat.taken();
    expect(update?.callback_query).toMatchObject({ from: { id: 999 }, message: { chat: { id: -100_999 } } });
  });
});

describe('a group', () => {
  test('that threw the bot out takes nothing from it until it is invited again', async () => {
    const chat = await createListeningChat(['message', 'my_chat_member']);
    await chat.control('POST', '/kick', {});
    expect((await chat.send('Hi')).body).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    });
    await chat.control('POST', '/message', { text: 'Where is the bot?' });
    const [update, ...others] = await chat.taken();
    expect(others).toEqual([]);
    expect(update?.my_chat_member).toMatchObject({
      chat: { id: group },
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked', user: { is_bot: true } },
    });
    await chat.control('POST', '/invite', {});
    expect((await chat.send('Back')).status).toBe(200);
  });

  test('of somebody else’s can invite the bot, which can leave it', async () => {
    const chat = await createListeningChat();
    const other = -100_555;
    await chat.control('POST', '/invite', { chat_id: other, user_id: 999 });
    const [update] = await chat.taken();
    expect(update?.my_chat_member).toMatchObject({ chat: { id: other }, from: { id: 999 } });
    expect((await chat.call('getChat', { chat_id: other })).body.result.title).toBe('Another group');
    expect((await chat.call('leaveChat', { chat_id: other })).body.result).toBe(true);
    expect((await chat.send('Hi', { chat_id: other })).body.description).toContain('bot is not a member');
  });

  test('that was upgraded lives on under another id, and says which', async () => {
    const chat = await createListeningChat();
    const { migrate_to_chat_id: next } = await chat.control('POST', '/migrate', {});
    expect((await chat.send('Hi')).body).toMatchObject({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: next },
    });
    const services = (await chat.taken()).map(({ message }) => message);
    expect(services).toMatchObject([
      { chat: { id: group }, migrate_to_chat_id: next },
      { chat: { id: next }, migrate_from_chat_id: group },
    ]);
    expect((await chat.send('Moved', { chat_id: next })).status).toBe(200);
    expect(await chat.texts()).toEqual(['Moved']);
  });
});

test('commands are kept for each language', async () => {
  const chat = createChat();
  const commands = [{ command: 'status', description: 'What waits' }];
  expect((await chat.call('setMyCommands', { commands, language_code: 'cs' })).body.result).toBe(true);
  expect((await chat.call('getMyCommands', { language_code: 'cs' })).body.result).toEqual(commands);
  expect((await chat.call('getMyCommands')).body.result).toEqual([]);
  const loud = { commands: [{ command: 'STATUS', description: 'x' }] };
  expect((await chat.call('setMyCommands', loud)).body.description).toContain('BOT_COMMAND_INVALID');
});
