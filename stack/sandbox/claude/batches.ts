// What becomes of message batches. Nothing runs in the background: whoever asks for a batch gets what is due by the clock done first,
// so that a killed sandbox forgets nothing and a test waits for nobody.
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import type { Faults } from '../faults.ts';
import { composeMessage, createId } from './answer.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import type { BatchRequest } from './batch-request.ts';
import { BatchStore } from './batch-store.ts';
import type { BatchItem, BatchRow } from './batch-store.ts';
import type { RequestLog } from './request-log.ts';
import { parseMessageRequest } from './request.ts';

const DAY_MS = 24 * 3600_000;
/** Until a cancelled batch has ended. */
const CANCEL_MS = 10_000;

export type Result =
  | { type: 'succeeded'; message: object }
  | { type: 'errored'; error: object }
  | { type: 'canceled' }
  | { type: 'expired' };

export interface BatchesDeps {
  db: DatabaseSync;
  now: () => Date;
  faults: Faults;
  log: RequestLog;
}

export class Batches {
  readonly #deps: BatchesDeps;
  readonly #store: BatchStore;

  constructor(deps: BatchesDeps) {
    this.#deps = deps;
    this.#store = new BatchStore(deps.db);
  }

  create({ requests }: BatchRequest): BatchRow {
    const { db, now, faults } = this.#deps;
    const id = createId('msgbatch');
    const at = now().getTime();
    const hangs = faults.take('claude', 'batch_hangs');
    const dueAt = hangs ? null : at + this.#store.delaySeconds() * 1000;
    inTransaction(db, () => {
      this.#store.insert({ id, created_at: at, due_at: dueAt }, requests);
      if (hangs) this.#settle(id, (params) => this.#answer(params), Number(hangs.options.answered));
    });
    return this.find(id);
  }

  find(id: string): BatchRow {
    const read = () => {
      const batch = this.#store.find(id);
      if (!batch) throw new ApiError('not_found_error', `batch: ${id}`);
      return batch;
    };
    inTransaction(this.#deps.db, () => this.#advance(read()));
    return read();
  }

  items(id: string): BatchItem[] {
    return this.#store.items(id);
  }

  /** The newest first. */
  all(): BatchRow[] {
    return this.#store.ids().map((id) => this.find(id));
  }

  cancel(id: string): BatchRow {
    if (this.find(id).ended_at !== null) throw invalidRequest(`Batch ${id} has ended.`);
    this.#store.cancel(id, this.#deps.now().getTime());
    return this.find(id);
  }

  setDelaySeconds(seconds: number): void {
    this.#store.setDelaySeconds(seconds);
  }

  /** Does what is due by the clock. */
  #advance({ id, created_at, due_at, cancel_initiated_at, ended_at }: BatchRow): void {
    const at = this.#deps.now().getTime();
    if (ended_at !== null) return;
    if (cancel_initiated_at !== null) {
      if (at < cancel_initiated_at + CANCEL_MS) return;
      this.#settle(id, () => ({ type: 'canceled' }));
      this.#store.end(id, cancel_initiated_at + CANCEL_MS);
    } else if (due_at !== null && at >= due_at) {
      const expires = this.#deps.faults.take('claude', 'batch_expires') !== null;
      this.#settle(id, (params) => (expires ? { type: 'expired' } : this.#answer(params)));
      this.#store.end(id, due_at);
    } else if (at >= created_at + DAY_MS) {
      this.#settle(id, () => ({ type: 'expired' }));
      this.#store.end(id, created_at + DAY_MS);
    }
  }

  /** Gives what has no result yet, `limit` of it at most, the one that `toResult` says. */
  #settle(id: string, toResult: (params: string) => Result, limit = Infinity): void {
    const open = this.#store.items(id).filter(({ result }) => result === null);
    for (const { custom_id: customId, params } of open.slice(0, limit))
      this.#store.keepResult(id, customId, toResult(params));
  }

  #answer(params: string): Result {
    const { faults, log } = this.#deps;
    if (faults.take('claude', 'batch_item_expired')) return { type: 'expired' };
    const requestId = createId('req');
    try {
      if (faults.take('claude', 'batch_item_errored'))
        throw new ApiError('api_error', 'Internal server error');
      // What a request asks is looked at when its turn comes, not when the batch is taken.
      const request = parseMessageRequest(JSON.parse(params));
      const composed = composeMessage(request, faults);
      const message = { ...composed, usage: { ...composed.usage, service_tier: 'batch' } };
      log.add(requestId, request, message);
      return { type: 'succeeded', message };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { type: 'errored', error: error.toBody(requestId) };
    }
  }
}
