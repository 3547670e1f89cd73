import type { JSONValue, TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../campaign.ts';
import { SCENARIOS } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { earningClub, remember } from '../decision-history.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

const ROLES = ['owner', 'operator', 'moderator', 'analyst'];

/** Autonomy that one approval earns, earned by `reactivation` in Czech. */
async function start(): Promise<Campaign> {
  const campaign = await earningClub(
    await openToday(clubs),
    { autonomy_min_approvals: 1 },
    new Date().toISOString(),
  );
  await remember(campaign, [{ outcome: 'approved' }]);
  return campaign;
}

type Door = (sql: TransactionSql, club: number) => PromiseLike<readonly Record<string, unknown>[]>;

const change =
  (scenario: string | null, mode: string | null): Door =>
  (sql, club) =>
    sql`select api.change_delivery_mode(${club}, ${scenario}, ${mode})`;
const enable =
  (isEnabled: boolean, scenario = 'reactivation'): Door =>
  (sql, club) =>
    sql`select api.enable_scenario(${club}, ${scenario}, ${isEnabled})::int as voided`;
const ask =
  (changes: JSONValue): Door =>
  (sql, club) =>
    sql`select api.change_autonomy(${club}, ${sql.json(changes)})`;

const settingsOf: Door = (sql, club) => sql`
  select delivery_mode, is_autonomy_on, autonomy_min_approvals, autonomy_max_edited_share::float8 as edited
  from api.delivery_settings where club_id = ${club}`;
const autonomyOf: Door = (sql, club) => sql`
  select scenario, language, delivery_mode, basis, approvals_in_a_row, is_earned, was_earned, change_why
  from api.autonomy(${club}) where is_earned or was_earned is not null`;
const scenariosOf: Door = (sql, club) => sql`
  select code, is_enabled, delivery_mode, own_delivery_mode from api.scenarios where club_id = ${club} order by priority`;

const auditOf: Door = async (sql, club) => {
  await sql`reset role`;
  return sql`select actor, action, object from core.audit_log where club_id = ${club} order by audit_id`;
};

const strangersTo = async (club: number) => [
  await operator(clubs.sql, (await clubs.open()).id, 'owner'),
  await operator(clubs.sql, club, 'owner', { isActive: false }),
  crypto.randomUUID(),
];

describe('who approves a club’s messages', () => {
  it.each(ROLES)('is shown to the club’s %s: settings, scenarios and what was earned', async (role) => {
    const { club, now } = await start();
    await clubs.sql`select campaigns.note_autonomy(${club.id}, ${now})`;
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      expect(await settingsOf(sql, club.id)).toEqual([
        { delivery_mode: 'moderation', is_autonomy_on: true, autonomy_min_approvals: 1, edited: 0.1 },
      ]);
      expect(await autonomyOf(sql, club.id)).toEqual([
        {
          ...{ scenario: 'reactivation', language: 'cs', delivery_mode: 'notification', basis: 'earned' },
          ...{ approvals_in_a_row: 1, is_earned: true, was_earned: true },
          change_why: 'Approved in a row: 1; edited by a person before that: 0.',
        },
      ]);
      expect(await scenariosOf(sql, club.id)).toEqual(
        SCENARIOS.map((code) => ({
          code,
          is_enabled: true,
          delivery_mode: 'moderation',
          own_delivery_mode: null,
        })),
      );
    });
  });

  it('is nobody else’s to see', async () => {
    const { club } = await start();
    for (const person of await strangersTo(club.id))
      await asPerson(clubs.sql, person, async (sql) => {
        expect(await sql`select * from api.autonomy(${club.id})`).toEqual([]);
        for (const look of [settingsOf, scenariosOf]) expect(await look(sql, club.id)).toEqual([]);
      });
    await expect(asPerson(clubs.sql, null, (sql) => autonomyOf(sql, club.id))).rejects.toThrow(
      'permission denied',
    );
  });

  it.each(['owner', 'operator'])('is an %s’s to say, by name', async (role) => {
    const campaign = await start();
    const { club } = campaign;
    await campaign.member('eva');
    await campaign.plan();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      await change(null, 'notification')(sql, club.id);
      await change('reactivation', 'moderation')(sql, club.id);
      await ask({ is_autonomy_on: false, autonomy_max_edited_share: 0.25 })(sql, club.id);
      expect(await settingsOf(sql, club.id)).toEqual([
        { delivery_mode: 'notification', is_autonomy_on: false, autonomy_min_approvals: 1, edited: 0.25 },
      ]);
      expect(await enable(false)(sql, club.id)).toEqual([{ voided: 1 }]);
      expect((await scenariosOf(sql, club.id)).at(-1)).toEqual({
        ...{ code: 'reactivation', is_enabled: false },
        ...{ delivery_mode: 'moderation', own_delivery_mode: 'moderation' },
      });
      const audited = (await auditOf(sql, club.id)).filter(({ actor }) => actor === `operator:${person}`);
      expect(audited.map(({ action, object }) => [action, object])).toEqual([
        ['settings.changed', `club:${club.id}`],
        ['scenario.delivery_mode_changed', 'scenario:reactivation'],
        ['settings.changed', `club:${club.id}`],
        ['scenario.disabled', 'scenario:reactivation'],
      ]);
    });
  });

  it.each<[string, Door, string]>([
    ['the mode', change(null, 'notification'), 'may say who approves its messages.'],
    ['a scenario’s mode', change('birthday', 'notification'), 'may say who approves its messages.'],
    ['a scenario', enable(false), 'may switch its scenarios on and off.'],
    ['autonomy', ask({ is_autonomy_on: true }), 'may say what earned autonomy asks for.'],
  ])('is nobody else’s to change: %s', async (_, door, refusal) => {
    const { id } = await clubs.open();
    const others = [
      await operator(clubs.sql, id, 'moderator'),
      await operator(clubs.sql, id, 'analyst'),
      ...(await strangersTo(id)),
    ];
    for (const person of others)
      await expect(asPerson(clubs.sql, person, (sql) => door(sql, id))).rejects.toThrow(
        `Only an owner or operator of the club ${refusal}`,
      );
    await expect(asPerson(clubs.sql, null, (sql) => door(sql, id))).rejects.toThrow('permission denied');
  });

  it.each<[string, Door]>([
    ['There is no setting "holdout_share" of autonomy', ask({ holdout_share: 0 })],
    ['Autonomy must be earned by 1 to 1000 approvals in a row.', ask({ autonomy_min_approvals: 0 })],
    ['Changes of settings are names with their values', ask([])],
    ['Scenario "spring" is unknown', enable(true, 'spring')],
  ])('is not changed to what cannot be: %s', async (sentence, door) => {
    const { id } = await clubs.open();
    const person = await operator(clubs.sql, id, 'owner');
    await expect(asPerson(clubs.sql, person, (sql) => door(sql, id))).rejects.toThrow(sentence);
  });
});
