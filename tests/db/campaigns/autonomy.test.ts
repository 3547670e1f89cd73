import { describe, expect, it } from 'vitest';
import { NOON, SCENARIOS, template } from '../campaign.ts';
import type { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { autonomyOf, earningClub, modeOf, remember } from '../decision-history.ts';
import type { Past } from '../decision-history.ts';

const clubs = useClubs();

const approved: Past = { outcome: 'approved' };
const edited: Past = { outcome: 'approved', isEdited: true };
const rejected: Past = { outcome: 'rejected' };
const times = (count: number, past: Past) => Array.from({ length: count }, () => past);

async function start(history: Past[], settings: Record<string, number | boolean> = {}): Promise<Campaign> {
  const campaign = await earningClub(await clubs.open(), settings);
  await remember(campaign, history);
  return campaign;
}

const isEarned = async (campaign: Campaign) => (await autonomyOf(campaign)).is_earned;

describe('autonomy', () => {
  it('is off until the club switches it on, whatever was approved', async () => {
    const campaign = await start(times(20, approved), { is_autonomy_on: false, autonomy_min_approvals: 20 });
    expect(await autonomyOf(campaign)).toMatchObject({
      approvals_in_a_row: 20,
      is_earned: false,
      why: 'Earned autonomy is switched off.',
    });
    expect(await modeOf(campaign)).toBe('moderation by club');
    const [settings] = await clubs.sql`
      select is_autonomy_on, autonomy_min_approvals from core.settings where club_id = ${(await clubs.open()).id}`;
    expect(settings).toEqual({ is_autonomy_on: false, autonomy_min_approvals: 20 });
  });

  it('is earned by as many approvals in a row as the club asks for, and not by one fewer', async () => {
    const campaign = await start(times(2, approved));
    expect(await autonomyOf(campaign)).toMatchObject({
      approvals_in_a_row: 2,
      is_earned: false,
      why: 'Of the 3 approvals in a row that it takes, 2 were given.',
    });
    await remember(campaign, [approved]);
    expect(await autonomyOf(campaign)).toMatchObject({
      approvals_in_a_row: 3,
      is_earned: true,
      why: 'Approved in a row: 3; edited by a person before that: 0.',
    });
    expect(await modeOf(campaign)).toBe('notification by earned');
  });

  it('is earned by a scenario and language alone, in whatever country the language is spoken', async () => {
    const campaign = await start(times(3, { ...approved, language: 'en_US' }));
    const rows = await clubs.sql`
      select scenario, language from campaigns.autonomy(${campaign.club.id}, ${NOON}) where is_earned`;
    expect(rows).toEqual([{ scenario: 'reactivation', language: 'en' }]);
    const all = await clubs.sql`select from campaigns.autonomy(${campaign.club.id}, ${NOON})`;
    expect(all).toHaveLength(SCENARIOS.length * 5);
  });

  it('is no other club’s', async () => {
    await start(times(3, approved));
    expect(await isEarned(await start([]))).toBe(false);
  });

  it('is not earned by what no person decided', async () => {
    const automatic: Past = { outcome: 'approved', isAutomatic: true };
    expect(await isEarned(await start([...times(2, approved), ...times(5, automatic)]))).toBe(false);
  });

  it('is neither earned nor lost by what expired or was voided', async () => {
    const history = [
      approved,
      { outcome: 'expired' },
      approved,
      { outcome: 'cancelled' },
      approved,
    ] as Past[];
    expect(await autonomyOf(await start(history))).toMatchObject({ approvals_in_a_row: 3, is_earned: true });
  });

  it('is as of its instant: a decision counts from the moment it is taken', async () => {
    const campaign = await start([approved, approved, { ...approved, minutesAgo: 0 }]);
    expect(await isEarned(campaign)).toBe(true);
    const before = await autonomyOf(campaign, 'cs', 'reactivation', '2026-06-15T09:59:59Z');
    expect(before).toMatchObject({ approvals_in_a_row: 2, is_earned: false });
  });
});

describe('edits', () => {
  const settings = { autonomy_min_approvals: 10, autonomy_max_edited_share: 0.2 };

  it('are borne up to the club’s share of the approvals asked for, and not beyond', async () => {
    const campaign = await start([...times(8, approved), ...times(2, edited)], settings);
    expect(await autonomyOf(campaign)).toMatchObject({ edited: 2, is_earned: true });
    await remember(campaign, [edited]);
    expect(await autonomyOf(campaign)).toMatchObject({
      edited: 3,
      is_earned: false,
      why: 'Of the last 10 approved messages 3 were edited; at most 2 may be.',
    });
  });

  it('are forgotten once enough was approved after them', async () => {
    const campaign = await start([...times(3, edited), ...times(7, approved)], settings);
    expect(await isEarned(campaign)).toBe(false);
    await remember(campaign, [approved]);
    expect(await isEarned(campaign)).toBe(true);
  });
});

describe('a rejection', () => {
  it('ends it at once, and the counting begins anew', async () => {
    const campaign = await start(times(5, approved));
    await remember(campaign, [rejected]);
    expect(await autonomyOf(campaign)).toMatchObject({ approvals_in_a_row: 0, is_earned: false });
    expect(await modeOf(campaign)).toBe('moderation by club');
    await remember(campaign, times(2, { ...approved, minutesAgo: 0.5 }));
    expect(await autonomyOf(campaign)).toMatchObject({
      approvals_in_a_row: 2,
      is_earned: false,
      why: 'A message was rejected: of the 3 approvals in a row that it takes, 2 were given since.',
    });
    await remember(campaign, [{ ...approved, minutesAgo: 0 }]);
    expect(await isEarned(campaign)).toBe(true);
  });

  it('ends it at the instant of an approval, too', async () => {
    const campaign = await start(times(3, approved));
    await remember(campaign, [
      { ...approved, minutesAgo: 0 },
      { ...rejected, minutesAgo: 0 },
    ]);
    expect(await isEarned(campaign)).toBe(false);
  });

  it('in another language or scenario leaves it alone', async () => {
    const campaign = await start(times(3, approved));
    await remember(campaign, [
      { ...rejected, language: 'uk' },
      { ...rejected, scenario: 'birthday' },
    ]);
    expect(await isEarned(campaign)).toBe(true);
  });
});

describe('a message that went out by itself', () => {
  const automatic: Past = { outcome: 'approved', isAutomatic: true };

  it('ends it at once when somebody judges it bad, and the counting begins anew', async () => {
    const campaign = await start([...times(5, approved), { ...automatic, judged: 'bad', minutesAgo: 1 }]);
    expect(await autonomyOf(campaign)).toMatchObject({
      approvals_in_a_row: 0,
      is_earned: false,
      why: 'A message was judged bad: of the 3 approvals in a row that it takes, 0 were given since.',
    });
    expect(await modeOf(campaign)).toBe('moderation by club');
    const before = await autonomyOf(campaign, 'cs', 'reactivation', '2026-06-15T09:59:29Z');
    expect(before.is_earned).toBe(true);
    await remember(campaign, times(3, { ...approved, minutesAgo: 0 }));
    expect(await isEarned(campaign)).toBe(true);
  });

  it('says nothing for it when it is judged good, nor any more when the judgement is taken back', async () => {
    const campaign = await start(times(2, approved));
    await remember(campaign, times(3, { ...automatic, judged: 'good' }));
    expect(await autonomyOf(campaign)).toMatchObject({ approvals_in_a_row: 2, is_earned: false });
    await remember(campaign, [approved, { ...automatic, judged: 'bad' }]);
    expect(await isEarned(campaign)).toBe(false);
    await clubs.sql`
      select campaigns.judge_draft(club_id, draft_id, true, judged_by, ${NOON})
      from campaigns.judgements where club_id = ${campaign.club.id} and not is_good`;
    expect(await isEarned(campaign)).toBe(true);
  });
});

describe('opt-outs', () => {
  const sent = (past: Partial<Past> = {}): Past => ({ ...approved, contactedDaysAgo: 10, ...past });
  const left = (past: Partial<Past> = {}) => sent({ optedOutAfterDays: 1, ...past });
  const settings = { autonomy_max_opt_out_share: 0.2 };

  it('end it above the club’s share of the messages, not at it', async () => {
    const campaign = await start([...times(8, sent()), ...times(2, left())], settings);
    expect(await autonomyOf(campaign)).toMatchObject({ sent: 10, opt_outs: 2, is_earned: true });
    await remember(campaign, [left()]);
    expect(await autonomyOf(campaign)).toMatchObject({
      is_earned: false,
      why: '3 people opted out within a week of its 11 messages of the last 30 days.',
    });
  });

  it('are no spike when it is one person, however few were written to', async () => {
    const campaign = await start([...times(2, sent()), left()], settings);
    expect(await autonomyOf(campaign)).toMatchObject({ sent: 3, opt_outs: 1, is_earned: true });
    await remember(campaign, [left()]);
    expect(await isEarned(campaign)).toBe(false);
  });

  it.each([
    ['within 7 days', { optedOutAfterDays: 7 }, 2],
    ['later', { optedOutAfterDays: 7.01 }, 0],
    ['before the message', { optedOutAfterDays: -0.01 }, 0],
    ['of a phone that only did not answer', { optedOutAfterDays: 1, cause: 'unreachable' }, 0],
    ['by the button', { optedOutAfterDays: 1, cause: 'button' }, 2],
    ['to a message less than 30 days old', { contactedDaysAgo: 29.99, optedOutAfterDays: 1 }, 2],
    ['to one of 30 days', { contactedDaysAgo: 30, optedOutAfterDays: 1 }, 0],
    ['which did not happen yet', { contactedDaysAgo: 1, optedOutAfterDays: 2 }, 0],
  ])('count when %s', async (_, past, expected) => {
    const campaign = await start([approved, ...times(2, sent(past))], settings);
    expect(await autonomyOf(campaign)).toMatchObject({ opt_outs: expected, is_earned: expected === 0 });
  });

  it('count by the person when the phone is another by now', async () => {
    const campaign = await start([approved, ...times(2, left())], settings);
    const { id } = campaign.club;
    await clubs.sql`update campaigns.suppressions set phone = null where club_id = ${id}`;
    expect(await autonomyOf(campaign)).toMatchObject({ opt_outs: 2, is_earned: false });
  });

  it('end it until they are over, and no longer', async () => {
    const campaign = await start([approved, ...times(2, left({ contactedDaysAgo: 29 }))], settings);
    expect(await isEarned(campaign)).toBe(false);
    const tomorrow = await autonomyOf(campaign, 'cs', 'reactivation', '2026-06-16T10:00:00Z');
    expect(tomorrow).toMatchObject({ sent: 0, is_earned: true });
  });
});

describe('the quality of a template', () => {
  const show = (campaign: Campaign, fields: Parameters<typeof template>[0]) =>
    campaign.templates([
      template({ quality: 'GREEN', ...fields }),
      template({ language: 'uk', quality: 'RED' }),
    ]);

  it.each([
    ['GREEN', true],
    ['UNKNOWN', true],
    [null, true],
    ['YELLOW', false],
  ])('%s: autonomy is earned: %s', async (quality, expected) => {
    const campaign = await start(times(3, approved));
    await show(campaign, { quality });
    expect(await isEarned(campaign)).toBe(expected);
  });

  it('ends it when an operator took up a template that dropped to RED, until Meta thinks better of it', async () => {
    const campaign = await start(times(3, approved));
    await show(campaign, { quality: 'RED' });
    await clubs.sql`select campaigns.resume_template(${campaign.club.id}, 'reactivation_v1', 'cs', 'test', ${NOON})`;
    expect(await autonomyOf(campaign)).toMatchObject({
      lowest_quality: 'RED',
      is_earned: false,
      why: 'The quality of its template dropped to RED: members block or report it.',
    });
    await show(campaign, { quality: 'GREEN' });
    expect(await isEarned(campaign)).toBe(true);
  });

  it('counts only of what may be sent, and the worst of several', async () => {
    const campaign = await start(times(3, approved));
    const second = (fields: Record<string, string>) =>
      campaign.templates([template({ quality: 'GREEN' }), template({ name: 'reactivation_v2', ...fields })]);
    await second({ quality: 'YELLOW', status: 'PAUSED' });
    expect(await autonomyOf(campaign)).toMatchObject({ lowest_quality: 'GREEN', is_earned: true });
    await second({ quality: 'YELLOW' });
    expect(await autonomyOf(campaign)).toMatchObject({ lowest_quality: 'YELLOW', is_earned: false });
  });
});

describe('a change of autonomy', () => {
  const note = ({ club }: Campaign, at = NOON) => clubs.sql<{ noted: number }[]>`
    select campaigns.note_autonomy(${club.id}, ${at})::int as noted`;
  const changes = ({ club }: Campaign) => clubs.sql`
    select scenario, language, is_earned, why from campaigns.autonomy_changes where club_id = ${club.id}
    order by autonomy_change_id`;

  it('is kept and audited once, each way', async () => {
    const campaign = await start(times(3, approved));
    expect(await note(campaign)).toEqual([{ noted: 1 }]);
    expect(await note(campaign)).toEqual([{ noted: 0 }]);
    await remember(campaign, [rejected]);
    expect(await note(campaign)).toEqual([{ noted: 1 }]);
    const of = { scenario: 'reactivation', language: 'cs' };
    const why = [
      'Approved in a row: 3; edited by a person before that: 0.',
      'A message was rejected: of the 3 approvals in a row that it takes, 0 were given since.',
    ];
    expect(await changes(campaign)).toEqual([
      { ...of, is_earned: true, why: why[0] },
      { ...of, is_earned: false, why: why[1] },
    ]);
    expect(
      await clubs.sql`
        select actor, action, object, detail from core.audit_log where club_id = ${campaign.club.id} order by audit_id`,
    ).toEqual(
      ['autonomy.earned', 'autonomy.lost'].map((action, index) => ({
        actor: 'system:planning',
        action,
        object: 'scenario:reactivation/cs',
        detail: { why: why[index] },
      })),
    );
  });

  it('is noticed by the planning', async () => {
    const campaign = await start(times(3, approved));
    await campaign.plan();
    expect(await changes(campaign)).toMatchObject([{ is_earned: true }]);
  });

  it('is the switch’s, too; a club that never switched it on has none', async () => {
    const campaign = await start(times(3, approved));
    await note(campaign);
    await campaign.club.set({ is_autonomy_on: false });
    await note(campaign);
    expect(await changes(campaign)).toMatchObject([
      { is_earned: true },
      { is_earned: false, why: 'Earned autonomy is switched off.' },
    ]);
    const other = await start(times(3, approved), { is_autonomy_on: false });
    await note(other);
    expect(await changes(other)).toEqual([]);
  });
});
