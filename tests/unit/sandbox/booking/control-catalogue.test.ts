import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';

test.each([
  ['services', '/company/1001/services', 101, { title: 'Box' }],
  ['service_categories', '/company/1001/service_categories', 22, { title: 'Bojové sporty' }],
  ['staff', '/company/1001/staff', 208, { name: 'Eva Malá', fired: 1 }],
  ['membership_types', '/company/1001/loyalty/abonement_types/search', 306, { title: '20 vstupů' }],
  ['loyalty_programmes', '/company/1001/loyalty/programs/search', 503, { title: 'Sleva pro seniory' }],
] as const)('of %s one is added, one changed and one taken away', async (list, path, known, changes) => {
  const club = openClub();
  const ids = async () => rowsOf(await club.get(path)).map(({ id }) => Number(id));
  const before = await ids();
  await club.control('PUT', `/catalogue/${list}/9001`, changes);
  await club.control('PUT', `/catalogue/${list}/${known}`, changes);
  const shown = rowsOf(await club.get(path)).filter(({ id }) => [9001, known].includes(Number(id)));
  expect(shown).toMatchObject([changes, changes]);
  await club.control('DELETE', `/catalogue/${list}/${known}`);
  expect(await ids()).toEqual([...before.filter((id) => id !== known), 9001]);
  expect((await club.control('DELETE', `/catalogue/${list}/77`)).status).toBe(404);
  expect((await club.control('PUT', `/catalogue/${list}/77`, { colour: 'red' })).status).toBe(400);
});

test('a service taken away is still named by the bookings of it', async () => {
  const club = openClub();
  await club.control('PUT', '/catalogue/services/150', { title: 'Sauna' });
  const booking = { clientId: 10_001, serviceId: 150, startsAt: '2026-03-12T18:00:00' };
  const { body } = await club.control('POST', '/records', booking);
  await club.control('DELETE', '/catalogue/services/150');
  expect((await club.get(`/record/1001/${body.id}`)).data).toMatchObject({
    services: [{ id: 150, title: 'Sauna' }],
  });
});

test('the changes outlive a restart, and another club begins without them', async () => {
  const first = openClub();
  await first.control('PUT', '/catalogue/services/150', { title: 'Sauna' });
  const second = openClub({ db: first.db });
  const has = async () => rowsOf(await second.get('/company/1001/services')).some(({ id }) => id === 150);
  expect(await has()).toBe(true);
  await second.control('POST', '/load', { clients: 20, visits: 100 });
  expect(await has()).toBe(false);
});
