import type { JSONValue } from 'postgres';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();
const NOON = '2026-06-15T10:00:00Z';

beforeEach(async () => {
  await clubs.sql`update outbox.number set tier = null, quality = null, read_at = null, read_error = null`;
  await clubs.sql`delete from outbox.alerts`;
  await clubs.sql`delete from core.clubs`;
});

const facts = (more: Record<string, JSONValue> = {}) => ({
  display_phone_number: '+420228880100',
  verified_name: 'Vltava Fit',
  quality_rating: 'GREEN',
  throughput: { level: 'STANDARD' },
  whatsapp_business_manager_messaging_limit: 'TIER_2K',
  ...more,
});
const note = (given: JSONValue) => clubs.sql`select outbox.note_number(${clubs.sql.json(given)}, ${NOON})`;
const change = (field: string, value: JSONValue) =>
  clubs.sql`select outbox.process_account_change(${clubs.sql.json({ field, value })}, ${NOON})`;
const alerts = async () =>
  (
    await clubs.sql<{ kind: string }[]>`select kind from outbox.alerts where ended_at is null order by kind`
  ).map(({ kind }) => kind);
const limits = async () =>
  (
    await clubs.sql<{ limit: number }[]>`select portfolio_limit as limit from core.settings order by club_id`
  ).map(({ limit }) => limit);
const paused = async () =>
  (
    await clubs.sql<
      { by: string | null }[]
    >`select sending_paused_by as by from core.settings order by club_id`
  ).map(({ by }) => by);

describe('the limit of the number', () => {
  it.each([
    ['TIER_250', 250],
    ['TIER_2K', 2_000],
    ['TIER_10K', 10_000],
    ['TIER_100K', 100_000],
    ['TIER_UNLIMITED', 2_147_483_647],
    ['1000', 1_000],
  ])('%s is %i people for every club', async (tier, people) => {
    await clubs.open();
    await clubs.open();
    await note(facts({ whatsapp_business_manager_messaging_limit: tier }));
    expect(await limits()).toEqual([people, people]);
  });

  it.each(['TIER_NEW', '', null])('%j is none we know: nothing changes', async (tier) => {
    await clubs.open();
    await note(facts({ whatsapp_business_manager_messaging_limit: tier }));
    expect(await limits()).toEqual([250]);
  });

  it('that Meta lowers raises one alert, and ends it when it rises again', async () => {
    await clubs.open();
    await note(facts());
    expect(await alerts()).toEqual([]);
    await change('phone_number_quality_update', { event: 'DOWNGRADE', current_limit: 'TIER_250' });
    await change('phone_number_quality_update', { event: 'DOWNGRADE', current_limit: 'TIER_250' });
    expect(await limits()).toEqual([250]);
    expect(await alerts()).toEqual(['number_limit']);
    await change('business_capability_update', { max_daily_conversations_per_business: 2000 });
    expect(await limits()).toEqual([2_000]);
    expect(await alerts()).toEqual([]);
  });

  it('stays what it was when the number could not be read', async () => {
    await clubs.open();
    await note(facts());
    await clubs.sql`select outbox.note_number_error('no answer', ${NOON})`;
    expect(await limits()).toEqual([2_000]);
    const [row] = await clubs.sql`select tier, read_error from outbox.number`;
    expect(row).toEqual({ tier: 'TIER_2K', read_error: 'no answer' });
  });
});

describe('the quality of the number', () => {
  it('RED raises an alert until it is better, from whichever side it is told', async () => {
    await note(facts({ quality_rating: 'RED' }));
    await change('phone_number_quality_update', { event: 'FLAGGED' });
    expect(await alerts()).toEqual(['number_quality']);
    await change('phone_number_quality_update', { event: 'UNFLAGGED' });
    expect(await alerts()).toEqual([]);
    await change('phone_number_quality_update', { event: 'FLAGGED' });
    await note(facts());
    expect(await alerts()).toEqual([]);
  });
});

