import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** Eva has a draft that waits for a decision: from noon, for 48 hours. */
async function pending(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
  await campaign.plan();
  await campaign.write();
  return campaign;
}

async function snooze(
  campaign: Campaign,
  choice = '1_hour',
  { version = 1, user = 42 } = {},
): Promise<{ outcome: string; until?: string; expires_at?: string }> {
  const draft = await campaign.draft('eva');
  const [row] = await clubs.sql`
    select api.snooze_draft_in_telegram(
      ${draft!.id}, ${version}, ${choice}, ${user}, ${user === 42}, 'Petra', ${campaign.now}
    ) as snoozed`;
  return row!.snoozed;
}

async function snoozed(campaign: Campaign) {
  const [row] = await clubs.sql`
    select status, snoozed_until, snoozed_by from campaigns.drafts where club_id = ${campaign.club.id}`;
  return row!;
}

describe('a draft is put off', () => {
  it('for an hour, for three, or until sending opens tomorrow; the last choice counts', async () => {
    const campaign = await pending();
    for (const [choice, until] of [
      ['1_hour', '2026-06-15T11:00:00Z'],
      ['3_hours', '2026-06-15T13:00:00Z'],
      // 9 in Prague, in summer.
      ['tomorrow', '2026-06-16T07:00:00Z'],
    ] as const) {
      const answer = await snooze(campaign, choice);
      expect(answer.outcome).toBe('snoozed');
      expect(Date.parse(answer.until!)).toBe(Date.parse(until));
      expect(await snoozed(campaign)).toEqual({
        status: 'pending',
        snoozed_until: new Date(until),
        snoozed_by: 'telegram:42',
      });
    }
    const entries = await clubs.sql`
      select actor from core.audit_log where club_id = ${campaign.club.id} and action = 'draft.snoozed'`;
    expect(entries).toEqual([{ actor: 'telegram:42' }, { actor: 'telegram:42' }, { actor: 'telegram:42' }]);
  });

  it('until sending opens on the day after the clocks have changed', async () => {
    const campaign = await pending();
    const [row] = await clubs.sql`
      select campaigns.snooze_end(${campaign.club.id}, 'tomorrow', '2026-10-24T20:00:00Z') as until`;
    expect(row!.until).toEqual(new Date('2026-10-25T08:00:00Z'));
  });

  it.each([
    [46 * 60, 'snoozed'],
    [46 * 60 + 1, 'too_late'],
  ])('only while an hour is left afterwards: %i minutes on, %s', async (minutes, outcome) => {
    const campaign = await pending();
    await campaign.pass(minutes);
    const answer = await snooze(campaign);
    expect(answer.outcome).toBe(outcome);
    const until = outcome === 'snoozed' ? new Date('2026-06-17T09:00:00Z') : null;
    expect((await snoozed(campaign)).snoozed_until).toEqual(until);
  });

  it('never in its old words, nor when it is decided or over', async () => {
    const campaign = await pending();
    expect(await snooze(campaign, '1_hour', { version: 2 })).toMatchObject({ outcome: 'old_version' });
    await campaign.decide('eva', 'rejected');
    expect(await snooze(campaign)).toMatchObject({ outcome: 'already_decided' });
    const other = await pending();
    await other.pass(48 * 60);
    expect(await snooze(other)).toMatchObject({ outcome: 'expired' });
  });

  it('by no stranger, and that is written down', async () => {
    const campaign = await pending();
    expect(await snooze(campaign, '1_hour', { user: 666 })).toEqual({ outcome: 'denied' });
    expect(await snoozed(campaign)).toMatchObject({ snoozed_until: null });
    const log = await clubs.sql`select actor, action from core.audit_log where club_id = ${campaign.club.id}`;
    expect(log).toEqual([{ actor: 'telegram:666', action: 'draft.snooze_denied' }]);
  });

  it('for no time that there is no button for', async () => {
    const campaign = await pending();
    await expect(snooze(campaign, 'for_ever')).rejects.toThrow('choose 1_hour, 3_hours or tomorrow');
  });
});

describe('a draft that was put off', () => {
  it.each(['approved', 'rejected'])('may be %s at once, and is put off no more', async (decision) => {
    const campaign = await pending();
    await snooze(campaign);
    expect(await campaign.decide('eva', decision)).toMatchObject({ outcome: decision });
    expect(await snoozed(campaign)).toEqual({ status: decision, snoozed_until: null, snoozed_by: null });
  });

  it('still expires when it would have', async () => {
    const campaign = await pending();
    await snooze(campaign, 'tomorrow');
    await campaign.pass(48 * 60);
    await clubs.sql`select campaigns.expire_drafts(${campaign.now})`;
    expect(await campaign.draft('eva')).toMatchObject({ status: 'expired' });
  });
});
