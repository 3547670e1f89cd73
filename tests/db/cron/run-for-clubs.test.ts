import { afterEach, describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const LATER = '2026-06-15T10:10:00Z';

const failures = (campaign: Campaign) => clubs.sql`
  select step, first_failed_at, last_failed_at, times::int, message
  from stats.failures where club_id = ${campaign.club.id}`;

const rows = async (table: string, campaign: Campaign) => {
  const [counted] = await clubs.sql<{ rows: number }[]>`
    select count(*)::int as rows from ${clubs.sql(table)} where club_id = ${campaign.club.id}`;
  return counted!.rows;
};

/** Three who may be messaged, of whom the numbers of the second cannot be kept. */
async function threeClubs() {
  const campaigns = [];
  for (let ordinal = 0; ordinal < 3; ordinal += 1) {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.member('eva');
    campaigns.push(campaign);
  }
  const [first, failing, last] = campaigns as [Campaign, Campaign, Campaign];
  await clubs.sql.unsafe(`
    create function stats.fail() returns trigger language plpgsql set search_path = '' as $$
    begin
      if new.club_id = ${failing.club.id} then
        raise exception 'the disk is full';
      end if;
      return new;
    end
    $$;
    create trigger fails before insert on stats.client_stats for each row execute function stats.fail()`);
  return { first, failing, last };
}

const mend = () => clubs.sql`drop function if exists stats.fail cascade`;
afterEach(mend);

describe('a step for every club', () => {
  it('goes on with the others when one fails; that one is noted, counted, and forgotten once it succeeds', async () => {
    const { first, failing, last } = await threeClubs();
    await clubs.sql`select campaigns.tick(${NOON})`;
    for (const campaign of [first, last]) {
      expect(await rows('campaigns.drafts', campaign)).toBe(1);
      expect(await failures(campaign)).toEqual([]);
    }
    // Nothing of the failing club is half done.
    expect(await rows('campaigns.drafts', failing)).toBe(0);
    expect(await rows('stats.club_days', failing)).toBe(0);
    expect(await rows('stats.dirty_clients', failing)).toBeGreaterThan(0);
    expect(await failures(failing)).toEqual([
      {
        step: 'campaigns.tick_club',
        first_failed_at: new Date(NOON),
        last_failed_at: new Date(NOON),
        times: 1,
        message: 'the disk is full',
      },
    ]);

    await clubs.sql`select campaigns.tick(${LATER})`;
    expect(await failures(failing)).toMatchObject([
      { first_failed_at: new Date(NOON), last_failed_at: new Date(LATER), times: 2 },
    ]);

    await mend();
    await clubs.sql`select campaigns.tick(${LATER})`;
    expect(await failures(failing)).toEqual([]);
    expect(await rows('campaigns.drafts', failing)).toBe(1);
  });

  it('passes over a club whose mirror was never complete', async () => {
    const club = await clubs.open();
    await clubs.sql`select core.run_for_clubs('metrics.tick_club', ${NOON})`;
    const [kept] = await clubs.sql`
      select count(*)::int as rows from metrics.snapshots where club_id = ${club.id}`;
    expect(kept).toEqual({ rows: 0 });
    const [noted] =
      await clubs.sql`select count(*)::int as rows from stats.failures where club_id = ${club.id}`;
    expect(noted).toEqual({ rows: 0 });
  });

  it('may not be run by anyone but the schedule’s owner', async () => {
    const steps = [
      'core.run_for_clubs(text, timestamptz)',
      ...['campaigns.tick_club', 'metrics.tick_club', 'stats.compare_when_due'].map(
        (step) => `${step}(bigint, timestamptz)`,
      ),
      'campaigns.tick(timestamptz)',
    ];
    const allowed = await clubs.sql`
      select step, role
      from unnest(${steps}::text[]) as step
      cross join unnest(array['anon', 'authenticated', 'service_role', 'analyst']) as role
      where has_function_privilege(role, step, 'execute')`;
    expect(allowed).toEqual([]);
  });
});
