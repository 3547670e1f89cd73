import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../supabase/functions/booking-webhook/app.ts';
import type { BookingWebhookDeps } from '../../../supabase/functions/booking-webhook/app.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createLog } from '../../../supabase/functions/_shared/log.ts';
import { openHarness } from '../harness.ts';
import type { Harness } from '../harness.ts';

const SECRET = 'a-secret-of-exactly-32-characters';
const START = Date.parse('2026-03-11T09:00:00Z');

let harness: Harness;
let at: number;
let lines: string[];
const now = () => new Date(at);

beforeAll(async () => {
  at = START;
  harness = await openHarness('booking-webhook', now);
  await harness.sql`select core.create_club('Vltava Fit', 'Europe/Prague', 'CZ', 'CZK', ${now()})`;
});
afterAll(() => harness.close());

beforeEach(async () => {
  at = START;
  lines = [];
  await harness.sql`delete from crm.hints`;
  await harness.sql`delete from core.clubs where club_id <> 1`;
  await harness.sql`update core.clubs set booking_provider = 'altegio'`;
});

function app(changes: Partial<BookingWebhookDeps> = {}) {
  const log = createLog({
    name: 'booking-webhook',
    now,
    secrets: [SECRET],
    write: (line) => void lines.push(line),
  });
  return createApp({
    database: harness.database,
    secret: SECRET,
    installationCompanyId: '1001',
    now,
    log,
    ...changes,
  });
}

const envelope = (fields: Record<string, unknown> = {}) => ({
  company_id: 1001,
  resource: 'record',
  resource_id: 7,
  status: 'update',
  data: { id: 7, attendance: 1, last_change_date: '2026-03-11T10:00:00+0100' },
  ...fields,
});

interface Call {
  secret?: string;
  path?: string;
  method?: string;
  to?: ReturnType<typeof app>;
}

async function post(body: unknown, { secret = SECRET, path, method = 'POST', to = app() }: Call = {}) {
  const response = await to.request(path ?? `/booking-webhook/${secret}`, {
    method,
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const hints = () => harness.sql<Record<string, unknown>[]>`
  select club_id::int, entity, external_id, operation, settled_at from crm.hints order by club_id, hint_id`;
const logged = () => lines.map((line) => (JSON.parse(line) as { event: string }).event);

describe('The path of the webhook', () => {
  it('with the secret stores the hint and answers at once', async () => {
    expect(await post(envelope())).toEqual({ status: 200, text: 'OK' });
    expect(await hints()).toEqual([
      { club_id: 1, entity: 'bookings', external_id: '7', operation: 'update', settled_at: null },
    ]);
  });

  it.each([
    ['another secret', { secret: 'b-secret-of-exactly-32-characters' }],
    ['a shortened one', { secret: SECRET.slice(0, -1) }],
    ['a longer one', { secret: `${SECRET}x` }],
    ['none', { path: '/booking-webhook' }],
    ['an empty one', { path: '/booking-webhook/' }],
    ['one that cannot be decoded', { secret: '%E0%A4%A' }],
    ['something after it', { secret: `${SECRET}/more` }],
    ['the secret in another place', { path: `/booking-webhook?secret=${SECRET}` }],
    ['another method', { method: 'GET' }],
  ])('with %s is not found, and says nothing more', async (_, call) => {
    expect(await post(envelope(), call)).toEqual({ status: 404, text: 'Not Found' });
    expect(await hints()).toEqual([]);
  });

  it('answers nobody while no secret is configured, and says what to do', async () => {
    const answer = await post(envelope(), { to: app({ secret: undefined }) });
    expect(answer.status).toBe(503);
    expect(answer.text).toMatch(/^Set BOOKING_WEBHOOK_SECRET to .*\.$/);
    expect(await post(envelope(), { to: app({ secret: undefined }), secret: 'undefined' })).toMatchObject({
      status: 503,
    });
    expect(await hints()).toEqual([]);
  });

  it('never shows in the log', async () => {
    await post(envelope());
    await post('{');
    await post(envelope(), { secret: `${SECRET}x` });
    await post(envelope({ company_id: 5, resource: SECRET }));
    const failing = app({
      database: { call: () => Promise.reject(new Error(`POST /booking-webhook/${SECRET} broke off`)) },
    });
    expect(await post(envelope(), { to: failing })).toEqual({ status: 503, text: 'Not stored' });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toContain(SECRET);
  });
});

describe('The body', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'this is no JSON'],
    ['JSON of another shape', '[1, 2, 3]'],
    ['no company', envelope({ company_id: undefined })],
    ['an id that would lead elsewhere', envelope({ resource_id: '7/../../clients' })],
    ['a negative id', envelope({ resource_id: -7 })],
    ['a fraction as an id', envelope({ resource_id: 7.5 })],
    ['an operation we do not know', envelope({ status: 'merge' })],
    ['a resource that is no text', envelope({ resource: {} })],
  ])('that is %s is refused', async (_, body) => {
    expect((await post(body)).status).toBe(400);
    expect(await hints()).toEqual([]);
  });

  it('that is larger than a megabyte is refused, but only to who knows the secret', async () => {
    const large = JSON.stringify(envelope({ data: 'x'.repeat(1024 * 1024) }));
    expect((await post(large)).status).toBe(413);
    expect((await post(large, { secret: 'wrong' })).status).toBe(404);
    expect(await hints()).toEqual([]);
  });

  it.each([
    ['record', 'bookings', '7'],
    ['client', 'clients', '7'],
    ['service', 'services', '7'],
    ['service_category', 'services', null],
    ['staff', 'staff', '7'],
    ['master', 'staff', '7'],
    ['goods_operations_sale', 'membership_sales', '7'],
    ['finances_operation', 'payments', '7'],
  ])('about a %s is a hint at our %s', async (resource, entity, externalId) => {
    await post(envelope({ resource }));
    expect(await hints()).toMatchObject([{ entity, external_id: externalId }]);
  });

  it.each(['salon', 'good', 'schedule', 'loyalty_card', 'goods_operations_move', 'constructor', '__proto__'])(
    'about a %s is ignored',
    async (resource) => {
      expect(await post(envelope({ resource, data: [] }))).toEqual({ status: 200, text: 'OK' });
      expect(await post(envelope({ resource, resource_id: null }))).toEqual({ status: 200, text: 'OK' });
      expect(await hints()).toEqual([]);
      expect(logged()).toEqual(['ignored', 'ignored']);
    },
  );

  it('may name ids as texts, and no row at all', async () => {
    await post(envelope({ company_id: '1001', resource_id: '0012' }));
    await post(envelope({ resource: 'client', resource_id: 0 }));
    expect(await hints()).toMatchObject([
      { entity: 'bookings', external_id: '12' },
      { entity: 'clients', external_id: null },
    ]);
  });
});

