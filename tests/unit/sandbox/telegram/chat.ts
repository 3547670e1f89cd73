// A Telegram stand-in on an empty database, with a clock that a test turns and a receiver that remembers its updates.
import { DatabaseSync } from 'node:sqlite';
import { WebhookQueue } from '../../../../stack/sandbox/delivery/webhook-queue.ts';
import { createFaults } from '../../../../stack/sandbox/faults.ts';
import { createTelegram } from '../../../../stack/sandbox/telegram/service.ts';
import type { Answer } from '../answer.ts';

export const groupId = '-1001234567890';
export const moderator = 11;

export function createChat() {
  let time = Date.parse('2026-11-20T10:00:00Z');
  const now = () => new Date(time);
  const db = new DatabaseSync(':memory:');
  const updates: { secret: string | null; update: Answer }[] = [];
  let status = 200;
  const receive: typeof fetch = async (_, init) => {
    const secret = new Headers(init?.headers).get('x-telegram-bot-api-secret-token');
    updates.push({ secret, update: JSON.parse(String(init?.body)) as Answer });
    return new Response('', { status });
  };
  const faults = createFaults(db);
  const queue = new WebhookQueue({ db, now });
  const telegram = createTelegram({
    db,
    now,
    queue,
    faults,
    fetch: receive,
    credentials: { botToken: '700100:secret', chatId: groupId, allowedUserIds: [moderator, 12] },
  });

  const request = async (path: string, init: RequestInit) => {
    const response = await telegram.bot.request(path, init);
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const asJson = (body: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    queue,
    updates,
    request,
    pass: (milliseconds: number) => void (time += milliseconds),
    answerWith: (next: number) => void (status = next),
    fault: (kind: string, options: Record<string, unknown> = {}) =>
      void faults.add('telegram', kind, 1, options),
    call: (method: string, body: unknown = {}) => request(`/bot700100:secret/${method}`, asJson(body)),
    send: (text: string, more: object = {}) =>
      request('/bot700100:secret/sendMessage', asJson({ chat_id: groupId, text, ...more })),
    async control(method: string, path: string, body?: unknown) {
      const response = await telegram.control.request(
        path,
        body === undefined ? { method } : { ...asJson(body), method },
      );
      return (await response.json()) as Answer;
    },
  };
}

export const keyboard = (data: string) => ({ inline_keyboard: [[{ text: 'Approve', callback_data: data }]] });
