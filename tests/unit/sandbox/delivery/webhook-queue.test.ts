import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { WebhookQueue } from '../../../../stack/sandbox/delivery/webhook-queue.ts';
import type { WebhookReceiver } from '../../../../stack/sandbox/delivery/webhook-queue.ts';

vi.setConfig({ testTimeout: 30_000 });

const receiver = (post: WebhookReceiver['post'], more: Partial<WebhookReceiver> = {}): WebhookReceiver => ({
  concurrency: 1,
  isConfigured: () => true,
  post,
  ...more,
});
const soon = (milliseconds = 0) => new Date(Date.now() + milliseconds);

/** Waits for the queue to be empty; long, because the machine may be busy with other tests. */
const drained = (queue: WebhookQueue, service: string) =>
  vi.waitFor(() => expect(queue.pending(service)).toBe(0), { timeout: 10_000 });

function createQueue(retryDelayMs = () => 5) {
  return new WebhookQueue({ db: new DatabaseSync(':memory:'), now: () => new Date(), retryDelayMs });
}

test('delivers in the background when a call is due, and tries again what failed', async () => {
  const queue = createQueue();
  const got: string[] = [];
  queue.addReceiver(
    'telegram',
    receiver(async (body) => {
      got.push(body);
      return new Response('', { status: got.length === 1 ? 503 : 200 });
    }),
  );
  queue.start();
  queue.enqueue({ service: 'telegram', body: 'first', dueAt: soon() });
  await drained(queue, 'telegram');
  queue.enqueue({ service: 'telegram', body: 'later', dueAt: soon(40) });
  await drained(queue, 'telegram');
  expect(got).toEqual(['first', 'first', 'later']);
  expect(queue.lastError('telegram')?.message).toContain('503');
  expect(queue.summary().telegram).toEqual({ waiting: 0, delivered: 2, dropped: 0, last_error: null });
  await queue.stop();
});

test('a receiver that hangs holds up no other service, and no call is in flight twice', async () => {
  const queue = createQueue();
  let release = () => {};
  const hanging = vi.fn(
    () => new Promise<Response>((resolve) => (release = () => resolve(new Response('ok')))),
  );
  queue.addReceiver('whatsapp', receiver(hanging));
  queue.addReceiver(
    'telegram',
    receiver(async () => new Response('ok')),
  );
  queue.start();
  queue.enqueue({ service: 'whatsapp', body: 'slow', dueAt: soon() });
  queue.enqueue({ service: 'telegram', body: 'quick', dueAt: soon() });
  await drained(queue, 'telegram');
  queue.enqueue({ service: 'telegram', body: 'quick again', dueAt: soon() });
  await drained(queue, 'telegram');
  expect(hanging).toHaveBeenCalledTimes(1);
  release();
  await drained(queue, 'whatsapp');
  await queue.stop();
});

test('gives up a call that nobody took for longer than allowed, and says so', async () => {
  let time = 0;
  const queue = new WebhookQueue({
    db: new DatabaseSync(':memory:'),
    now: () => new Date(time),
    giveUpAfterMs: 1000,
  });
  queue.addReceiver(
    'whatsapp',
    receiver(() => Promise.reject(new Error('connection refused'))),
  );
  queue.enqueue({ service: 'whatsapp', body: 'x', dueAt: new Date(0) });
  await queue.deliverDue();
  expect(queue.pending('whatsapp')).toBe(1);
  time = 5000;
  await queue.deliverDue();
  expect(queue.summary().whatsapp).toEqual({
    waiting: 0,
    delivered: 0,
    dropped: 1,
    last_error: 'connection refused',
  });
});

test('calls wait while there is nowhere to send them', async () => {
  const queue = createQueue();
  let isConfigured = false;
  const post = vi.fn(async () => new Response('ok'));
  queue.addReceiver('telegram', receiver(post, { isConfigured: () => isConfigured }));
  queue.enqueue({ service: 'telegram', body: 'x', dueAt: soon() });
  await queue.deliverDue();
  expect(post).not.toHaveBeenCalled();
  isConfigured = true;
  await queue.deliverDue();
  expect(post).toHaveBeenCalledTimes(1);
});
