import postgres from 'postgres';
import { expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, asRole, operator } from '../session.ts';

const clubs = useClubs();

const REPORTS: [string, string][] = [
  ['first_visit_cohorts', ''],
  ['trial_funnel', ', p_from => $2::date - 100, p_until => $2'],
  ['trial_dropouts', ', p_from => $2::date - 100, p_until => $2'],
  ['onboarding_curve', ''],
  ['visit_hours', ''],
  ['personal_training', ''],
  ['revenue_by_kind', ''],
];

it.each(REPORTS)('%s comes with when it was computed and until when the data reach', async (name, rest) => {
  const club = await clubs.open();
  await club.came('ann', [500, 499, 60]);
  await club.came('bob', [60]);
  await Campaign.start(club);
  const [sync] = await clubs.sql`select crm.last_good_sync(${club.id}) as at`;
  expect(sync!.at).not.toBeNull();
  const person = await operator(clubs.sql, club.id, 'analyst');
  const read = (schema: string) =>
    asPerson(clubs.sql, person, (sql) =>
      sql.unsafe(`select * from ${schema}.${name}(p_club_id => $1, p_as_of => $2${rest})`, [
        club.id,
        club.today,
      ]),
    );
  const rows = await read('api');
  expect(rows.length).toBeGreaterThan(0);
  for (const { computed_at: computedAt, data_until: dataUntil } of rows) {
    expect(computedAt).toBeInstanceOf(Date);
    expect(dataUntil).toEqual(sync!.at);
  }
  expect(rows.map(({ computed_at: _at, data_until: _until, ...row }) => row)).toEqual([
    ...(await read('metrics')),
  ]);
});

it.each(REPORTS)('%s shows a stranger nothing of a club, and anonymous no door', async (name, rest) => {
  const club = await clubs.open();
  await club.came('ann', [500, 60], { kinds: ['personal'] });
  await club.payment('ann', club.ago(3), 100);
  const call = `select * from api.${name}(p_club_id => $1, p_as_of => $2${rest})`;
  const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
  const rows = await asPerson(clubs.sql, stranger, (sql) => sql.unsafe(call, [club.id, club.today]));
  const numbers = rows.flatMap((row) =>
    ['clients', 'visits', 'visits_30d', 'pt_churn', 'amount_minor'].map((column) => Number(row[column] ?? 0)),
  );
  expect(numbers.filter((number) => number !== 0)).toEqual([]);
  await expect(asRole(clubs.sql, 'anon', (sql) => sql.unsafe(call, [club.id, club.today]))).rejects.toThrow(
    'permission denied',
  );
});

it.each(REPORTS)('%s is open to the analyst role', async (name, rest) => {
  const club = await clubs.open();
  await club.came('ann', [500, 60, 3], { kinds: ['personal'] });
  await club.payment('ann', club.ago(3), 100, { booking_external_id: '1', sale_external_id: '2' });
  const call = `select * from metrics.${name}(p_club_id => $1, p_as_of => $2${rest})`;
  const asOwner = await clubs.sql.unsafe(call, [club.id, club.today]);
  // Only a superuser may take the role.
  const admin = postgres(clubs.database.adminUrl, { max: 1 });
  try {
    const rows = await asRole(admin, 'analyst', (sql) => sql.unsafe(call, [club.id, club.today]));
    expect([...rows]).toEqual([...asOwner]);
  } finally {
    await admin.end();
  }
});
