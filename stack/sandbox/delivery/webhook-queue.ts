// Outgoing webhook calls: stored first, then delivered until the receiver answers 2xx. Nothing is lost by a restart;
// a call that was in flight when the process died is sent again, as the real services do.
import type { DatabaseSync } from 'node:sqlite';
import { CallStore } from './call-store.ts';
import type { NewCall, QueueSummary, WebhookCall } from './call-store.ts';

/** Where one service's calls go. */
export interface WebhookReceiver {
  /** False while no webhook is configured: calls wait. */
  isConfigured(): boolean;
  post(body: string): Promise<Response>;
  /** Joins the bodies of calls that carry the same batch key into one. */
  merge?(bodies: string[]): string;
  concurrency: number;
  /** What the receiver does not take is never sent again. */
  triesOnce?: boolean;
}

export interface WebhookQueueDeps {
  db: DatabaseSync;
  now: () => Date;
  /** Milliseconds to wait after the n-th failed attempt. */
  retryDelayMs?: (attempts: number) => number;
  /** Calls older than this are given up, as Meta does after seven days. */
  giveUpAfterMs?: number;
}

const WEEK_MS = 7 * 24 * 3600_000;
const longestWaitMs = 60_000;
const growingDelayMs = (attempts: number) => Math.min(30_000, 500 * 2 ** (attempts - 1));

function groupCalls(calls: WebhookCall[]): WebhookCall[][] {
  const groups = new Map<string, WebhookCall[]>();
  for (const call of calls) {
    const key = call.batch === null ? `call:${call.id}` : `batch:${call.batch}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()];
}

async function attempt(receiver: WebhookReceiver, calls: WebhookCall[]): Promise<string | null> {
  const bodies = calls.map((call) => call.body);
  const body = bodies.length > 1 && receiver.merge ? receiver.merge(bodies) : bodies[0];
  try {
    const response = await receiver.post(body ?? '');
    await response.arrayBuffer();
    return response.ok ? null : `Wrong response from the webhook: ${response.status}`;
  } catch (error) {
    // The failure is not swallowed: it is stored on the call and the call is tried again.
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return `${error instanceof Error ? error.message : String(error)}${cause}`;
  }
}

export class WebhookQueue {
  readonly #store: CallStore;
  readonly #now: () => Date;
  readonly #retryDelayMs: (attempts: number) => number;
  readonly #giveUpAfterMs: number;
  readonly #receivers = new Map<string, WebhookReceiver>();
  /** Deliveries under way: one per service at a time, so that no call is in flight twice. */
  readonly #busy = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #isRunning = false;

  constructor({ db, now, retryDelayMs = growingDelayMs, giveUpAfterMs = WEEK_MS }: WebhookQueueDeps) {
    this.#store = new CallStore(db);
    this.#now = now;
    this.#retryDelayMs = retryDelayMs;
    this.#giveUpAfterMs = giveUpAfterMs;
  }

  addReceiver(service: string, receiver: WebhookReceiver): void {
    this.#receivers.set(service, receiver);
  }

  enqueue(call: NewCall): void {
    this.#store.insert(call, this.#now());
    this.wake();
  }

  pending(service: string): number {
    return this.#store.pending(service);
  }

  lastError(service: string): { at: Date; message: string } | null {
    return this.#store.lastError(service);
  }

  dropPending(service: string): void {
    this.#store.dropPending(service, this.#now());
  }

  /** Counts and the last error of every service. */
  summary(): Record<string, QueueSummary> {
    const services = [...this.#receivers.keys()];
    return Object.fromEntries(services.map((service) => [service, this.#store.summary(service)]));
  }

  /** Attempts every call that is due, once. Resolves when all attempts are answered. */
  async deliverDue(): Promise<void> {
    await Promise.all(
      [...this.#receivers].map(([service, receiver]) => this.#deliverOnce(service, receiver)),
    );
  }

  /** Delivers in the background from now on. */
  start(): void {
    this.#isRunning = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.wake();
    await Promise.all(this.#busy.values());
  }

  /** Looks again when the next call is due, for instance after a webhook was configured. */
  wake(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#isRunning) return;
    const idle = [...this.#receivers].filter(
      ([service, receiver]) => !this.#busy.has(service) && receiver.isConfigured(),
    );
    const dueTimes = idle.map(([service]) => this.#store.nextDue(service)).filter((dueAt) => dueAt !== null);
    if (dueTimes.length === 0) return;
    const wait = Math.min(Math.max(Math.min(...dueTimes) - this.#now().getTime(), 0), longestWaitMs);
    this.#timer = setTimeout(() => this.#run(), wait);
  }

  /** Each service is looked at again as soon as its own round is over: a slow receiver holds up nobody else. */
  #run(): void {
    for (const [service, receiver] of this.#receivers) {
      if (!this.#busy.has(service)) void this.#deliverOnce(service, receiver).then(() => this.wake());
    }
  }

  async #deliverOnce(service: string, receiver: WebhookReceiver): Promise<void> {
    while (this.#busy.has(service)) await this.#busy.get(service);
    if (!receiver.isConfigured()) return;
    const delivery = this.#deliverService(service, receiver).finally(() => this.#busy.delete(service));
    this.#busy.set(service, delivery);
    await delivery;
  }

  async #deliverService(service: string, receiver: WebhookReceiver): Promise<void> {
    const groups = groupCalls(this.#store.due(service, this.#now()));
    const work = async () => {
      for (let group = groups.shift(); group; group = groups.shift())
        await this.#deliverGroup(receiver, group);
    };
    await Promise.all(Array.from({ length: receiver.concurrency }, work));
  }

  async #deliverGroup(receiver: WebhookReceiver, calls: WebhookCall[]): Promise<void> {
    const error = await attempt(receiver, calls);
    const at = this.#now();
    for (const call of calls) {
      if (error === null) this.#store.markDelivered(call.id, at);
      else if (receiver.triesOnce || at.getTime() - call.createdAt > this.#giveUpAfterMs)
        this.#store.markDropped(call.id, at, error);
      else this.#store.markFailed(call.id, at, error, at.getTime() + this.#retryDelayMs(call.attempts + 1));
    }
  }
}
