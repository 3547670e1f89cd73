import { describe, expect, it } from 'vitest';
import { NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { BacktestClub } from './backtest-club.ts';

const clubs = useClubs();

/** How many days ago the replays begin: a few weeks tell as much as a year. */
const FIRST = 36;

interface Backtest {
  state: string;
  next: string;
  error: string | null;
  finished: boolean;
}

async function stateOf(club: Club, backtest: number): Promise<Backtest | undefined> {
  const rows = await clubs.sql<Backtest[]>`
    select state, next_date::text as next, error, finished_at is not null as finished
    from campaigns.backtests where club_id = ${club.id} and backtest_id = ${backtest}`;
  return rows[0];
}

/** Over all months. */
async function sums(club: Club, backtest: number) {
  return clubs.sql`
    select
      scenario, sum(fitting)::int as fitting, sum(messaged)::int as messaged, sum(followed)::int as followed,
      sum(returned)::int as returned, sum(returned_contacted)::int as contacted,
      sum(met_cooldown)::int as met_cooldown, sum(met_cap)::int as met_cap
    from campaigns.backtest_summary(${club.id}, ${backtest}) group by scenario order by scenario`;
}

/** Eva came back by herself 64 days after a visit, Ida has been away for 90 days and Jan for 62. */
async function start(): Promise<BacktestClub> {
  const past = await BacktestClub.start(await clubs.open());
  await past.campaign.member('eva', [600, 95, 31]);
  await past.campaign.member('ida', [600, 90]);
  await past.campaign.member('jan', [600, 62]);
  return past;
}

describe('a backtest', () => {
  it('says who would have been messaged on which day and who came back by themselves', async () => {
    const past = await start();
    const { club } = past;
    const id = await past.replay('reactivation', past.club.ago(FIRST));
    expect(await past.outcomes(id)).toMatchObject([
      { client: 'eva', day: club.ago(35), outcome: 'messaged', returned: club.ago(31) },
      { client: 'ida', day: club.ago(30), outcome: 'messaged', returned: null },
      { client: 'jan', day: club.ago(2), outcome: 'messaged', returned: null },
    ]);
    // Jan's two weeks are not over.
    expect(await sums(club, id)).toMatchObject([
      { scenario: 'reactivation', fitting: 3, messaged: 3, followed: 2, returned: 1, contacted: 0 },
    ]);
    expect(await stateOf(club, id)).toEqual({
      ...{ state: 'done', next: club.today, error: null, finished: true },
    });
  });

  it('counts by month, with the reasons of those who would have got nothing', async () => {
    const past = await start();
    await past.campaign.member('petr', [600, 61], { phone: null });
    const id = await past.replay('reactivation', past.club.ago(FIRST));
    const rows = await clubs.sql`
      select month::text, fitting::int, messaged::int, skipped from campaigns.backtest_summary(${past.club.id}, ${id})`;
    expect(rows).toEqual([
      { month: '2026-05-01', fitting: 2, messaged: 2, skipped: {} },
      { month: '2026-06-01', fitting: 2, messaged: 1, skipped: { no_phone: 1 } },
    ]);
  });

  it('tells who came back by themselves from who had a message then', async () => {
    const past = await start();
    await past.campaign.contacted('eva', `${past.club.ago(33)}T10:00:00Z`, 'birthday');
    const id = await past.replay('reactivation', past.club.ago(FIRST));
    expect(await sums(past.club, id)).toMatchObject([{ returned: 1, contacted: 1 }]);
  });

  it('does not count a message after the return, nor the contacts of earlier', async () => {
    const past = await start();
    for (const days of [36, 30])
      await past.campaign.contacted('eva', `${past.club.ago(days)}T10:00:00Z`, 'birthday');
    const id = await past.replay('reactivation', past.club.ago(FIRST));
    expect(await sums(past.club, id)).toMatchObject([{ messaged: 3, returned: 1, contacted: 0 }]);
  });

  it('counts who was held up by the cooldown or the cap, also when the message went out later', async () => {
    const past = await BacktestClub.start(await clubs.open());
    await past.club.set({ frequency_cap: 1 });
    await past.campaign.member('eva', [600]);
    await past.club.visits('eva', [past.club.ago(66), past.club.ago(65)], { kinds: ['personal'] });
    const id = await past.replay(null, past.club.ago(FIRST));
    expect(await past.outcomes(id)).toMatchObject([
      { scenario: 'pt_dropout', day: past.club.ago(34), outcome: 'messaged' },
      { scenario: 'reactivation', day: past.club.ago(4), outcome: 'messaged', met_cap: true },
    ]);
    expect(await sums(past.club, id)).toMatchObject([{ met_cap: 0 }, { messaged: 1, met_cap: 1 }]);
  });

  it('takes consents and opt-outs as they are today, and bookings as they were known on the day', async () => {
    const past = await start();
    await past.campaign.suppress('jan');
    // Booked before she had been away for 60 days: she was expected, whatever became of it.
    await past.club.booking('eva', past.club.ago(30), {
      status: 'no_show',
      madeAt: `${past.club.ago(40)}T10:00:00Z`,
    });
    const id = await past.replay('reactivation', past.club.ago(FIRST));
    expect(await past.outcomes(id)).toMatchObject([
      { client: 'eva', day: past.club.ago(35), outcome: 'came_back' },
      { client: 'ida', day: past.club.ago(30), outcome: 'messaged' },
      { client: 'jan', outcome: 'suppressed' },
    ]);
  });

  it('replays a scenario that is switched off, and leaves it out of all together', async () => {
    const past = await start();
    await clubs.sql`
      insert into campaigns.club_scenarios (club_id, scenario, is_enabled)
      values (${past.club.id}, 'reactivation', false)`;
    expect(await past.outcomes(await past.replay('reactivation', past.club.ago(FIRST)))).toHaveLength(3);
    const together = await past.outcomes(await past.replay(null, past.club.ago(FIRST)));
    expect(together.map(({ scenario }) => scenario)).not.toContain('reactivation');
  });

  it('plans nothing and sends nothing', async () => {
    const past = await start();
    await past.replay(null, past.club.ago(FIRST));
    const [row] = await clubs.sql`
      select
        (select count(*)::int from campaigns.drafts where club_id = ${past.club.id}) as drafts,
        (select count(*)::int from campaigns.skips where club_id = ${past.club.id}) as skips,
        (select count(*)::int from campaigns.contacts where club_id = ${past.club.id}) as contacts`;
    expect(row).toEqual({ drafts: 0, skips: 0, contacts: 0 });
  });
});

describe('the schedule of backtests', () => {
  it('goes on where it stopped, and ends with the same as in one go', async () => {
    const past = await start();
    const { club } = past;
    const atOnce = await past.outcomes(await past.replay('reactivation', club.ago(36), club.ago(28)));
    const id = await past.request('reactivation', club.ago(36), club.ago(28));
    for (let day = 35; day > 28; day -= 1) {
      expect(await past.run(1)).toBe(1);
      expect(await stateOf(club, id)).toMatchObject({ state: 'running', next: club.ago(day) });
    }
    while ((await stateOf(club, id))!.state === 'running') expect(await past.run(1)).toBe(1);
    expect(await past.outcomes(id)).toEqual(atOnce);
    expect(atOnce).toHaveLength(2);
    expect(await past.run(1)).toBe(0);
  });

  it('takes the one asked for first, of its own club', async () => {
    const past = await start();
    const other = await start();
    const first = await past.request('reactivation', past.club.ago(3));
    const second = await past.request('birthday', past.club.ago(3));
    await other.run();
    await past.run();
    expect(await stateOf(past.club, first)).toMatchObject({ state: 'done' });
    expect(await stateOf(past.club, second)).toMatchObject({ state: 'running' });
  });

  it('keeps why one failed, and its days; it may be asked for again', async () => {
    const past = await start();
    const id = await past.request('reactivation', past.club.ago(FIRST));
    await clubs.sql`alter table campaigns.backtest_contacts add constraint full_disk check (outcome <> 'messaged') not valid`;
    expect(await past.run()).toBe(0);
    await clubs.sql`alter table campaigns.backtest_contacts drop constraint full_disk`;
    const failed = await stateOf(past.club, id);
    expect(failed).toMatchObject({ state: 'failed', next: past.club.ago(FIRST), finished: true });
    expect(failed!.error).toContain('full_disk');
    expect(await past.outcomes(await past.replay('reactivation', past.club.ago(FIRST)))).toHaveLength(3);
  });

  it('keeps the newest answer to a question only', async () => {
    const past = await start();
    const [old, other] = [
      await past.replay('reactivation', past.club.ago(3)),
      await past.replay('birthday', past.club.ago(3)),
    ];
    const newest = await past.replay('reactivation', past.club.ago(3));
    const states = await Promise.all([old, other, newest].map((id) => stateOf(past.club, id)));
    expect(states).toMatchObject([undefined, { state: 'done' }, { state: 'done' }]);
  });
});

describe('asking for a backtest', () => {
  it('while the same one runs gives that one', async () => {
    const past = await start();
    const [first, again] = await Promise.all([past.request('reactivation'), past.request('reactivation')]);
    expect(again).toBe(first);
    expect(await past.request(null)).not.toBe(first);
    const asked = await clubs.sql`
      select detail ->> 'from_date' as from, detail ->> 'until_date' as until, happened_at
      from core.audit_log where club_id = ${past.club.id} and action = 'backtest.requested' and object = ${`backtest:${first}`}`;
    expect(asked).toEqual([
      { from: past.club.ago(365), until: past.club.ago(1), happened_at: new Date(NOON) },
    ]);
  });

  it.each(['one_off', 'nonsense'])('is refused for %s', async (scenario) => {
    const past = await start();
    await expect(past.request(scenario)).rejects.toThrow(
      `Scenario "${scenario}" can not be replayed: choose one of birthday, milestone, pt_dropout, last_chance, reactivation, or none for all that are switched on.`,
    );
  });
});
