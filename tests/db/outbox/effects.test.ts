import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { EffectStory } from './effect-story.ts';

const clubs = useClubs();

const FROM = '2026-05-01';
const UNTIL = '2026-05-31';
const PLANNED = '2026-05-01T08:00:00Z';
const SENT = '2026-05-01T10:00:00Z';
const LATER = '2026-06-15T00:00:00Z';

const begin = async (settings: Parameters<typeof EffectStory.begin>[1] = {}) =>
  EffectStory.begin(await clubs.open(), settings);
const effectOf = (story: EffectStory, scenario = 'reactivation', at = LATER) =>
  story.effect(scenario, FROM, UNTIL, at);

it('of a scenario that did nothing is zero, and nothing is divided by it', async () => {
  const story = await begin();
  expect(await effectOf(story)).toMatchObject({
    ...{ planned: 0, skipped: {}, sent: 0, returned: 0, revenue_of_returners_minor: 0, cost_minor: null },
    ...{ messaged_clients: 0, control_clients: 0, return_rate: null, control_rate: null, lift: null },
    verdict: 'not enough data yet',
  });
});

describe('the funnel', () => {
  it('counts how far the messages planned in the period came', async () => {
    const story = await begin();
    await story.draft('planned', { at: PLANNED, status: 'planned', version: 0 });
    await story.draft('rejected', { at: PLANNED, status: 'rejected' });
    await story.draft('approved', { at: PLANNED, status: 'approved' });
    await story.draft('sent', { at: PLANNED, sentAt: SENT });
    await story.draft('delivered', { at: PLANNED, sentAt: SENT, deliveredAt: SENT });
    await story.draft('read', { at: PLANNED, sentAt: SENT, readAt: SENT });
    await story.draft('earlier', { at: '2026-04-30T08:00:00Z', sentAt: '2026-04-30T10:00:00Z' });
    await story.draft('other', { at: PLANNED, sentAt: SENT, scenario: 'birthday' });
    expect(await effectOf(story)).toMatchObject({
      ...{ planned: 6, drafted: 5, approved: 4, sent: 3, delivered: 2, read: 1 },
    });
    expect(await effectOf(story, 'birthday')).toMatchObject({ planned: 1, sent: 1 });
  });

  it('counts a candidate skipped for one reason on many days once', async () => {
    const story = await begin();
    for (const day of ['01', '02', '03']) {
      await story.skip('eva', { at: `2026-05-${day}T08:00:00Z`, reason: 'cooldown' });
    }
    await story.skip('eva', { at: '2026-05-04T08:00:00Z', reason: 'frequency_cap' });
    await story.skip('jan', { at: PLANNED, reason: 'cooldown' });
    await story.skip('petr', { at: '2026-04-30T08:00:00Z', reason: 'cooldown' });
    expect(await effectOf(story)).toMatchObject({ skipped: { cooldown: 2, frequency_cap: 1 } });
  });

  it('gives a reply and an opt-out to the last message before it, within the return days', async () => {
    const story = await begin();
    for (const name of ['eva', 'jan', 'petr', 'late']) {
      await story.draft(name, { at: PLANNED, sentAt: SENT });
    }
    await story.draft('eva', {
      ...{ at: '2026-05-03T08:00:00Z', sentAt: '2026-05-03T09:00:00Z' },
      ...{ scenario: 'birthday', occasion: 'birthday of 2026' },
    });
    await story.says('eva', '2026-05-03T10:00:00Z');
    await story.says('jan', '2026-05-02T10:00:00Z');
    await story.says('jan', '2026-05-02T11:00:00Z');
    await story.says('petr', '2026-05-02T10:00:00Z', true);
    await story.says('late', '2026-05-15T10:00:01Z');
    expect(await effectOf(story)).toMatchObject({ replied: 1, opted_out: 1 });
    expect(await effectOf(story, 'birthday')).toMatchObject({ replied: 1, opted_out: 0 });
  });

  it('counts who booked after the sending, and who came', async () => {
    const story = await begin();
    const { club } = story;
    for (const name of ['booked', 'before', 'deleted', 'came', 'early', 'late']) {
      await story.draft(name, { at: PLANNED, sentAt: SENT });
    }
    const booking = { status: 'booked', startsAt: '2026-07-20T16:00:00Z' } as const;
    await club.booking('booked', UNTIL, { ...booking, madeAt: '2026-05-15T10:00:00Z' });
    await club.booking('before', UNTIL, { ...booking, madeAt: SENT });
    await club.booking('deleted', UNTIL, {
      ...booking,
      madeAt: '2026-05-02T10:00:00Z',
      status: 'cancelled',
      isDeleted: true,
    });
    await story.visit('came', '2026-05-15T10:00:00Z');
    await story.visit('early', '2026-05-01T09:00:00Z');
    await story.visit('late', '2026-05-15T10:00:01Z');
    expect(await effectOf(story)).toMatchObject({ booked: 1, returned: 1 });
  });
});

