import { describe, expect, it } from 'vitest';
import type { Campaign } from '../campaign.ts';
import { NOON, SCENARIOS } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { earningClub, modeOf, remember } from '../decision-history.ts';

const clubs = useClubs();

const start = async (settings: Record<string, string | number | boolean> = {}) =>
  earningClub(await clubs.open(), { is_autonomy_on: false, ...settings });

const change = ({ club }: Campaign, scenario: string | null, mode: string | null) =>
  clubs.sql`select campaigns.change_delivery_mode(${club.id}, ${scenario}, ${mode}, 'operator:eva', ${NOON})`;

const enable = async ({ club, now }: Campaign, isEnabled: boolean | null, scenario = 'reactivation') => {
  const [row] = await clubs.sql<{ voided: number }[]>`
    select campaigns.enable_scenario(${club.id}, ${scenario}, ${isEnabled}, 'operator:eva', ${now})::int as voided`;
  return row!.voided;
};

const auditOf = ({ club }: Campaign) => clubs.sql`
  select actor, action, object, detail from core.audit_log where club_id = ${club.id} order by audit_id`;

const planned = async ({ club }: Campaign) =>
  clubs.sql<{ mode: string; status: string }[]>`
    select concat(delivery_mode, ' by ', mode_basis) as mode, status from campaigns.drafts
    where club_id = ${club.id} and why <> 'test' order by planned_at`;

/** Enough approvals that the scenario sends by itself in Czech. */
async function autonomous(settings: Record<string, string | number | boolean> = {}): Promise<Campaign> {
  const campaign = await start({ is_autonomy_on: true, autonomy_min_approvals: 1, ...settings });
  await remember(campaign, [{ outcome: 'approved' }]);
  return campaign;
}

describe('who approves', () => {
  it('is told for every automated scenario in every language', async () => {
    const { club } = await start();
    const rows = await clubs.sql<{ scenario: string; delivery_mode: string; basis: string }[]>`
      select scenario, delivery_mode, basis from campaigns.delivery_modes(${club.id}, ${NOON})`;
    expect(rows).toHaveLength(SCENARIOS.length * 5);
    expect(new Set(rows.map(({ scenario }) => scenario))).toEqual(new Set(SCENARIOS));
    expect(rows.every(({ delivery_mode, basis }) => delivery_mode === 'moderation' && basis === 'club')).toBe(
      true,
    );
  });

  it('is the club’s to say, the scenario’s before that, and earned where both leave it to a person', async () => {
    const campaign = await autonomous();
    expect(await modeOf(campaign)).toBe('notification by earned');
    expect(await modeOf(campaign, 'uk')).toBe('moderation by club');
    await change(campaign, null, 'notification');
    expect(await modeOf(campaign)).toBe('notification by club');
    await change(campaign, 'reactivation', 'moderation');
    // A person asked for approval: what was earned does not overrule them.
    expect(await modeOf(campaign)).toBe('moderation by scenario');
    expect(await modeOf(campaign, 'cs', 'birthday')).toBe('notification by club');
    await change(campaign, null, 'moderation');
    expect(await modeOf(campaign)).toBe('moderation by scenario');
    await change(campaign, 'reactivation', null);
    expect(await modeOf(campaign)).toBe('notification by earned');
  });
});

