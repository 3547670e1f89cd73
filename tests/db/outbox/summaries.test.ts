import { describe, expect, it } from 'vitest';
import type { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { earningClub } from '../decision-history.ts';

const clubs = useClubs();
const PETRA = 7001;
const STRANGER = 666;
/** The sending hours of the club's today are over at 20:00 in Prague. */
const EVENING = '2026-06-15T18:00:00Z';

interface Sent {
  name: string;
  scenario?: string;
  language?: string;
  sentAt?: string;
  deliveredAt?: string | null;
  readAt?: string | null;
  decidedBy?: string;
}

/** Messages that WhatsApp took, each to a member of its own; their ids in the same order. */
async function remember({ club, sql }: Campaign, messages: Sent[]): Promise<string[]> {
  const ids: string[] = [];
  for (const message of messages) {
    const { name, scenario = 'reactivation', language = 'cs', sentAt = '2026-06-15T08:00:00Z' } = message;
    const { deliveredAt = null, readAt = null, decidedBy = 'system:notification' } = message;
    await club.client(name, { phone: phoneOf(club.id, name), first_name: name.split(' ')[0]! });
    const [row] = await sql<{ id: string }[]>`
      with draft as (
        insert into campaigns.drafts (
          club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
          planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version, decided_by, decided_at
        )
        values (
          ${club.id}, ${await club.idOf(name)}, ${scenario}, ${name}, 'test', '{}', ${language.slice(0, 2)}, 'reactivation_v1',
          ${language}, '2026-06-14', ${sentAt}, ${sentAt}, 'notification', 'club', 'approved', 1, ${decidedBy}, ${sentAt}
        )
        returning *
      ),
      wording as (
        insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
        select club_id, draft_id, 1, 'claude', 'text', '{}', 'text', 'test', planned_at from draft
      ),
      contact as (
        insert into campaigns.contacts (club_id, draft_id, client_id, phone, scenario, occasion, contacted_at, contacted_date)
        select club_id, draft_id, client_id, ${phoneOf(club.id, name)}, scenario, occasion, planned_at, planned_date from draft
      ),
      message as (
        insert into outbox.messages (
          club_id, draft_id, client_id, phone, template_name, template_language, rendered, version, queued_at, status,
          delivery, accepted_at, delivered_at, read_at
        )
        select club_id, draft_id, client_id, ${phoneOf(club.id, name)}, template_name, template_language, ${`Ahoj ${name}`}, 1,
          planned_at, 'sent', 'accepted', ${sentAt}, ${deliveredAt}::timestamptz, ${readAt}::timestamptz
        from draft
      )
      select draft_id as id from draft`;
    ids.push(row!.id);
  }
  return ids;
}

const phoneOf = (clubId: number, name: string) =>
  `+4207${String(clubId).padStart(4, '0')}${String([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 10_000).padStart(4, '0')}`;

async function make({ club, sql }: Campaign, at = EVENING) {
  await sql`select outbox.make_summaries(${at})`;
  return sql<{ day: string; counts: Record<string, unknown>[]; samples: string[] }[]>`
    select summary_date::text as day, counts, samples from outbox.summaries where club_id = ${club.id} order by summary_date`;
}

const due = ({ club, sql }: Campaign, at = EVENING) =>
  sql<
    { object: string; state: string; lane: string }[]
  >`select object, state, lane from outbox.due_summaries(${at}) where club_id = ${club.id}`;

/** The chat shows it as it is now. */
async function show(campaign: Campaign, at = EVENING): Promise<void> {
  for (const { object, state } of await due(campaign, at))
    await campaign.sql`
      select outbox.store_post('summary', ${object}, ${campaign.club.id}, '-1', 1, null, ${state}, true, ${at})`;
}

async function body({ club, sql }: Campaign) {
  const [row] = await sql<
    { body: { samples: { member: string; judgements: { is_good: boolean; name: string }[] }[] } }[]
  >`
    select outbox.summary_body(${`${club.id}/${club.today}`}, ${EVENING}) as body`;
  return row!.body;
}

async function judge(
  { sql }: Campaign,
  draftId: string,
  isGood: boolean,
  { by = PETRA, isAllowed = true, name = 'Petra' } = {},
) {
  const [row] = await sql<{ judged: { outcome: string; post?: { kind: string; message_id: number } } }[]>`
    select api.judge_message_in_telegram(${draftId}, ${isGood}, ${by}, ${isAllowed}, ${name}, ${EVENING}) as judged`;
  return row!.judged;
}

const open = async () => earningClub(await clubs.open());

describe('the daily summary', () => {
  it('is made once, when the sending hours of the day are over', async () => {
    const campaign = await open();
    await remember(campaign, [{ name: 'Eva Nova' }]);
    expect(await make(campaign, '2026-06-15T17:59:59Z')).toEqual([]);
    const made = await make(campaign);
    expect(made).toMatchObject([{ day: '2026-06-15', counts: [{ scenario: 'reactivation', sent: 1 }] }]);
    await remember(campaign, [{ name: 'Jan Novy', sentAt: '2026-06-15T18:00:01Z' }]);
    expect(await make(campaign, '2026-06-15T18:10:00Z')).toEqual(made);
  });

  it('is of yesterday, too, when sending hours end shortly before the day does', async () => {
    const campaign = await open();
    await campaign.club.set({ sending_closes_at: '23:55' });
    await remember(campaign, [{ name: 'Eva Nova' }]);
    expect(await make(campaign, '2026-06-15T21:54:00Z')).toEqual([]);
    expect(await make(campaign, '2026-06-15T22:04:00Z')).toMatchObject([{ day: '2026-06-15' }]);
  });

  it('is of what nobody approved and WhatsApp took on that local day, or there is none', async () => {
    const campaign = await open();
    await remember(campaign, [
      { name: 'By a person', decidedBy: 'operator:eva' },
      { name: 'The day before', sentAt: '2026-06-14T21:59:59Z' },
    ]);
    const [yesterday, ...others] = await make(campaign);
    expect([yesterday!.day, others]).toEqual(['2026-06-14', []]);
    await remember(campaign, [{ name: 'After midnight', sentAt: '2026-06-14T22:00:00Z' }]);
    expect(await make(campaign)).toMatchObject([
      { counts: [{ sent: 1 }] },
      { day: '2026-06-15', counts: [{ sent: 1 }] },
    ]);
  });

  it('says of each scenario how many came how far, and what people answered', async () => {
    const campaign = await open();
    const { club, sql } = campaign;
    const read = { deliveredAt: '2026-06-15T08:01:00Z', readAt: '2026-06-15T08:02:00Z' };
    await remember(campaign, [
      { name: 'Answered Nova', ...read },
      { name: 'Left Nova', ...read },
      { name: 'Thumb Nova', deliveredAt: '2026-06-15T08:01:00Z' },
      // Delivered later than the summary was made.
      { name: 'Quiet Nova', deliveredAt: '2026-06-15T18:00:01Z' },
      { name: 'Born Nova', scenario: 'birthday' },
    ]);
    const reply = (name: string, type: string, isOptOut: boolean) => sql`
      insert into outbox.replies (club_id, wamid, phone, body, type, is_opt_out, replied_at)
      values (${club.id}, ${`in.${club.id}.${name}`}, ${phoneOf(club.id, name)}, 'x', ${type}, ${isOptOut}, '2026-06-15T09:00:00Z')`;
    await reply('Answered Nova', 'text', false);
    await reply('Thumb Nova', 'reaction', false);
    await reply('Left Nova', 'text', true);
    const [made] = await make(campaign);
    expect(made!.counts).toEqual([
      {
        ...{ scenario: 'reactivation', campaign_id: null },
        ...{ sent: 4, delivered: 3, read: 2, replied: 1, opted_out: 1 },
      },
      {
        ...{ scenario: 'birthday', campaign_id: null },
        ...{ sent: 1, delivered: 0, read: 0, replied: 0, opted_out: 0 },
      },
    ]);
  });

  it('shows five samples at most, of as many scenarios and languages as there are', async () => {
    const campaign = await open();
    const many = Array.from({ length: 8 }, (_, index) => ({ name: `Many ${index}` }));
    const ids = await remember(campaign, [
      ...many,
      { name: 'Ukrainian', language: 'uk' },
      { name: 'Born', scenario: 'birthday' },
      { name: 'Milestone', scenario: 'milestone' },
    ]);
    const [made] = await make(campaign);
    expect(made!.samples).toHaveLength(5);
    expect(made!.samples).toEqual(expect.arrayContaining(ids.slice(-3)));
    await campaign.sql`delete from outbox.summaries where club_id = ${campaign.club.id}`;
    expect((await make(campaign))[0]!.samples).toEqual(made!.samples);
  });

  it('comes to the chat once, and not when its day is long over', async () => {
    const campaign = await open();
    await remember(campaign, [{ name: 'Eva Nova' }]);
    await make(campaign);
    expect(await due(campaign)).toMatchObject([{ lane: 'send' }]);
    expect(await due(campaign, '2026-06-16T18:00:01Z')).toEqual([]);
    await show(campaign);
    expect(await due(campaign)).toEqual([]);
  });

  it('waits a moment for the translations of its samples, and shows a later one later', async () => {
    const campaign = await open();
    const { club, sql } = campaign;
    await sql`
      insert into campaigns.drafting_states (club_id, model, seen_at)
      values (${club.id}, 'claude-haiku-5-5', ${EVENING})`;
    await remember(campaign, [{ name: 'Eva Nova' }]);
    await make(campaign);
    expect(await due(campaign)).toEqual([]);
    await show(campaign, '2026-06-15T18:02:01Z');
    expect(await due(campaign)).toEqual([]);
    await sql`
      update campaigns.translations set state = 'done', text = 'Hello Eva', finished_at = ${EVENING} where club_id = ${club.id}`;
    expect(await due(campaign)).toMatchObject([{ lane: 'edit' }]);
  });

  it('forgets whoever was erased', async () => {
    const campaign = await open();
    await remember(campaign, [{ name: 'Eva Nova' }, { name: 'Jan Novy' }]);
    await make(campaign);
    await show(campaign);
    await campaign.sql`
      delete from crm.clients where club_id = ${campaign.club.id} and external_id = 'Eva Nova'`;
    expect(await due(campaign)).toMatchObject([{ lane: 'edit' }]);
    expect((await body(campaign)).samples).toMatchObject([{ member: 'Jan N.' }]);
  });
});

describe('a judgement', () => {
  it('is shown with the name of whoever judged, and may be changed', async () => {
    const campaign = await open();
    const [id] = (await remember(campaign, [{ name: 'Eva Nova' }])) as [string];
    await make(campaign);
    await show(campaign);
    expect(await judge(campaign, id, true)).toMatchObject({
      outcome: 'judged',
      post: { kind: 'summary', message_id: 1 },
    });
    expect(await judge(campaign, id, true)).toMatchObject({ outcome: 'unchanged' });
    expect(await judge(campaign, id, false, { by: 7002, name: 'Tomáš' })).toMatchObject({
      outcome: 'judged',
    });
    expect(await judge(campaign, id, false)).toMatchObject({ outcome: 'judged' });
    const { samples } = await body(campaign);
    expect(samples[0]!.judgements.toSorted((one, other) => one.name.localeCompare(other.name))).toEqual([
      { is_good: false, name: 'Petra' },
      { is_good: false, name: 'Tomáš' },
    ]);
    expect(await due(campaign)).toMatchObject([{ lane: 'edit' }]);
    await show(campaign);
    expect(await due(campaign)).toEqual([]);
    await judge(campaign, id, true);
    expect(await due(campaign)).toMatchObject([{ lane: 'edit' }]);
    const audited = await campaign.sql`
      select actor, object, detail from core.audit_log
      where club_id = ${campaign.club.id} and action = 'draft.judged' order by audit_id`;
    expect(audited.map(({ actor, detail }) => [actor, detail])).toEqual([
      ['telegram:7001', { is_good: true }],
      ['telegram:7002', { is_good: false }],
      ['telegram:7001', { is_good: false }],
      ['telegram:7001', { is_good: true }],
    ]);
  });

  it('is nobody’s who is not let in, and that is audited', async () => {
    const campaign = await open();
    const [id] = (await remember(campaign, [{ name: 'Eva Nova' }])) as [string];
    await make(campaign);
    expect(await judge(campaign, id, false, { by: STRANGER, isAllowed: false, name: 'Eve' })).toEqual({
      outcome: 'denied',
    });
    expect(await campaign.sql`select from campaigns.judgements where club_id = ${campaign.club.id}`).toEqual(
      [],
    );
    expect(
      await campaign.sql`select actor, action from core.audit_log where club_id = ${campaign.club.id}`,
    ).toEqual([{ actor: `telegram:${STRANGER}`, action: 'draft.judgement_denied' }]);
  });

  it('is not taken of what a person approved, or of what is gone', async () => {
    const campaign = await open();
    const [id] = (await remember(campaign, [{ name: 'Eva Nova', decidedBy: 'operator:eva' }])) as [string];
    expect(await judge(campaign, id, false)).toMatchObject({ outcome: 'unknown' });
    expect(await judge(campaign, crypto.randomUUID(), false)).toEqual({ outcome: 'unknown' });
  });
});
