import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { connect } from './database.ts';
import type { PartLog } from './log.ts';
import { errorMessage } from './problem.ts';

const BATCH = 50;
const POLL_MS = 1000;
const CLEAN_MS = 60_000;

interface QueuedRequest {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: Uint8Array | null;
  timeout_milliseconds: number;
}

export interface NetAnswer {
  statusCode: number | null;
  contentType: string | null;
  headers: Record<string, string> | null;
  content: string | null;
  timedOut: boolean;
  errorMsg: string | null;
}

/** One request as pg_net's curl would make it; never throws. */
export async function perform(request: QueuedRequest, fetchIt: typeof fetch = fetch): Promise<NetAnswer> {
  const startedAt = performance.now();
  try {
    const response = await fetchIt(request.url, {
      method: request.method.toUpperCase(),
      headers: request.headers ?? {},
      body: request.body === null ? undefined : new Uint8Array(request.body),
      signal: AbortSignal.timeout(request.timeout_milliseconds),
    });
    const content = await response.text();
    return {
      statusCode: response.status,
      contentType: response.headers.get('content-type'),
      headers: Object.fromEntries(response.headers),
      content,
      timedOut: false,
      errorMsg: null,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const took = Math.round(performance.now() - startedAt);
    const errorMsg = timedOut
      ? `Timeout of ${request.timeout_milliseconds} ms reached. Total time: ${took} ms`
      : describeFailure(error);
    return { statusCode: null, contentType: null, headers: null, content: null, timedOut, errorMsg };
  }
}

/** fetch says only "fetch failed"; the reason is its cause. */
function describeFailure(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? errorMessage(error) : errorMessage(cause) || errorMessage(error);
}

export interface NetWorker {
  stop(): Promise<void>;
}

/** The stand-in for pg_net's background worker: takes committed requests, sends them, writes the answers. */
export async function startNetWorker(adminUrl: string, log: PartLog): Promise<NetWorker> {
  const sql = connect(adminUrl, 2);
  await answerLost(sql);
  const underWay = new Set<Promise<void>>();
  let isStopping = false;

  const send = (request: QueuedRequest) => {
    const sending = perform(request)
      .then((answer) => keepAnswer(sql, request.id, answer))
      .catch((error: unknown) =>
        log.line(`the answer to request ${request.id} was lost: ${errorMessage(error)}`),
      )
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  };
  const takeAll = async () => {
    while (!isStopping && underWay.size < BATCH) {
      const requests = await take(sql, BATCH - underWay.size);
      for (const request of requests) send(request);
      if (requests.length === 0) return;
    }
  };
  let lastTrouble = '';
  let taking: Promise<void> = Promise.resolve();
  const wake = () => {
    taking = taking.then(takeAll).then(
      () => void (lastTrouble = ''),
      (error: unknown) => {
        const trouble = errorMessage(error);
        if (trouble !== lastTrouble) log.line(`cannot read the request queue, trying again: ${trouble}`);
        lastTrouble = trouble;
      },
    );
  };
  await sql.listen('net_http_request', wake, wake);
  const poll = setInterval(wake, POLL_MS);
  const clean = setInterval(() => {
    deleteOld(sql).catch((error: unknown) =>
      log.line(`old answers were not deleted: ${errorMessage(error)}`),
    );
  }, CLEAN_MS);
  return {
    async stop() {
      isStopping = true;
      clearInterval(poll);
      clearInterval(clean);
      await taking;
      await Promise.race([Promise.allSettled(underWay), sleep(2000, undefined, { ref: false })]);
      await sql.end({ timeout: 1 });
    },
  };
}

function take(sql: Sql, limit: number): Promise<QueuedRequest[]> {
  return sql<QueuedRequest[]>`
    with taken as (
      delete from net.http_request_queue
      where id in (select id from net.http_request_queue order by id limit ${limit} for update skip locked)
      returning id, method::text as method, url, headers, body, timeout_milliseconds
    ),
    marked as (
      insert into net._in_flight (id) select id from taken
    )
    select * from taken order by id
  `;
}

/** Requests that a killed stack had sent: whether they arrived is unknown, so they are answered as lost, not repeated. */
async function answerLost(sql: Sql): Promise<void> {
  await sql`
    with lost as (
      delete from net._in_flight returning id
    )
    insert into net._http_response (id, timed_out, error_msg)
    select id, false, 'the server was restarted before the answer came' from lost
  `;
}

async function keepAnswer(sql: Sql, id: string, answer: NetAnswer): Promise<void> {
  const headers = answer.headers === null ? null : sql.json(answer.headers);
  await sql`
    with done as (
      delete from net._in_flight where id = ${id}
    )
    insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
    values (
      ${id}, ${answer.statusCode}, ${answer.contentType}, ${headers}, ${answer.content?.replaceAll('\0', '') ?? null},
      ${answer.timedOut}, ${answer.errorMsg}
    )
  `;
}

/** pg_net keeps answers for six hours. */
async function deleteOld(sql: Sql): Promise<void> {
  await sql`delete from net._http_response where created < now() - interval '6 hours'`;
}