describe('a switch of the mode', () => {
  it('between planning and drafting changes nothing for what is planned, and everything from the next planning', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.plan();
    await change(campaign, null, 'notification');
    await campaign.write();
    expect(await campaign.draft('eva')).toMatchObject({ status: 'pending' });
    await campaign.pass(1);
    await campaign.member('jan');
    await campaign.plan();
    await change(campaign, null, 'moderation');
    await campaign.write();
    expect(await campaign.draft('jan')).toMatchObject({
      status: 'approved',
      decided_by: 'system:notification',
    });
    expect(await planned(campaign)).toEqual([
      { mode: 'moderation by club', status: 'pending' },
      { mode: 'notification by club', status: 'approved' },
    ]);
  });

  it('is audited with what was before and after, and is none when it is so already', async () => {
    const campaign = await start();
    await change(campaign, null, 'notification');
    await change(campaign, null, 'notification');
    await change(campaign, 'birthday', 'moderation');
    await change(campaign, 'birthday', 'moderation');
    await change(campaign, 'birthday', null);
    const by = { actor: 'operator:eva' };
    const scenario = { ...by, action: 'scenario.delivery_mode_changed', object: 'scenario:birthday' };
    expect(await auditOf(campaign)).toEqual([
      {
        ...by,
        action: 'settings.changed',
        object: `club:${campaign.club.id}`,
        detail: { before: { delivery_mode: 'moderation' }, after: { delivery_mode: 'notification' } },
      },
      { ...scenario, detail: { before: { delivery_mode: null }, after: { delivery_mode: 'moderation' } } },
      { ...scenario, detail: { before: { delivery_mode: 'moderation' }, after: { delivery_mode: null } } },
    ]);
  });

  it('keeps what else the club chose about the scenario', async () => {
    const campaign = await start();
    const { id } = campaign.club;
    await clubs.sql`insert into campaigns.club_scenarios values (${id}, 'birthday', false, null, true)`;
    await change(campaign, 'birthday', 'notification');
    await enable(campaign, true, 'birthday');
    const rows = await clubs.sql`
      select is_enabled, delivery_mode, includes_do_not_wake from campaigns.club_scenarios where club_id = ${id}`;
    expect(rows).toEqual([{ is_enabled: true, delivery_mode: 'notification', includes_do_not_wake: true }]);
  });

  it.each([
    ['spring', 'moderation', 'Scenario "spring" is unknown: choose one of birthday, milestone,'],
    ['one_off', 'moderation', 'Scenario "one_off" is unknown'],
    ['birthday', 'pigeon', 'must be moderation (a person approves each message), notification'],
    [null, 'pigeon', 'The delivery mode must be moderation'],
    [null, null, 'delivery_mode may not be empty'],
  ])('of %s to %s is refused: %s', async (scenario, mode, sentence) => {
    const campaign = await start();
    await expect(change(campaign, scenario, mode)).rejects.toThrow(sentence);
    expect(await auditOf(campaign)).toEqual([]);
  });
});

describe('a scenario that earned its autonomy', () => {
  it('sends by itself, and what it planned stays so when it loses it', async () => {
    const campaign = await autonomous({ autonomy_sample_share: 0 });
    await campaign.member('eva');
    await campaign.plan();
    await remember(campaign, [{ outcome: 'rejected', minutesAgo: 0 }]);
    await campaign.write();
    expect(await campaign.draft('eva')).toMatchObject({
      status: 'approved',
      decided_by: 'system:notification',
    });
    await campaign.pass(1);
    await campaign.member('jan');
    await campaign.plan();
    expect(await planned(campaign)).toEqual([
      { mode: 'notification by earned', status: 'approved' },
      { mode: 'moderation by club', status: 'planned' },
    ]);
  });

  it('still shows a sample to a person', async () => {
    const campaign = await autonomous({ autonomy_sample_share: 1 });
    await campaign.member('eva');
    await campaign.plan();
    await campaign.write();
    expect(await planned(campaign)).toEqual([{ mode: 'moderation by sample', status: 'pending' }]);
  });

  it('is sampled at the club’s share, the same ones each time, and no others in another scenario’s or club’s place', async () => {
    const [row] = await clubs.sql`
      select
        count(*) filter (where campaigns.is_sample(7, 'birthday', client, '2026', 0.05))::int as sampled,
        count(*) filter (where campaigns.is_sample(7, 'birthday', client, '2026', 0.05)
          and campaigns.is_sample(7, 'birthday', client, '2026', 0.2))::int as within,
        count(*) filter (where campaigns.is_sample(7, 'birthday', client, '2026', 0.05)
          and campaigns.is_sample(7, 'milestone', client, '2026', 0.05))::int as both,
        bool_or(campaigns.is_sample(7, 'birthday', client, '2026', 0)) as none,
        bool_and(campaigns.is_sample(7, 'birthday', client, '2026', 1)) as whole
      from generate_series(1, 20000) as client`;
    // Four standard deviations either side of 1,000; of independent draws 50 are in both.
    expect(row!.sampled).toBeGreaterThan(876);
    expect(row!.sampled).toBeLessThan(1_124);
    expect(row!.within).toBe(row!.sampled);
    expect(row!.both).toBeLessThan(100);
    expect(row).toMatchObject({ none: false, whole: true });
  });
});

