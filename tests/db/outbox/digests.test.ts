import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const CHAT = '-1004200';
const PETRA = 7001;

interface NextPost {
  kind: string;
  object: string;
  state: string;
  message_id: number | null;
  body: {
    waiting: number;
    version: number;
    digest_id: number;
    samples: { member: string; marks: string[] }[];
  };
}

/** A club with so many messages that wait for a person; the chats of others are quiet. */
async function waiting(count: number): Promise<Campaign> {
  await clubs.sql`truncate outbox.posts, outbox.chat_calls, outbox.chats`;
  await clubs.sql`update campaigns.drafts set status = 'expired' where status = 'pending'`;
  const campaign = await Campaign.start(await clubs.open());
  for (let index = 0; index < count; index += 1) await campaign.member(`Member-${index} Nova`);
  await campaign.plan();
  await campaign.write();
  return campaign;
}

let messages = 0;

/** Everything the chat is to show now, drawn as a worker would, with the clock going on by what each call waits for. */
async function draw(campaign: Campaign): Promise<NextPost[]> {
  const token = '11111111-1111-4111-8111-111111111111';
  const drawn: NextPost[] = [];
  for (;;) {
    const [row] = await clubs.sql<
      { post: (NextPost & { wait_ms: number; is_live: boolean; club_id: number }) | null }[]
    >`
      select outbox.next_post(${CHAT}, ${token}, 45, 120000, ${campaign.now}) as post`;
    const post = row!.post;
    if (!post) return drawn;
    campaign.now = new Date(campaign.now.getTime() + post.wait_ms);
    await clubs.sql`
      select outbox.store_post(
        ${post.kind}, ${post.object}, ${post.club_id}, ${CHAT}, ${post.message_id ?? ++messages}, null, ${post.state},
        ${post.is_live}, ${campaign.now}
      )`;
    drawn.push(post);
  }
}

async function decide(campaign: Campaign, digestId: number, version: number, decision = 'approve_all') {
  const [row] = await clubs.sql<{ decided: Record<string, unknown> }[]>`
    select api.decide_digest_in_telegram(
      ${campaign.club.id}, ${digestId}, ${version}, ${decision}, ${PETRA}, true, 'Petra', ${campaign.now}
    ) as decided`;
  return row!.decided;
}

const statuses = async (campaign: Campaign) => {
  const rows = await clubs.sql<{ status: string; count: number }[]>`
    select status, count(*)::int as count from campaigns.drafts where club_id = ${campaign.club.id} group by status order by status`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

describe('ten messages that wait', () => {
  it('come as cards', async () => {
    const drawn = await draw(await waiting(10));
    expect(drawn.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'card'));
  });
});

describe('more than ten', () => {
  it('come as one digest per scenario and language, with samples', async () => {
    const drawn = await draw(await waiting(12));
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toMatchObject({
      kind: 'digest',
      body: { waiting: 12, mode: 'together', scenario: 'reactivation' },
    });
    const { samples } = drawn[0]!.body;
    expect(samples.filter(({ marks }) => marks.length === 0)).toHaveLength(3);
    expect(samples.filter(({ marks }) => marks.includes('longest_away'))).toHaveLength(1);
  });

  it('beyond cards that were shown before leave those as they are', async () => {
    const campaign = await waiting(8);
    await draw(campaign);
    for (let index = 8; index < 13; index += 1) await campaign.member(`Member-${index} Nova`);
    await campaign.pass(10);
    await campaign.plan();
    await campaign.write();
    const drawn = await draw(campaign);
    expect(drawn).toMatchObject([{ kind: 'digest', body: { waiting: 5 } }]);
  });

  it('are not gathered while the others of their kind are being written', async () => {
    const campaign = await waiting(12);
    await clubs.sql`
      update campaigns.drafts set status = 'planned'
      where draft_id = (select draft_id from campaigns.drafts where club_id = ${campaign.club.id} limit 1)`;
    expect(await draw(campaign)).toEqual([]);
    // Ten minutes later nobody waits for the last one.
    await campaign.pass(11);
    expect(await draw(campaign)).toMatchObject([{ kind: 'digest', body: { waiting: 11 } }]);
  });
});

