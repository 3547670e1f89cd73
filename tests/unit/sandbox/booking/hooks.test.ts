import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { WebhookQueue } from '../../../../stack/sandbox/delivery/webhook-queue.ts';
import { openClub } from './club-under-test.ts';
import type { ClubUnderTest, Json } from './club-under-test.ts';

const URL = 'http://127.0.0.1:9/booking-webhook/secret';
const EVERYTHING = {
  urls: [URL],
  active: 1,
  service: 1,
  service_category: 1,
  master: 1,
  client: 1,
  record: 1,
  goods_operations_sale: 1,
  finances_operation: 1,
};

let club: ClubUnderTest;
let queue: WebhookQueue;
let sent: { url: string; body: Json }[];
let status: number;

beforeEach(() => {
  const db = new DatabaseSync(':memory:');
  club = openClub({ db });
  sent = [];
  status = 200;
  queue = new WebhookQueue({ db, now: club.booking.now });
  club.booking.hooks.deliverThrough(queue, async (url, init) => {
    sent.push({ url: String(url), body: JSON.parse(String(init?.body)) });
    return new Response('', { status });
  });
});

/** What arrives once the platform's delay is over. */
async function delivered(): Promise<Json[]> {
  club.advance(5_000);
  await queue.deliverDue();
  return sent.splice(0).map(({ body }) => body);
}

const told = (envelopes: Json[]) => envelopes.map(({ resource, status: what }) => `${resource} ${what}`);
const newClient = async () =>
  (await club.control('POST', '/clients', { name: 'Eva', phone: '+420601000001' })).body.id as number;

describe('The settings of webhooks', () => {
  test('are off until they are set, and are what was set', async () => {
    expect(await club.get('/hooks_settings/1001')).toMatchObject({
      data: { urls: [], active: 0, record: 0 },
    });
    expect(await club.post('/hooks_settings/1001', EVERYTHING)).toMatchObject({
      status: 200,
      success: true,
      data: { urls: [URL], active: 1, record: 1, schedule: 0 },
    });
    expect(await club.get('/hooks_settings/1001')).toMatchObject({ data: { urls: [URL], active: 1 } });
  });

  test('of another company are not found, and nonsense is refused', async () => {
    expect(await club.post('/hooks_settings/1002', EVERYTHING)).toMatchObject({ status: 404 });
    expect(await club.post('/hooks_settings/1001', { urls: ['nowhere'] })).toMatchObject({ status: 422 });
    expect(await club.post('/hooks_settings/1001', { record: true })).toMatchObject({ status: 422 });
  });
});

describe('A webhook', () => {
  test('tells of every change at the desk, some seconds late', async () => {
    await club.post('/hooks_settings/1001', EVERYTHING);
    const clientId = await newClient();
    const { body: record } = await club.control('POST', '/visits', { clientId });
    await queue.deliverDue();
    expect(sent).toEqual([]);
    expect(await delivered()).toMatchObject([
      {
        company_id: 1001,
        resource: 'client',
        resource_id: clientId,
        status: 'create',
        data: { name: 'Eva' },
      },
      {
        company_id: 1001,
        resource: 'record',
        resource_id: record.id,
        status: 'create',
        // Numbers in the API.
        data: { attendance: 1, paid_full: false, deleted: false, last_change_date: expect.any(String) },
      },
    ]);

    await club.control('PATCH', `/records/${record.id}`, { attendance: -1 });
    await club.control('DELETE', `/records/${record.id}`);
    await club.control('PATCH', `/clients/${clientId}`, { smsNot: true });
    await club.control('POST', '/sales', { clientId, membershipTypeId: 301 });
    await club.control('DELETE', `/clients/${clientId}`);
    expect(told(await delivered())).toEqual([
      'record update',
      'record delete',
      'client update',
      'goods_operations_sale create',
      'finances_operation create',
      'client delete',
    ]);
  });

  test('of a sale names the card it made', async () => {
    await club.post('/hooks_settings/1001', EVERYTHING);
    const clientId = await newClient();
    const { body: sold } = await club.control('POST', '/sales', { clientId, membershipTypeId: 301 });
    await club.control('PATCH', `/sales/${sold.goodsId}`, { deleted: true });
    await club.control('PATCH', `/transactions/${sold.transactionId}`, { amount: 10 });
    expect((await delivered()).slice(1)).toMatchObject([
      { resource: 'goods_operations_sale', data: { loyalty_abonement_id: sold.membershipId } },
      { resource: 'finances_operation', resource_id: sold.transactionId, status: 'create' },
      { resource: 'goods_operations_sale', resource_id: sold.goodsId, status: 'delete' },
      {
        resource: 'finances_operation',
        status: 'update',
        data: { record_id: 0, sold_item_id: sold.goodsId },
      },
    ]);
  });

  test('tells of services, their categories and staff, and of no other list', async () => {
    await club.post('/hooks_settings/1001', EVERYTHING);
    await club.control('PUT', '/catalogue/services/7001', { title: 'Jóga' });
    await club.control('PUT', '/catalogue/service_categories/7002', {});
    await club.control('PUT', '/catalogue/staff/7003', { fired: 1 });
    await club.control('PUT', '/catalogue/membership_types/7004', {});
    await club.control('DELETE', '/catalogue/services/7001');
    expect(told(await delivered())).toEqual([
      'service create',
      'service_category create',
      'master create',
      'service delete',
    ]);
  });

  test('is not sent for a silent edit, for what nobody asked for, and while webhooks are off', async () => {
    const clientId = await newClient();
    await club.post('/hooks_settings/1001', { ...EVERYTHING, client: 0 });
    await club.control('PATCH', `/clients/${clientId}`, { name: 'Jana' });
    await club.post('/hooks_settings/1001', { ...EVERYTHING, active: 0 });
    await club.control('POST', '/visits', { clientId });
    await club.post('/hooks_settings/1001', EVERYTHING);
    await club.control('PATCH', `/clients/${clientId}`, { name: 'Petra', silent: true });
    expect(await delivered()).toEqual([]);
  });

  test('goes to every address once, taken or not', async () => {
    await club.post('/hooks_settings/1001', { ...EVERYTHING, urls: [URL, `${URL}-2`] });
    status = 503;
    await newClient();
    club.advance(5_000);
    await queue.deliverDue();
    expect(sent.map(({ url }) => url)).toEqual([URL, `${URL}-2`]);
    club.advance(3_600_000);
    await queue.deliverDue();
    expect(sent).toHaveLength(2);
    expect(queue.summary().booking).toMatchObject({ waiting: 0, delivered: 0, dropped: 2 });
  });

  test('that nobody answers is given up after 15 seconds', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await club.post('/hooks_settings/1001', EVERYTHING);
    await newClient();
    await delivered();
    expect(timeout).toHaveBeenCalledExactlyOnceWith(15_000);
    timeout.mockRestore();
  });
});
