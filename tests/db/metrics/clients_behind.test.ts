import { describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { busyClub } from './busy-club.ts';
import { CODES } from './values.ts';

const clubs = useClubs();

interface Behind {
  external_id: string;
  is_counted: boolean;
}

const behind = (club: Club, code: string, day: Day = club.today) => clubs.sql<Behind[]>`
  select external_id, is_counted from metrics.clients_behind(${club.id}, ${code}, ${day}) order by external_id`;

const counted = (rows: Behind[]) => rows.filter((row) => row.is_counted).map((row) => row.external_id);

const WITHOUT_CLIENTS = ['revenue_30d', 'arpu_30d', 'no_show_rate_30d'];

interface Rule {
  code: string;
  is_among: boolean;
  is_sum: boolean;
}

const rules = () => clubs.sql<Rule[]>`
  select code, among is not null as is_among, sums is not null as is_sum
  from metrics.definitions
  where coalesce(counts, sums) is not null
  order by position`;

/** One row per counted client makes the numerator, one per client the denominator; of a mean everybody is counted. */
async function expectWholeReading(club: Club, day: Day, when: string): Promise<void> {
  for (const { code, is_among, is_sum } of await rules()) {
    const reading = await club.metric(code, day);
    const rows = await behind(club, code, day);
    const said = `${code} ${when}`;
    expect(new Set(rows.map((row) => row.external_id)).size, said).toBe(rows.length);
    expect(rows.length, said).toBe(is_among ? reading.denominator : reading.value);
    expect(counted(rows).length, said).toBe(is_among && !is_sum ? reading.numerator : rows.length);
  }
}

describe('metrics.clients_behind', () => {
  it('names as many clients as the reading says, of every metric with a rule', async () => {
    const club = await busyClub(clubs);
    await expectWholeReading(club, club.today, 'replayed');
    await expectWholeReading(club, club.ago(30), 'on a past day');
    await club.refresh();
    await expectWholeReading(club, club.today, 'from the rollup');
    await club.visits('petr', [club.today]);
    await club.deleteClient('jan');
    await club.came('brand-new', [0]);
    await expectWholeReading(club, club.today, 'with clients waiting');
  });

  it('has clients behind each of the 26 but the money, what is divided by it, and bookings', async () => {
    const ruled = new Set((await rules()).map(({ code }) => code));
    expect(CODES.map(([code]) => code).filter((code) => !ruled.has(code))).toEqual(WITHOUT_CLIENTS);
  });

  it.each([...WITHOUT_CLIENTS, 'no_such_metric'])(
    'says of %s that no clients stand behind it',
    async (code) => {
      const club = await clubs.open();
      await expect(behind(club, code)).rejects.toThrow(
        `No clients stand behind "${code}": ask for a metric whose rule is over clients`,
      );
    },
  );

  it('says who: of a share those it is of and those it counts, deleted clients never', async () => {
    const club = await clubs.open();
    await club.came('stayed', [40, 10]);
    await club.came('left', [40]);
    await club.came('new', [1]);
    await club.came('deleted', [40, 10]);
    await club.deleteClient('deleted');
    expect(await behind(club, 'retention_30d')).toEqual([
      { external_id: 'left', is_counted: false },
      { external_id: 'stayed', is_counted: true },
    ]);
    expect(await behind(club, 'retention_30d', club.ago(20))).toEqual([]);
    expect(counted(await behind(club, 'active_30d'))).toEqual(['new', 'stayed']);
    expect(counted(await behind(club, 'active_30d', club.ago(20)))).toEqual(['left', 'stayed']);
  });

  it('follows the thresholds of the club', async () => {
    const club = await clubs.open();
    for (const [name, minor, visits] of [
      ['a', 100, [1]],
      ['b', 200, [1, 2]],
    ] as const) {
      await club.came(name, [...visits]);
      await club.payment(name, club.today, minor);
    }
    expect(counted(await behind(club, 'high_ltv'))).toEqual(['b']);
    expect(counted(await behind(club, 'core_clients'))).toEqual([]);
    await club.set({ vip_threshold_minor: 100, core_min_visits: 2 });
    expect(counted(await behind(club, 'high_ltv'))).toEqual(['a', 'b']);
    expect(counted(await behind(club, 'core_clients'))).toEqual(['b']);
  });

  it('shows operators the clients of their own clubs only, by name', async () => {
    const club = await clubs.open();
    await club.came('eva', [1]);
    await club.client('eva', { name: 'Eva Malá' });
    const strange = await clubs.open();
    const asked = (userId: string) =>
      asPerson(
        clubs.sql,
        userId,
        (session) =>
          session`select name, is_counted from api.clients_behind(${club.id}, 'active_30d', ${club.today})`,
      );
    expect([...(await asked(await operator(clubs.sql, club.id, 'operator')))]).toEqual([
      { name: 'Eva Malá', is_counted: true },
    ]);
    expect([...(await asked(await operator(clubs.sql, strange.id, 'owner')))]).toEqual([]);
  });
});
