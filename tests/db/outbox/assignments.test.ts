import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { EffectStory } from './effect-story.ts';

const clubs = useClubs();

const DAY = '2026-05-01';
const PLANNED = '2026-05-01T08:00:00Z';
const LATER = '2026-06-15T00:00:00Z';

const begin = async () => EffectStory.begin(await clubs.open());
const groups = async (story: EffectStory) =>
  (await story.assignments(DAY, DAY, LATER)).map(({ client, group }) => `${client}: ${group}`);

describe('the group of an assignment', () => {
  it.each(['planned', 'pending', 'approved', 'rejected', 'expired', 'cancelled'])(
    'is "messaged" for a draft that is %s',
    async (status) => {
      const story = await begin();
      await story.draft('eva', { at: PLANNED, status });
      expect(await groups(story)).toEqual(['eva: messaged']);
    },
  );

  it('is "control" for whoever was held out, and "messaged" for whoever waits for room in the daily limit', async () => {
    const story = await begin();
    await story.skip('eva', { at: PLANNED });
    await story.skip('jan', { at: PLANNED, reason: 'daily_limit' });
    expect(await groups(story)).toEqual(['eva: control', 'jan: messaged']);
  });

  it.each(['no_phone', 'no_consent', 'came_back', 'cooldown', 'no_template'])(
    'is none for whoever was skipped for %s: no draw was made',
    async (reason) => {
      const story = await begin();
      await story.skip('eva', { at: PLANNED, reason });
      expect(await groups(story)).toEqual([]);
    },
  );

  it('is that of the first assignment of the occasion, whatever came later', async () => {
    const story = await begin();
    await story.skip('eva', { at: PLANNED });
    await story.skip('eva', { at: '2026-05-02T08:00:00Z' });
    await story.draft('eva', { at: '2026-05-03T08:00:00Z', sentAt: '2026-05-03T09:00:00Z' });
    await story.draft('jan', { at: PLANNED, status: 'cancelled' });
    await story.skip('jan', { at: '2026-05-02T08:00:00Z' });
    const told = await story.assignments(DAY, '2026-05-31', LATER);
    expect(told.map(({ client, group, assigned_at }) => [client, group, assigned_at.toISOString()])).toEqual([
      ['eva', 'control', '2026-05-01T08:00:00.000Z'],
      ['jan', 'messaged', '2026-05-01T08:00:00.000Z'],
    ]);
  });

  it('is not asked again in a later period, while another occasion is', async () => {
    const story = await begin();
    await story.skip('eva', { at: '2026-04-30T08:00:00Z' });
    await story.skip('eva', { at: PLANNED });
    await story.draft('jan', { at: '2026-04-30T08:00:00Z', status: 'expired' });
    await story.draft('jan', { at: PLANNED });
    await story.skip('petr', { at: '2026-04-30T08:00:00Z', occasion: 'away before' });
    await story.draft('petr', { at: PLANNED });
    expect(await groups(story)).toEqual(['petr: messaged']);
  });

  it('is forgotten with a client who was deleted', async () => {
    const story = await begin();
    await story.draft('eva', { at: PLANNED });
    await story.club.deleteClient('eva');
    expect(await groups(story)).toEqual([]);
  });

  it('belongs to the local date of the club', async () => {
    const story = await EffectStory.begin(await clubs.open({ timezone: 'Pacific/Auckland' }));
    // The first of May in Auckland already.
    await story.skip('eva', { at: '2026-04-30T20:00:00Z' });
    await story.draft('jan', { at: '2026-05-01T20:00:00Z' });
    expect(await groups(story)).toEqual(['eva: control']);
  });
});

describe('the return after an assignment', () => {
  const returnOf = async (visits: string[], at = LATER) => {
    const story = await begin();
    await story.skip('eva', { at: PLANNED });
    for (const visit of visits) await story.visit('eva', visit);
    return (await story.assignments(DAY, DAY, at))[0]!.returned_at?.toISOString() ?? null;
  };

  it('is the first visit after it', async () => {
    expect(await returnOf(['2026-05-09T16:00:00Z', '2026-05-03T16:00:00Z', '2026-04-20T16:00:00Z'])).toBe(
      '2026-05-03T16:00:00.000Z',
    );
  });

  it('is within 14 × 24 hours, to the last second', async () => {
    expect(await returnOf(['2026-05-15T08:00:00Z'])).toBe('2026-05-15T08:00:00.000Z');
    expect(await returnOf(['2026-05-15T08:00:01Z'])).toBeNull();
    expect(await returnOf(['2026-05-01T08:00:00Z'])).toBeNull();
    expect(await returnOf(['2026-05-01T08:00:01Z'])).not.toBeNull();
  });

  it('is not known before it happened', async () => {
    expect(await returnOf(['2026-05-03T16:00:00Z'], '2026-05-03T15:00:00Z')).toBeNull();
  });

  it('counts for the messaged from the assignment too, sent or not: who came before the sending came back', async () => {
    const story = await begin();
    await story.draft('eva', { at: PLANNED, status: 'cancelled' });
    await story.visit('eva', '2026-05-01T17:00:00Z');
    await story.draft('jan', { at: PLANNED, sentAt: '2026-05-02T17:00:00Z' });
    // Within 14 days of the sending, not of the assignment.
    await story.visit('jan', '2026-05-16T10:00:00Z');
    const [eva, jan] = await story.assignments(DAY, DAY, LATER);
    expect(eva).toMatchObject({ sent_at: null, returned_at: new Date('2026-05-01T17:00:00Z') });
    expect(jan).toMatchObject({ sent_at: new Date('2026-05-02T17:00:00Z'), returned_at: null });
  });
});
