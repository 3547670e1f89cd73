import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { toChatTrouble } from '../../../supabase/functions/_shared/chat-trouble.ts';

const refusal = (error_code: number, description: string, parameters = {}) =>
  new GrammyError('Call failed!', { ok: false, error_code, description, parameters }, 'sendMessage', {});

describe('What keeps the bot out of the chat is told with its cure:', () => {
  it.each([
    ['Forbidden: bot was kicked from the supergroup chat', 403, {}, 'add the bot to the chat again'],
    ['Forbidden: bot is not a member of the channel chat', 403, {}, 'add the bot to the chat again'],
    ['Forbidden: bot was blocked by the user', 403, {}, 'add the bot to the chat again'],
    ['Forbidden: the group chat was deleted', 403, {}, 'add the bot to the chat again'],
    ['Bad Request: chat not found', 400, {}, 'TELEGRAM_CHAT_ID'],
    [
      'Bad Request: group chat was upgraded to a supergroup chat',
      400,
      { migrate_to_chat_id: -1_001_234_567_890 },
      'set TELEGRAM_CHAT_ID to -1001234567890',
    ],
    [
      'Bad Request: not enough rights to send text messages to the chat',
      400,
      {},
      'the right to send messages',
    ],
    ['Bad Request: CHAT_WRITE_FORBIDDEN', 400, {}, 'the right to send messages'],
    ['Unauthorized', 401, {}, 'TELEGRAM_BOT_TOKEN'],
    ['Not Found', 404, {}, 'TELEGRAM_BOT_TOKEN'],
  ])('%s', (description, code, parameters, cure) => {
    const trouble = toChatTrouble(refusal(code, description, parameters));
    expect(trouble?.what).toContain(cure);
    expect(trouble?.holdSeconds).toBeGreaterThanOrEqual(60);
  });
});

describe('What concerns one message or passes by itself is no trouble of the chat:', () => {
  it.each([
    ['a message that is gone', refusal(400, 'Bad Request: message to edit not found')],
    ['a message that is too long', refusal(400, 'Bad Request: message is too long')],
    ['a flood limit', refusal(429, 'Too Many Requests: retry after 17', { retry_after: 17 })],
    ['a gateway', refusal(502, 'Bad Gateway')],
    ['no answer', new HttpError('Network request failed!', new Error('fetch failed'))],
    ['a fault of ours', new TypeError('x is not a function')],
    ['no error at all', undefined],
  ])('%s', (_, error) => {
    expect(toChatTrouble(error)).toBeNull();
  });
});