describe('money', () => {
  it('is what returners paid between the sending and the end of the return days, each payment once', async () => {
    const story = await begin();
    const { club } = story;
    await story.draft('eva', { at: PLANNED, sentAt: SENT });
    await story.draft('eva', {
      at: '2026-05-03T08:00:00Z',
      sentAt: '2026-05-03T10:00:00Z',
      occasion: 'away again',
    });
    await story.draft('stayed away', { at: PLANNED, sentAt: SENT });
    await story.visit('eva', '2026-05-04T16:00:00Z');
    // At noon in Prague.
    await club.payment('eva', '2026-05-01', 1);
    await club.payment('eva', '2026-05-04', 20);
    await club.payment('eva', '2026-05-05', -3);
    await club.payment('eva', '2026-05-18', 500);
    await club.payment('stayed away', '2026-05-04', 7_000);
    expect(await effectOf(story)).toMatchObject({ returned: 2, revenue_of_returners_minor: 17 });
  });

  it('is spent on delivered messages that Meta bills, and unknown without a price', async () => {
    const story = await begin();
    const delivered = { at: PLANNED, sentAt: SENT, deliveredAt: SENT };
    await story.draft('billed', { ...delivered, pricing: { billable: true, category: 'marketing' } });
    await story.draft('not yet told', delivered);
    await story.draft('free', { ...delivered, pricing: { billable: false, category: 'service' } });
    await story.draft('not delivered', { at: PLANNED, sentAt: SENT, pricing: { billable: true } });
    expect(await effectOf(story)).toMatchObject({ cost_minor: null });
    await story.club.set({ message_price_minor: 190 });
    expect(await effectOf(story)).toMatchObject({ cost_minor: 380 });
    expect(await effectOf(story, 'birthday')).toMatchObject({ cost_minor: 0 });
  });
});

/** So many clients of either group, of whom so many come three days later. */
async function groups(
  story: EffectStory,
  [messagedReturned, messaged, controlReturned, control]: [number, number, number, number],
): Promise<void> {
  const names = (group: string, count: number) => Array.from({ length: count }, (_, i) => `${group} ${i}`);
  for (const name of names('messaged', messaged)) await story.draft(name, { at: PLANNED, sentAt: SENT });
  for (const name of names('control', control)) await story.skip(name, { at: PLANNED });
  for (const name of [...names('messaged', messagedReturned), ...names('control', controlReturned)]) {
    await story.visit(name, '2026-05-04T16:00:00Z');
  }
}

describe('lift', () => {
  it('is the difference of the return rates, with its interval', async () => {
    const story = await begin();
    await groups(story, [9, 10, 3, 10]);
    const effect = await effectOf(story);
    expect(effect).toMatchObject({
      ...{ messaged_clients: 10, messaged_returned: 9, control_clients: 10, control_returned: 3 },
      ...{ return_rate: 0.9, control_rate: 0.3, verdict: 'works' },
    });
    expect(effect['lift']).toBeCloseTo(0.6, 10);
    expect(effect['lift_low']).toBeCloseTo(0.1705, 4);
    expect(effect['lift_high']).toBeCloseTo(0.809, 4);
  });

  it.each<[string, [number, number, number, number]]>([
    ['works against', [1, 10, 8, 10]],
    ['no difference seen', [5, 10, 4, 10]],
  ])('is said to be: %s', async (verdict, counts) => {
    const story = await begin();
    await groups(story, counts);
    expect(await effectOf(story)).toMatchObject({ verdict });
  });

  it.each<[string, [number, number, number, number]]>([
    ['the messaged', [9, 9, 0, 10]],
    ['the control group', [10, 10, 0, 9]],
  ])('is not told while %s are fewer than the club asks for', async (_, counts) => {
    const story = await begin({ lift_min_clients: 10 });
    await groups(story, counts);
    expect(await effectOf(story)).toMatchObject({
      ...{ lift: null, lift_low: null, lift_high: null, verdict: 'not enough data yet' },
    });
    await story.club.set({ lift_min_clients: 9 });
    expect(await effectOf(story)).toMatchObject({ verdict: 'works' });
  });

  it('counts only who was assigned so long ago that their window is over', async () => {
    const story = await begin();
    await story.draft('eva', { at: PLANNED, sentAt: SENT });
    await story.skip('jan', { at: '2026-05-01T08:00:01Z' });
    await story.visit('jan', '2026-05-02T16:00:00Z');
    expect(await effectOf(story, 'reactivation', '2026-05-15T08:00:00Z')).toMatchObject({
      ...{ messaged_clients: 1, control_clients: 0, control_returned: 0, waiting_clients: 1 },
    });
    expect(await effectOf(story, 'reactivation', '2026-05-15T08:00:01Z')).toMatchObject({
      ...{ messaged_clients: 1, control_clients: 1, control_returned: 1, waiting_clients: 0 },
    });
  });

  it('counts a client once, by the first occasion of the period', async () => {
    const story = await begin();
    await story.skip('eva', { at: PLANNED, occasion: 'away' });
    await story.draft('eva', { at: '2026-05-20T08:00:00Z', occasion: 'away again' });
    await story.visit('eva', '2026-05-22T16:00:00Z');
    expect(await effectOf(story)).toMatchObject({
      ...{ messaged_clients: 0, control_clients: 1, control_returned: 0 },
    });
  });
});
