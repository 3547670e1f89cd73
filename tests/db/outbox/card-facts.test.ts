import { describe, expect, it } from 'vitest';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { EffectStory } from './effect-story.ts';

const clubs = useClubs();

/** Ten in the morning in Prague on the club's today; the mirror has been complete since. */
const NOW = '2026-06-15T08:00:00Z';

interface Facts {
  last_visit_date: string | null;
  days_since_last_visit: number | null;
  last_messages: Record<string, unknown>[];
  expected_value: Record<string, unknown> | null;
  spend_minor_30d: number | null;
  currency: string;
}

const begin = async (settings: Parameters<typeof EffectStory.begin>[1] = {}) =>
  EffectStory.begin(await clubs.open(), settings);

/** What the card of a message to this member says, planned a moment ago; the others are those entered before. */
async function factsOf(story: EffectStory, name: string, at = NOW): Promise<Facts> {
  await story.draft(name, { at, occasion: 'on the card' });
  await story.club.refresh();
  const [row] = await story.sql<{ facts: Facts }[]>`
    select outbox.card_facts(club_id, draft_id, ${at}) as facts
    from campaigns.drafts
    where club_id = ${story.club.id} and client_id = ${await story.club.idOf(name)} and occasion = 'on the card'`;
  return row!.facts;
}

/** So many members messaged in May, of whom the first so many came three days later. */
async function messaged(story: EffectStory, count: number, returned: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    await story.draft(`messaged ${number}`, { at: '2026-05-01T08:00:00Z', sentAt: '2026-05-01T10:00:00Z' });
    if (number < returned) await story.visit(`messaged ${number}`, '2026-05-04T16:00:00Z');
  }
}

/** So many others messaged some days after those, none of whom came. */
async function messagedLater({ club, sql }: EffectStory, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, number) => `later ${number}`);
  await club.apply(
    'clients',
    names.map((name) => clientRow(name)),
  );
  await sql`
    with draft as (
      insert into campaigns.drafts (
        club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
        planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version
      )
      select
        club_id, client_id, 'reactivation', 'away', 'test', '{}', 'cs', 'reactivation_v1', 'cs',
        '2026-05-10', '2026-05-10T08:00:00Z', '2026-05-12T08:00:00Z', 'moderation', 'club', 'approved', 1
      from crm.clients
      where club_id = ${club.id} and external_id = any (${names})
      returning *
    )
    insert into outbox.messages (
      club_id, draft_id, client_id, phone, template_name, template_language, rendered, version, queued_at, status, accepted_at
    )
    select
      club_id, draft_id, client_id, '+420777999999', template_name, template_language, 'Hello', 1, planned_at, 'sent',
      planned_at
    from draft`;
}

/** Spent 6 000 between the first visit and the last, 60 days with both. */
async function regular(story: EffectStory, name = 'eva'): Promise<void> {
  await story.visit(name, '2026-01-01T16:00:00Z');
  await story.visit(name, '2026-03-01T16:00:00Z');
  await story.club.payment(name, '2026-01-01', 6_000);
}

describe('the last visit on a card', () => {
  it('is that of the member, with the days since', async () => {
    const story = await begin();
    await regular(story);
    expect(await factsOf(story, 'eva')).toMatchObject({
      ...{ last_visit_date: '2026-03-01', days_since_last_visit: 106 },
    });
  });

  it('is none of whoever never came', async () => {
    expect(await factsOf(await begin(), 'eva')).toEqual({
      ...{ last_visit_date: null, days_since_last_visit: null, last_messages: [] },
      ...{ expected_value: null, spend_minor_30d: null, currency: 'CZK' },
    });
  });
});

