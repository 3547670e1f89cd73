import { beforeEach, describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
let campaign: Campaign;
beforeEach(async () => {
  campaign = await Campaign.start(await clubs.open());
});

interface Batch {
  club_id: number;
  batch_id: string;
  tasks: { draft_id: string; lease_token: string; form: string }[];
}

async function planned(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) await campaign.member(`member${number}`);
  await campaign.plan();
}

const claim = async (from = 3, limit = 1000) =>
  (
    await campaign.sql<{ batch: Batch | null }[]>`
      select api.claim_batch(${from}, ${limit}, 'claude-test', 'draft-x', 10, ${campaign.now}) as batch`
  )[0]!.batch;

const dueAfter = async (minutes: number) =>
  (
    await campaign.sql<{ due: boolean }[]>`
      select campaigns.is_batch_due(${new Date(campaign.now.getTime() + minutes * 60_000)}) as due`
  )[0]!.due;

describe('A batch of drafts', () => {
  it('holds so many at most, those that have waited longest first; the rest waits', async () => {
    await planned(4);
    expect((await claim(3, 3))!.tasks).toHaveLength(3);
    expect(await claim(1)).toMatchObject({ tasks: [{ form: 'template' }] });
    expect(await claim(1)).toBeNull();
  });

  it('is one, however many come for it at once', async () => {
    await planned(6);
    const batches = await Promise.all([claim(), claim(), claim()]);
    expect(batches.filter((batch) => batch !== null).map(({ tasks }) => tasks.length)).toEqual([6]);
  });

  it('holds one club’s drafts, and is made when that club has enough', async () => {
    await planned(3);
    const other = await Campaign.start(await clubs.open());
    await other.member('alone');
    await other.plan();
    expect(await claim()).toMatchObject({ club_id: campaign.club.id });
    expect(await claim()).toBeNull();
    expect(await claim(1)).toMatchObject({ club_id: other.club.id });
  });

  it('that is due is looked at by one, and by the next a minute later', async () => {
    await planned(3);
    const batch = (await claim())!;
    await campaign.sql`select api.start_batch(${batch.club_id}, ${batch.batch_id}, 'msgbatch_1', ${campaign.now})`;
    expect([await dueAfter(0), await dueAfter(1)]).toEqual([false, true]);
    await campaign.pass(1);
    const look = async () =>
      (await campaign.sql`select api.look_at_batch(${campaign.now}) as due`)[0]!.due as { leases: object };
    const looks = await Promise.all([look(), look()]);
    const [due] = looks.filter((each) => each !== null);
    expect(looks).toContain(null);
    expect(due!.leases).toEqual(
      Object.fromEntries(batch.tasks.map(({ draft_id, lease_token }) => [draft_id, lease_token])),
    );
    expect([await dueAfter(0), await dueAfter(1)]).toEqual([false, true]);
  });

  it('given up, leaves the drafts that others write since to them', async () => {
    await planned(3);
    const batch = (await claim())!;
    await campaign.pass(11);
    await campaign.sql`select api.claim_drafts(100, 60, null, null, ${campaign.now})`;
    const leases = () => campaign.sql`
      select draft_id, lease_token from campaigns.drafts
      where club_id = ${batch.club_id} and lease_token is not null order by draft_id`;
    const taken = await leases();
    await campaign.sql`select api.look_at_batch(${campaign.now})`;
    expect(await leases()).toEqual(taken);
    expect(taken).toHaveLength(3);
    const [known] = await campaign.sql`
      select state from campaigns.draft_batches where batch_id = ${batch.batch_id}`;
    expect(known).toEqual({ state: 'failed' });
  });
});