describe('an account', () => {
  it.each([
    ['DISABLED_UPDATE', { ban_info: { waba_ban_state: 'DISABLE' } }],
    [
      'ACCOUNT_RESTRICTION',
      { restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' }] },
    ],
    ['ACCOUNT_DELETED', {}],
  ])('%s stops sending in every club, with one alert', async (event, more) => {
    await clubs.open();
    await clubs.open();
    await change('account_update', { event, ...more });
    await change('account_update', { event, ...more });
    expect(await paused()).toEqual(['system:whatsapp', 'system:whatsapp']);
    expect(await alerts()).toEqual(['sending_stopped']);
  });

  it.each([
    ['account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }],
    ['account_update', { event: 'VERIFIED_ACCOUNT' }],
    ['account_update', { event: 'SOMETHING_NEW' }],
    ['account_alerts', { alert_info: { alert_severity: 'INFORMATIONAL', alert_type: 'NEWS' } }],
    ['a_field_of_tomorrow', { event: 'DISABLED_UPDATE' }],
  ])('%s %j stops nothing', async (field, value) => {
    await clubs.open();
    await change(field, value);
    expect(await paused()).toEqual([null]);
    expect(await alerts()).toEqual([]);
  });

  it.each([
    ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } }],
    [
      'account_alerts',
      { alert_info: { alert_severity: 'CRITICAL', alert_type: 'OBA_APPROVED', alert_description: 'Look.' } },
    ],
  ])('%s %j is told to a person', async (field, value) => {
    await change(field, value);
    expect(await alerts()).toEqual(['account']);
  });
});

describe('pausing and resuming', () => {
  const stop = () => clubs.sql`select outbox.stop_sending(190, 'the token has expired', ${NOON})`;
  const resume = async (clubId: number) => {
    const [row] = await clubs.sql`select outbox.resume_sending(${clubId}, 'operator:eva', ${NOON}) as done`;
    return row!.done as boolean;
  };

  it('a number that was stopped is resumed for all, but not for a club that a person paused', async () => {
    const [one, two] = [await clubs.open(), await clubs.open()];
    await clubs.open();
    await clubs.sql`select outbox.pause_sending(${two.id}, 'holidays', 'operator:jan', ${NOON})`;
    await stop();
    expect(await paused()).toEqual(['system:whatsapp', 'operator:jan', 'system:whatsapp']);
    expect(await resume(one.id)).toBe(true);
    expect(await paused()).toEqual([null, 'operator:jan', null]);
    expect(await alerts()).toEqual([]);
  });

  it('of a club by a person concerns that club alone, and leaves a stopped number stopped', async () => {
    const [one, two] = [await clubs.open(), await clubs.open()];
    await clubs.sql`select outbox.pause_sending(${two.id}, 'holidays', 'operator:jan', ${NOON})`;
    await stop();
    expect(await resume(two.id)).toBe(true);
    expect(await paused()).toEqual(['system:whatsapp', null]);
    expect(await alerts()).toEqual(['sending_stopped']);
    expect(await resume(two.id)).toBe(false);
    expect(await resume(one.id)).toBe(true);
  });

  it.each([
    ['owner', true],
    ['operator', true],
    ['moderator', false],
    ['analyst', false],
  ])('by an %s is allowed: %s', async (role, isAllowed) => {
    const club = await clubs.open();
    const person = await operator(clubs.sql, club.id, role);
    const knock = asPerson(clubs.sql, person, async (sql) => {
      const [row] =
        await sql`select api.pause_sending(${club.id}, 'holidays') as paused, api.resume_sending(${club.id}) as resumed`;
      return row;
    });
    if (isAllowed) await expect(knock).resolves.toEqual({ paused: true, resumed: true });
    else await expect(knock).rejects.toThrow('Your role in the club does not let you pause');
  });

  it('of another’s club is refused, and its people are not counted for strangers', async () => {
    const [mine, other] = [await clubs.open(), await clubs.open()];
    const person = await operator(clubs.sql, mine.id, 'owner');
    const pause = asPerson(clubs.sql, person, (sql) => sql`select api.pause_sending(${other.id}, 'x')`);
    await expect(pause).rejects.toThrow('Your role in the club does not let you pause');
    const [row] = await asPerson(
      clubs.sql,
      person,
      (sql) =>
        sql`select api.people_reached(${mine.id})::int as mine, api.people_reached(${other.id}) as other`,
    );
    expect(row).toEqual({ mine: 0, other: null });
  });
});
