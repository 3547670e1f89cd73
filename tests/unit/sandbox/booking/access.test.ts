import { expect, test } from 'vitest';
import { credentials, headers, openClub } from './club-under-test.ts';

const club = openClub({ limits: { perSecond: 1000, perMinute: 100_000 } });

test.each([
  ['application/json', 400],
  ['*/*', 400],
  ['application/vnd.api.v2+json', 200],
  ['application/json, application/vnd.api.v2+json;q=0.9', 200],
])('Accept %s is answered %i', async (Accept, status) => {
  expect((await club.call('/groups', { headers: { Accept } })).status).toBe(status);
});

test.each([
  '',
  'Bearer partner-key',
  'Bearer partner-key,user-key',
  'Bearer partner-key, User wrong',
  'Bearer wrong, User user-key',
  'Bearer user-key, User partner-key',
])('the authorization "%s" is refused with the platform’s envelope', async (Authorization) => {
  const response = await club.call('/groups', { headers: { ...headers, Authorization } });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    success: false,
    data: null,
    meta: { message: 'Authentication needed.' },
  });
});

test('another company is not found and another chain is forbidden', async () => {
  expect((await club.get('/records/1002')).status).toBe(404);
  expect((await club.get('/company/1002/services')).status).toBe(404);
  expect((await club.get('/loyalty/abonements?company_id=1002&phone=420601000111')).status).toBe(404);
  expect((await club.get('/chain/502/loyalty/abonements')).status).toBe(403);
  expect((await club.get(`/chain/${credentials.chainId}/loyalty/abonements`)).status).toBe(200);
});

test('a path the platform does not have is 404 in an envelope', async () => {
  expect(await club.get('/no/such/thing')).toMatchObject({ status: 404, success: false, data: null });
});