describe('a digest', () => {
  it('that is approved approves every message it stands for, and says what could not go', async () => {
    const campaign = await waiting(12);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    await clubs.sql`
      insert into campaigns.suppressions (club_id, phone, client_ids, cause, suppressed_at)
      select club_id, phone, array[client_id], 'stop_word', ${campaign.now}
      from crm.clients where club_id = ${campaign.club.id} and external_id = 'Member-3 Nova'`;
    expect(await decide(campaign, body.digest_id, body.version)).toMatchObject({
      outcome: 'approved',
      approved: 11,
      not_eligible: { suppressed: 1 },
      post: { kind: 'digest', is_open: false },
    });
    expect(await statuses(campaign)).toEqual({ approved: 11, cancelled: 1 });
    const [queued] = await clubs.sql`
      select count(*)::int as count from outbox.queue where club_id = ${campaign.club.id}`;
    expect(queued!.count).toBe(11);
    const [audited] = await clubs.sql`
      select count(*)::int as count from core.audit_log
      where club_id = ${campaign.club.id} and action = 'draft.approved' and actor = ${`telegram:${PETRA}`}`;
    expect(audited!.count).toBe(11);
    expect(await decide(campaign, body.digest_id, body.version)).toMatchObject({
      outcome: 'already_decided',
    });
    expect(await draw(campaign)).toMatchObject([{ kind: 'digest', body: { mode: 'approved' } }]);
    expect(await draw(campaign)).toEqual([]);
  });

  it('that grew is not approved by who saw less', async () => {
    const campaign = await waiting(12);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    await campaign.member('Late Nova');
    await campaign.pass(10);
    await campaign.plan();
    await campaign.write();
    expect(await draw(campaign)).toMatchObject([
      { kind: 'digest', message_id: expect.anything(), body: { waiting: 13 } },
    ]);
    expect(await decide(campaign, body.digest_id, body.version)).toEqual({
      outcome: 'old_version',
      decided_by_name: null,
      post: expect.anything(),
    });
    expect(await statuses(campaign)).toEqual({ pending: 13 });
    expect(await decide(campaign, body.digest_id, body.version + 1)).toMatchObject({
      outcome: 'approved',
      approved: 13,
    });
  });

  it('does not approve a message that was edited after it had joined: that comes as a card', async () => {
    const campaign = await waiting(12);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    const draft = (await campaign.draft('Member-5 Nova'))!;
    await clubs.sql`
      select campaigns.write_version(
        ${campaign.club.id}, ${draft.id}, 'Přijďte si zacvičit.', 'operator', 'operator:x', '{}', ${campaign.now}
      )`;
    expect(await decide(campaign, body.digest_id, body.version)).toMatchObject({ approved: 11 });
    expect((await campaign.draft('Member-5 Nova'))!.status).toBe('pending');
    const drawn = await draw(campaign);
    expect(drawn.map(({ kind }) => kind).sort()).toEqual(['card', 'digest']);
  });

  it('that is split shows its messages as cards, in the order in which they were planned', async () => {
    const campaign = await waiting(25);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    expect(await decide(campaign, body.digest_id, body.version, 'one_by_one')).toMatchObject({
      outcome: 'one_by_one',
    });
    const before = campaign.now.getTime();
    const drawn = await draw(campaign);
    const cards = drawn.filter(({ kind }) => kind === 'card').map(({ object }) => object);
    const planned = await clubs.sql<{ id: string }[]>`
      select draft_id as id from campaigns.drafts where club_id = ${campaign.club.id} order by planned_at, draft_id`;
    expect(cards).toEqual(planned.map(({ id }) => id));
    // Twenty a minute, and the digest was one of them.
    expect(campaign.now.getTime() - before).toBeGreaterThan(60_000);
  });

  it('tells strangers nothing and does nothing for them', async () => {
    const campaign = await waiting(12);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    const [row] = await clubs.sql`
      select api.decide_digest_in_telegram(
        ${campaign.club.id}, ${body.digest_id}, ${body.version}, 'approve_all', 666, false, 'Eve', ${campaign.now}
      ) as decided`;
    expect(row!.decided).toEqual({ outcome: 'denied' });
    expect(await statuses(campaign)).toEqual({ pending: 12 });
  });

  it('is decided once by two people at the same moment', async () => {
    const campaign = await waiting(12);
    const [{ body }] = (await draw(campaign)) as [NextPost];
    const outcomes = await Promise.all([
      decide(campaign, body.digest_id, body.version),
      decide(campaign, body.digest_id, body.version, 'one_by_one'),
      decide(campaign, body.digest_id, body.version),
    ]);
    expect(outcomes.filter(({ outcome }) => outcome === 'already_decided')).toHaveLength(2);
  });
});
