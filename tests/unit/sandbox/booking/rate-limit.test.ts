import { expect, test } from 'vitest';
import { openClub } from './club-under-test.ts';

test('the sixth call within a second is refused, and one a second after the first is not', async () => {
  const club = openClub();
  for (let call = 0; call < 5; call += 1) expect((await club.call('/groups')).status).toBe(200);
  club.advance(999);
  expect((await club.call('/groups')).status).toBe(429);
  club.advance(1);
  expect(await (await club.call('/groups')).json()).toMatchObject({ success: true });
});

test('the 201st call within a minute is refused however evenly it comes', async () => {
  const club = openClub();
  for (let call = 0; call < 200; call += 1) {
    expect((await club.call('/groups')).status).toBe(200);
    club.advance(250);
  }
  expect((await club.call('/groups')).status).toBe(429);
  club.advance(10_000);
  expect((await club.call('/groups')).status).toBe(200);
});

test('turning the club’s clock back does not shut callers out', async () => {
  let now = Date.parse('2026-03-11T09:00:00Z');
  let elapsed = 0;
  const club = openClub({ now: () => new Date(now), elapsed: () => elapsed });
  for (let call = 0; call < 5; call += 1) await club.call('/groups');
  now -= 86_400_000;
  expect((await club.call('/groups')).status).toBe(429);
  elapsed += 1_000;
  expect(await (await club.call('/groups')).json()).toMatchObject({ success: true });
});

test('over the limit the platform answers 429 and every other time 200 with success false', async () => {
  const club = openClub();
  for (let call = 0; call < 5; call += 1) await club.call('/groups');
  const refused = [await club.call('/groups'), await club.call('/groups'), await club.call('/groups')];
  expect(refused.map(({ status }) => status)).toEqual([429, 200, 429]);
  for (const response of refused) {
    expect(await response.json()).toEqual({
      success: false,
      data: null,
      meta: { message: 'Превышен лимит запросов, попробуйте повторить запрос через 0 секунд.' },
    });
  }
});

test('each address has a budget of its own, whatever tokens it sends', async () => {
  const club = openClub();
  for (let call = 0; call < 6; call += 1) await club.call('/groups', { headers: { Authorization: 'none' } });
  expect((await club.call('/groups')).status).not.toBe(401);
  expect((await club.call('/groups', { headers: { 'x-peer': '10.0.0.2' } })).status).toBe(200);
});

test('the most calls seen in any second and minute are reported, refused ones included', async () => {
  const club = openClub();
  for (let call = 0; call < 7; call += 1) await club.call('/groups');
  club.advance(2_000);
  await club.call('/groups');
  expect((await club.control('GET', '/state')).body.rate).toEqual({
    arrived: 8,
    refused: 2,
    peakPerSecond: 7,
    peakPerMinute: 8,
  });
});
