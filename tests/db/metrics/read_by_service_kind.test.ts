import { describe, expect, it } from 'vitest';
import type { BookingFields, Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { CODES } from './values.ts';
import type { Code } from './values.ts';

const clubs = useClubs();

const KINDS = ['trial', 'group', 'personal', 'open', 'other'];

const WITH_KINDS: Code[] = [
  'new_clients_7d',
  'new_clients_30d',
  'active_7d',
  'active_30d',
  'core_clients',
  'early_churn',
  'retention_30d',
  'visits_per_active',
  'no_show_rate_30d',
];

interface KindReading {
  service_kind: string;
  code: Code;
  value: number | null;
  numerator: number;
  denominator: number | null;
  sample_size: number;
}

const byKind = (club: Club, day: Day = club.today) => clubs.sql<KindReading[]>`
  select service_kind, code, value::float8, numerator::float8, denominator::float8, sample_size::int
  from metrics.read_by_service_kind(${club.id}, ${day})`;

const all = (club: Club, day: Day = club.today) => clubs.sql<Omit<KindReading, 'service_kind'>[]>`
  select code, value::float8, numerator::float8, denominator::float8, sample_size::int
  from metrics.read_all(${club.id}, ${day}) where code in (select code from metrics.definitions where has_service_kinds)`;

const without = new Set<string>(CODES.map(([code]) => code).filter((code) => !WITH_KINDS.includes(code)));

/** Everybody in the club, and of what happened only what these kinds let through. */
async function clubOf(kinds: string[]): Promise<Club> {
  const club = await clubs.open();
  const booked: [string, number, string[], BookingFields['status']?][] = [
    ['eva', 1, ['group']],
    ['eva', 2, ['group', 'personal']],
    ['eva', 3, ['group']],
    ['eva', 4, ['group']],
    ['eva', 40, ['personal']],
    ['ivan', 45, ['trial', 'group']],
    ['ivan', 10, ['group']],
    ['jan', 50, ['group'], 'no_show'],
    ['jan', 5, ['open'], 'no_show'],
    ['jan', 6, ['open']],
    ['olga', 80, ['group']],
    ['olga', 3, ['other']],
  ];
  for (const name of ['eva', 'ivan', 'jan', 'olga']) await club.client(name);
  // The first of personal, trial, group, open, other among its services is the booking's kind.
  const kindOf = (services: string[]) =>
    ['personal', 'trial', 'group', 'open', 'other'].find((kind) => services.includes(kind))!;
  for (const [name, daysAgo, services, status] of booked)
    if (kinds.includes(kindOf(services)))
      await club.booking(name, club.ago(daysAgo), { kinds: services, ...(status && { status }) });
  await club.booking(null, club.ago(1), { kinds: kinds.slice(0, 1), status: 'no_show' });
  return club;
}

describe('metrics.read_by_service_kind', () => {
  it.each(KINDS)('reads a club as if it had only visits of kind %s', async (kind) => {
    const club = await clubOf([kind, ...KINDS.filter((other) => other !== kind)]);
    const alone = await clubOf([kind]);
    for (const day of [club.today, club.ago(20), club.ago(-30)]) {
      const readings = (await byKind(club, day)).filter((reading) => reading.service_kind === kind);
      const expected = (await all(alone, day)).map((reading) => ({ service_kind: kind, ...reading }));
      expect([...readings], day).toEqual(expected);
    }
  });

  it('has a row for each kind of each metric that has kinds, in order, and for no other metric', async () => {
    const club = await clubs.open();
    const rows = await byKind(club);
    const ofThe26 = rows.filter(({ code }) => WITH_KINDS.includes(code));
    expect(ofThe26.map(({ code, service_kind }) => [code, service_kind])).toEqual(
      WITH_KINDS.flatMap((code) => KINDS.map((kind) => [code, kind])),
    );
    expect(rows.filter(({ code }) => without.has(code))).toEqual([]);
    for (const { code, value } of ofThe26)
      expect(value, code).toBe(/^(retention|visits_per|no_show)/.test(code) ? null : 0);
  });

  it('counts who is new to the kind, not to the club, and misses by the kind that was missed', async () => {
    const club = await clubOf(KINDS);
    const values = new Map(
      (await byKind(club)).map(({ code, service_kind, value }) => [`${code} ${service_kind}`, value]),
    );
    expect(values.get('new_clients_30d group'), 'eva; ivan came to a trial before').toBe(2);
    expect(values.get('new_clients_7d other'), 'olga, of the classes').toBe(1);
    expect(values.get('core_clients group'), 'eva, without her personal training').toBe(1);
    expect(values.get('retention_30d personal')).toBe(1);
    expect(values.get('retention_30d trial')).toBe(0);
    expect(values.get('no_show_rate_30d open')).toBe(1 / 2);
    expect(values.get('no_show_rate_30d trial'), 'one of nobody, missed').toBe(1);
    expect(values.get('no_show_rate_30d personal')).toBe(0);
  });

  it('follows an operator’s choice of a kind', async () => {
    const club = await clubs.open();
    await club.came('eva', [1], { kinds: ['open'] });
    await clubs.sql`select crm.set_service_kind(${club.id}, 'open', 'group')`;
    const active = (await byKind(club)).filter(({ code, value }) => code === 'active_30d' && value === 1);
    expect(active.map(({ service_kind }) => service_kind)).toEqual(['group']);
  });
});