describe('the last messages on a card', () => {
  it('are the three before it that were sent, newest first', async () => {
    const story = await begin();
    for (const [day, scenario] of [
      ['2026-01-10', 'reactivation'],
      ['2026-02-10', 'birthday'],
      ['2026-03-10', 'milestone'],
      ['2026-04-10', 'last_chance'],
    ] as const) {
      await story.draft('eva', { at: `${day}T08:00:00Z`, sentAt: `${day}T09:00:00Z`, scenario });
    }
    await story.draft('eva', { at: '2026-05-10T08:00:00Z', occasion: 'never sent', status: 'rejected' });
    await story.draft('eva', {
      at: '2026-06-14T08:00:00Z',
      sentAt: '2026-06-15T08:00:01Z',
      occasion: 'sent after',
    });
    await story.draft('jan', { at: '2026-05-10T08:00:00Z', sentAt: '2026-05-10T09:00:00Z' });
    const { last_messages: messages } = await factsOf(story, 'eva');
    expect(messages.map((message) => [message['scenario'], message['scenario_name']])).toEqual([
      ['last_chance', 'Last chance'],
      ['milestone', 'Milestone'],
      ['birthday', 'Birthday'],
    ]);
    expect(messages[0]).toEqual({
      ...{ sent_at: '2026-04-10T09:00:00+00:00', scenario: 'last_chance', scenario_name: 'Last chance' },
      ...{ delivery: null, has_replied: false, returned_date: null, has_opted_out: false },
    });
  });

  it('leave out the message of the card itself, once it is sent', async () => {
    const story = await begin();
    await story.draft('eva', { at: '2026-06-14T08:00:00Z', sentAt: '2026-06-14T09:00:00Z' });
    const [row] = await story.sql<{ facts: Facts }[]>`
      select outbox.card_facts(club_id, draft_id, ${NOW}) as facts from campaigns.drafts where club_id = ${story.club.id}`;
    expect(row!.facts.last_messages).toEqual([]);
  });

  it('say what became of each: delivery, an answer, a return and an opt-out, each given to the last one before it', async () => {
    const story = await begin();
    await story.draft('eva', { at: '2026-05-01T08:00:00Z', sentAt: '2026-05-01T09:00:00Z', occasion: 'one' });
    await story.says('eva', '2026-05-02T09:00:00Z');
    await story.draft('eva', { at: '2026-05-03T08:00:00Z', sentAt: '2026-05-03T09:00:00Z', occasion: 'two' });
    await story.visit('eva', '2026-05-05T16:00:00Z');
    await story.draft('eva', {
      at: '2026-06-01T08:00:00Z',
      sentAt: '2026-06-01T09:00:00Z',
      occasion: 'three',
    });
    await story.says('eva', '2026-06-01T09:00:00Z', true);
    await story.sql`
      update outbox.messages set delivery = 'read'
      where club_id = ${story.club.id} and accepted_at = '2026-05-03T09:00:00Z'`;
    const quiet = { has_replied: false, returned_date: null, has_opted_out: false, delivery: null };
    expect((await factsOf(story, 'eva')).last_messages).toMatchObject([
      { ...quiet, has_opted_out: true },
      { ...quiet, returned_date: '2026-05-05', delivery: 'read' },
      { ...quiet, has_replied: true, returned_date: '2026-05-05' },
    ]);
  });

  it('take no thumb for an answer, and nothing after the return days', async () => {
    const story = await begin({ return_days: 7 });
    await story.draft('eva', { at: '2026-05-01T08:00:00Z', sentAt: '2026-05-01T09:00:00Z' });
    await story.says('eva', '2026-05-01T10:00:00Z');
    await story.sql`update outbox.replies set type = 'reaction' where club_id = ${story.club.id}`;
    await story.says('eva', '2026-05-08T09:00:01Z', true);
    await story.visit('eva', '2026-05-08T09:00:01Z');
    expect((await factsOf(story, 'eva')).last_messages).toMatchObject([
      { has_replied: false, returned_date: null, has_opted_out: false },
    ]);
  });

  it('say of each the same as the journeys do', async () => {
    const story = await begin();
    const days = ['2026-05-01', '2026-05-04', '2026-05-20'];
    for (const day of days) {
      await story.draft('eva', { at: `${day}T08:00:00Z`, sentAt: `${day}T09:00:00Z`, occasion: day });
    }
    await story.says('eva', '2026-05-04T09:00:00Z');
    await story.visit('eva', '2026-05-15T09:00:00Z');
    const phone = await story.phoneOf('eva');
    await story.sql`
      insert into campaigns.suppressions (club_id, phone, cause, suppressed_at)
      values (${story.club.id}, ${phone}, 'stop_word', '2026-05-06T09:00:00Z')`;
    const { last_messages: messages } = await factsOf(story, 'eva');
    const journeys = await story.sql`
      select
        is_replied as has_replied,
        is_opted_out as has_opted_out,
        (returned_at at time zone 'Europe/Prague')::date::text as returned_date
      from outbox.journeys(${story.club.id}, ${days[0]!}, ${days[2]!}, ${NOW})
      order by sent_at desc`;
    expect(messages).toMatchObject([...journeys]);
    expect(journeys.map((journey) => Object.values(journey))).toEqual([
      [false, false, null],
      [true, true, '2026-05-15'],
      [false, false, '2026-05-15'],
    ]);
  });
});

