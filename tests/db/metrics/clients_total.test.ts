import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('counts everyone not deleted, whether they ever came or not, the same on every day', async () => {
  const club = await clubs.open();
  await club.came('eva', [3]);
  await club.client('never');
  await club.came('deleted', [3]);
  await club.deleteClient('deleted');
  expect((await club.metric('clients_total')).value).toBe(2);
  expect((await club.metric('clients_total', '2019-01-01')).value).toBe(2);
});

it('counts a client who is back on the platform again', async () => {
  const club = await clubs.open();
  await club.client('back');
  await club.deleteClient('back');
  await club.client('back');
  expect((await club.metric('clients_total')).value).toBe(1);
});

it('does not count one of whom only bookings and payments are known', async () => {
  const club = await clubs.open();
  await club.booking('unknown', club.ago(1));
  await club.payment('unknown', club.ago(1), 100);
  expect((await club.metric('clients_total')).value).toBe(0);
});