describe('The company', () => {
  it('that is no club of ours is answered like any other, and dropped', async () => {
    expect(await post(envelope({ company_id: 1002 }))).toEqual({ status: 200, text: 'OK' });
    expect(await hints()).toEqual([]);
    expect(logged()).toEqual(['company_refused']);
  });

  it('leads to the club that names it, and the installation’s own to those that name none', async () => {
    const [other] = await harness.sql<{ id: number }[]>`
      select core.create_club('Labe Fit', 'Europe/Prague', 'CZ', 'CZK', ${now()})::int as id`;
    await harness.sql`update core.clubs set booking_company_id = '1002' where club_id = ${other!.id}`;
    await post(envelope({ company_id: 1002 }));
    await post(envelope({ company_id: 1001, resource_id: 8 }));
    expect(await hints()).toMatchObject([
      { club_id: 1, external_id: '8' },
      { club_id: other!.id, external_id: '7' },
    ]);
  });

  it('of a club whose facts come from files gets no hints', async () => {
    await harness.sql`update core.clubs set booking_provider = 'csv'`;
    await post(envelope());
    expect(await hints()).toEqual([]);
    expect(logged()).toEqual(['company_refused']);
  });
});

describe('A hint', () => {
  it('that is repeated is stored once', async () => {
    await post(envelope());
    await post(envelope());
    at += 5 * 60_000;
    await post(envelope());
    expect(await hints()).toHaveLength(1);
    expect(lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual([
      'new',
      'known',
      'known',
    ]);
  });

  it('of another row, another operation or another moment is another', async () => {
    await post(envelope());
    await post(envelope({ resource_id: 8 }));
    await post(envelope({ status: 'delete' }));
    await post(envelope({ data: { last_change_date: '2026-03-11T10:00:01+0100' } }));
    expect(await hints()).toHaveLength(4);
  });

  it('without a date of its change is told apart by the minute', async () => {
    await post(envelope({ data: { id: 7 } }));
    await post(envelope({ data: [] }));
    expect(await hints()).toHaveLength(1);
    at += 60_000;
    await post(envelope({ data: { id: 7 } }));
    expect(await hints()).toHaveLength(2);
  });

  it('that could not be stored is answered 503', async () => {
    const failing = app({
      database: {
        call: () => Promise.reject(new DatabaseError('store_hint', undefined, true, 'fetch failed.')),
      },
    });
    expect(await post(envelope(), { to: failing })).toEqual({ status: 503, text: 'Not stored' });
    expect(logged()).toEqual(['storing_failed']);
  });
});