describe('a scenario that is switched off', () => {
  it('voids what it planned, with a reason that is kept, and plans nothing until it is on again', async () => {
    const campaign = await start();
    for (const name of ['eva', 'jan']) await campaign.member(name);
    await campaign.plan();
    await campaign.write();
    await campaign.decide('eva');
    expect(await enable(campaign, false)).toBe(2);
    for (const name of ['eva', 'jan']) {
      expect(await campaign.draft(name)).toMatchObject({
        status: 'cancelled',
        decision_reason: 'switched_off',
      });
      expect(await campaign.skip(name)).toBe('switched_off');
    }
    await campaign.pass(1);
    expect(await campaign.plan()).toMatchObject({ planned: 0 });
    expect(await enable(campaign, true)).toBe(0);
    await campaign.pass(1);
    expect(await campaign.plan()).toMatchObject({ planned: 2 });
  });

  it('voids no other scenario’s messages, and no other club’s', async () => {
    const [campaign, other] = [await start(), await start()];
    await campaign.member('eva');
    await other.member('eva');
    await campaign.plan();
    await other.plan();
    expect(await enable(campaign, false, 'birthday')).toBe(0);
    expect(await enable(campaign, false)).toBe(1);
    expect(await other.draft('eva')).toMatchObject({ status: 'planned' });
  });

  it('is audited with how many it voided, and is none when it is off already', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.plan();
    await enable(campaign, false);
    await enable(campaign, false);
    await enable(campaign, true);
    const by = { actor: 'operator:eva', object: 'scenario:reactivation' };
    const [off, on] = [{ is_enabled: false }, { is_enabled: true }];
    expect(await auditOf(campaign)).toEqual([
      { ...by, action: 'scenario.disabled', detail: { before: on, after: off, voided: 1 } },
      { ...by, action: 'scenario.enabled', detail: { before: off, after: on, voided: 0 } },
    ]);
  });

  it.each([
    ['spring', false, 'Scenario "spring" is unknown'],
    ['one_off', false, 'Scenario "one_off" is unknown'],
    ['birthday', null, 'Whether scenario "birthday" is on must be true or false.'],
  ])('%s, to %s, is refused: %s', async (scenario, isEnabled, sentence) => {
    await expect(enable(await start(), isEnabled, scenario)).rejects.toThrow(sentence);
  });

  it('waits for a planning that is under way, and voids what that planned', async () => {
    const campaign = await start();
    await campaign.member('eva');
    const planner = await clubs.sql.reserve();
    const switcher = await clubs.sql.reserve();
    try {
      const [own] = await switcher<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await planner`begin`;
      await campaign.plan(planner);
      const switched = switcher<{ voided: number }[]>`
        select campaigns.enable_scenario(${campaign.club.id}, 'reactivation', false, 'test', ${NOON})::int as voided`;
      const result = Promise.allSettled([switched] as const);
      let isWaiting = false;
      while (!isWaiting) {
        const rows =
          await clubs.sql`select from pg_stat_activity where pid = ${own!.pid} and wait_event_type = 'Lock'`;
        isWaiting = rows.length > 0;
      }
      await planner`commit`;
      expect((await result)[0]).toMatchObject({ status: 'fulfilled', value: [{ voided: 1 }] });
    } finally {
      planner.release();
      switcher.release();
    }
    expect(await campaign.draft('eva')).toMatchObject({ status: 'cancelled' });
  });
});
