import { describe, expect, it } from 'vitest';
import { Campaign, NOON, SCENARIOS } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { OneOff } from '../one-off.ts';

const clubs = useClubs();

async function preview(
  { club, now }: Campaign,
  scenario: string | null,
  clientsPerReason = 50,
  campaign: number | null = null,
) {
  return clubs.sql<{ reason: string | null; clients: number; name: string; why: string }[]>`
    select skip_reason as reason, clients::int as clients, external_id as name, why
    from campaigns.preview(${club.id}, ${now}, ${scenario}, ${campaign}, ${clientsPerReason})`;
}

/** Eva, Jan and Ota would get it; Petr has no phone, Ida and Ivo have said stop. */
async function start(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open(), NOON, SCENARIOS);
  for (const name of ['eva', 'ida', 'ivo', 'jan', 'ota']) await campaign.member(name);
  await campaign.member('petr', [94], { phone: null });
  for (const name of ['ida', 'ivo']) await campaign.suppress(name);
  return campaign;
}

describe('the preview of a scenario', () => {
  it('says who would get it today, and why others would not', async () => {
    const campaign = await start();
    const rows = await preview(campaign, 'reactivation');
    expect(rows.map(({ reason, clients, name }) => [reason, clients, name])).toEqual([
      [null, 3, 'eva'],
      [null, 3, 'jan'],
      [null, 3, 'ota'],
      ['no_phone', 1, 'petr'],
      ['suppressed', 2, 'ida'],
      ['suppressed', 2, 'ivo'],
    ]);
    expect(rows[0]!.why).toBe('last visit 94 days ago, 2 visits in all');
  });

  it('names the first clients of each reason, and counts them all', async () => {
    const rows = await preview(await start(), 'reactivation', 1);
    expect(rows.map(({ reason, clients, name }) => [reason, clients, name])).toEqual([
      [null, 3, 'eva'],
      ['no_phone', 1, 'petr'],
      ['suppressed', 2, 'ida'],
    ]);
  });

  it('is the same for a scenario that is switched off, and leaves the others out', async () => {
    const campaign = await start();
    const before = await preview(campaign, 'reactivation');
    await clubs.sql`
      insert into campaigns.club_scenarios (club_id, scenario, is_enabled)
      values (${campaign.club.id}, 'reactivation', false)`;
    await campaign.member('birthday child', [1], { birth_date: '1990-06-15' });
    expect(await preview(campaign, 'reactivation')).toEqual(before);
    expect(await preview(campaign, 'birthday')).toMatchObject([{ reason: null, name: 'birthday child' }]);
  });

  it('tells whose message is on its way today from who had it earlier', async () => {
    const campaign = await start();
    await campaign.plan();
    const reasonOf = async (name: string) =>
      (await preview(campaign, 'reactivation')).find((row) => row.name === name)?.reason;
    expect(await reasonOf('eva')).toBe('planned_today');
    await campaign.pass(24 * 60);
    expect(await reasonOf('eva')).toBe('already_sent');
  });

  it('writes nothing', async () => {
    const campaign = await start();
    await preview(campaign, 'reactivation');
    const [row] = await clubs.sql`
      select
        (select count(*)::int from campaigns.drafts where club_id = ${campaign.club.id}) as drafts,
        (select count(*)::int from campaigns.skips where club_id = ${campaign.club.id}) as skips`;
    expect(row).toEqual({ drafts: 0, skips: 0 });
  });

  it('of nothing, or of something unknown, is empty', async () => {
    const campaign = await start();
    expect(await preview(campaign, null)).toEqual([]);
    expect(await preview(campaign, 'nonsense')).toEqual([]);
  });
});

describe('the preview of a one-off campaign', () => {
  it('says who would get it before it is started, and why others would not', async () => {
    const oneOff = await OneOff.start(await clubs.open());
    for (const name of ['eva', 'jan']) await oneOff.campaign.member(name);
    await oneOff.campaign.member('petr', [94, 100], { phone: null });
    await oneOff.campaign.member('regular', [1, 2, 3]);
    const id = await oneOff.create({ segment: 'going_silent' });
    const rows = await preview(oneOff.campaign, null, 50, id);
    expect(rows.map(({ reason, clients, name }) => [reason, clients, name])).toEqual([
      [null, 2, 'eva'],
      [null, 2, 'jan'],
      ['no_phone', 1, 'petr'],
    ]);
  });

  it('is of that campaign and no other, nor of the scenarios', async () => {
    const oneOff = await OneOff.start(await clubs.open());
    for (const name of ['eva', 'jan']) await oneOff.campaign.member(name);
    await oneOff.campaign.member('regular', [1, 2, 3]);
    await oneOff.run({ segment: 'going_silent' });
    const id = await oneOff.create({ segment: 'regular' });
    expect(await preview(oneOff.campaign, null, 50, id)).toMatchObject([{ reason: null, name: 'regular' }]);
    expect(await preview(oneOff.campaign, 'reactivation', 50, id)).toEqual([]);
  });

  it('tells whose message is on its way today', async () => {
    const oneOff = await OneOff.start(await clubs.open());
    await oneOff.campaign.member('eva');
    const id = await oneOff.run({ segment: 'going_silent' });
    await oneOff.campaign.plan();
    expect(await preview(oneOff.campaign, null, 50, id)).toMatchObject([
      { reason: 'planned_today', name: 'eva' },
    ]);
  });
});
