import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetWorker } from '../../../stack/embedded/net-worker.ts';
import { tick } from '../../../stack/embedded/tick.ts';
import { cloneDatabase } from '../../setup/database.ts';
import type { ClonedDatabase } from '../../stack.ts';

let db: ClonedDatabase;
let server: Server;
let url: string;
const received: { url: string; key: unknown; body: string }[] = [];
const silent = { line: () => undefined, tail: () => [] };

beforeAll(async () => {
  db = await cloneDatabase();
  // The club's own schedules have no functions to call here.
  await db.sql`select cron.unschedule(jobid) from cron.job`;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ url: request.url!, key: request.headers.apikey, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"complete":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await db.drop();
});

test('a request leaves after its transaction, not before, and a rolled back one never', async () => {
  const worker = await startNetWorker(db.adminUrl, silent);
  try {
    let id = '';
    await db.sql.begin(async (sql) => {
      const [row] = await sql`
        select net.http_post(${`${url}/kept`}, '{"mode":"full"}', '{"q":"ž & b"}', '{"apikey":"k"}') as id
      `;
      id = row!.id as string;
      const [queued] = await sql`select count(*)::integer as count from net.http_request_queue`;
      expect(queued?.count).toBe(1);
      expect(received).toEqual([]);
    });
    await db.sql`select net.http_post(${`${url}/lost`})`.catch(() => undefined);
    await db.sql
      .begin(async (sql) => {
        await sql`select net.http_post(${`${url}/undone`})`;
        throw new Error('roll back');
      })
      .catch(() => undefined);
    await vi.waitFor(async () => {
      const [answer] = await db.sql`select * from net._http_response where id = ${id}`;
      expect(answer).toMatchObject({
        status_code: 200,
        content: '{"complete":true}',
        timed_out: false,
        error_msg: null,
      });
    });
    await vi.waitFor(() => expect(received.map((call) => call.url)).toContain('/lost'));
    expect(received[0]).toEqual({ url: '/kept?q=%C5%BE%20%26%20b', key: 'k', body: '{"mode": "full"}' });
    expect(received.map((call) => call.url)).not.toContain('/undone');
  } finally {
    await worker.stop();
  }
});

test('a request that a killed stack had sent is answered as lost and not sent again', async () => {
  received.length = 0;
  const admin = db.adminUrl;
  const { connect } = await import('../../../stack/embedded/database.ts');
  const sql = connect(admin);
  await sql`insert into net._in_flight (id) values (4242)`;
  await sql.end();
  const worker = await startNetWorker(admin, silent);
  await worker.stop();
  const [answer] = await db.sql`select status_code, error_msg from net._http_response where id = 4242`;
  expect(answer).toMatchObject({ status_code: null, error_msg: expect.stringContaining('restarted') });
  expect(received).toEqual([]);
});

test('a tick runs each active job once and returns when their requests are answered', async () => {
  const worker = await startNetWorker(db.adminUrl, silent);
  try {
    await db.sql`select cron.schedule('caller', '0 0 1 1 *', ${`select net.http_get('${url}/ticked')`})`;
    await db.sql`select cron.schedule('sleeper', '0 0 1 1 *', 'select 1')`;
    await db.sql`update cron.job set active = false where jobname = 'sleeper'`;
    const { runs, answers } = await tick(db.adminUrl);
    expect(runs.map(({ job, status }) => `${job.jobname} ${status}`)).toEqual(['caller succeeded']);
    expect(answers).toEqual([expect.objectContaining({ status_code: 200, error_msg: null })]);
  } finally {
    await worker.stop();
  }
});