describe('the expected value on a card', () => {
  it('is the share who came back after such a message × what the member spends in 30 active days', async () => {
    const story = await begin({ lift_min_clients: 4 });
    await messaged(story, 4, 1);
    await story.visit('messaged 1', '2026-05-01T09:59:59Z');
    await story.visit('messaged 2', '2026-05-15T10:00:01Z');
    await regular(story);
    expect(await factsOf(story, 'eva')).toMatchObject({
      spend_minor_30d: 3_000,
      expected_value: { value_minor: 750, return_share: 0.25, spend_minor_30d: 3_000, currency: 'CZK' },
    });
  });

  it('is not told while too few messages are settled', async () => {
    const story = await begin({ lift_min_clients: 5 });
    await messaged(story, 4, 1);
    await story.draft('other scenario', {
      ...{ at: '2026-05-01T08:00:00Z', sentAt: '2026-05-01T10:00:00Z', scenario: 'birthday' },
    });
    await story.draft('not over', { at: '2026-06-02T08:00:00Z', sentAt: '2026-06-02T10:00:00Z' });
    await story.draft('never sent', { at: '2026-05-01T08:00:00Z', status: 'rejected' });
    await regular(story);
    expect(await factsOf(story, 'eva')).toMatchObject({ expected_value: null, spend_minor_30d: 3_000 });
  });

  it('waits for the mirror to have seen the end of the return days', async () => {
    const story = await begin({ lift_min_clients: 4 });
    await messaged(story, 4, 1);
    await regular(story);
    await story.sql`
      update crm.listings set complete_until = '2026-05-15T09:59:59Z' where club_id = ${story.club.id} and entity = 'bookings'`;
    expect(await factsOf(story, 'eva')).toMatchObject({ expected_value: null });
  });

  it('counts a member once, by the last message', async () => {
    const story = await begin({ lift_min_clients: 2 });
    await messaged(story, 2, 1);
    await story.draft('messaged 0', {
      ...{ at: '2026-05-25T08:00:00Z', sentAt: '2026-05-25T10:00:00Z', occasion: 'away again' },
    });
    await regular(story);
    expect(await factsOf(story, 'eva')).toMatchObject({
      expected_value: { return_share: 0, value_minor: 0 },
    });
  });

  it.each([
    [499, 1 / 500],
    [500, 0],
  ])(
    'rests on the last 500 messages: after one that brought somebody back, %i that did not',
    async (count, share) => {
      const story = await begin();
      await messaged(story, 1, 1);
      await regular(story);
      await messagedLater(story, count);
      expect(await factsOf(story, 'eva')).toMatchObject({ expected_value: { return_share: share } });
    },
  );

  it('is unknown for a member of whom no money is known', async () => {
    const story = await begin();
    await messaged(story, 1, 1);
    await story.visit('eva', '2026-03-01T16:00:00Z');
    expect(await factsOf(story, 'eva')).toMatchObject({ expected_value: null, spend_minor_30d: null });
  });

  it('takes a member of a single day for one who came for 30 days', async () => {
    const story = await begin();
    await story.visit('eva', '2026-03-01T16:00:00Z');
    await story.club.payment('eva', '2026-03-01', 450);
    expect(await factsOf(story, 'eva')).toMatchObject({ spend_minor_30d: 450 });
  });
});
