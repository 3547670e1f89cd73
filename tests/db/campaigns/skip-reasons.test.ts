import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, NOON, defineScenario, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { renewingCard } from '../renewing-card.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const start = async () => Campaign.start(await clubs.open());
const before = (milliseconds: number) => new Date(Date.parse(NOON) - milliseconds);

async function reason(campaign: Campaign, name = 'eva'): Promise<string | null | undefined> {
  return (await campaign.candidate(name))?.skip_reason;
}

describe('nothing stands in the way', () => {
  it('of a member with a phone, a consent and a template', async () => {
    const campaign = await start();
    await campaign.member('eva');
    expect(await campaign.candidate('eva')).toMatchObject({
      scenario: 'reactivation',
      skip_reason: null,
      variables: { days_since_last_visit: 94, visits_total: 2, usual_service: 'Group class' },
    });
  });
});

describe('no_phone', () => {
  it('without a valid number', async () => {
    const campaign = await start();
    await campaign.member('eva', [94], { phone: null });
    expect(await reason(campaign)).toBe('no_phone');
  });
});

describe('suppressed', () => {
  it.each(['stop_word', 'button', 'user_preferences', 'error_131050', 'unreachable', 'do_not_contact'])(
    'by %s, until an operator lifts it',
    async (cause) => {
      const campaign = await start();
      await campaign.member('eva');
      await campaign.suppress('eva', cause);
      expect(await reason(campaign)).toBe('suppressed');
      await clubs.sql`update campaigns.suppressions set lifted_at = ${campaign.now} where club_id = ${campaign.club.id}`;
      expect(await reason(campaign)).toBe(cause === 'unreachable' ? null : 'no_consent');
    },
  );

  it('when the platform excludes the client from mailings', async () => {
    const campaign = await start();
    await campaign.member('eva', [94], { is_excluded_from_mailings: true });
    expect(await reason(campaign)).toBe('suppressed');
  });

  it('still, after the member’s phone has changed; but not because the old phone was unreachable', async () => {
    const campaign = await start();
    await campaign.club.set({ has_existing_customer_exception: true });
    for (const [name, cause] of [
      ['eva', 'stop_word'],
      ['jan', 'unreachable'],
    ] as const) {
      await campaign.member(name);
      await campaign.suppress(name, cause);
      await campaign.club.client(name, { phone: `+42077000000${name.length + (name === 'eva' ? 1 : 2)}` });
    }
    expect(await reason(campaign, 'eva')).toBe('suppressed');
    expect(await reason(campaign, 'jan')).toBeNull();
  });

  it('for everybody who shares the phone, in this club only', async () => {
    const campaign = await start();
    await campaign.member('eva', [94], { phone: '+420777000111' });
    await campaign.member('child', [94], { phone: '+420777000111' });
    const other = await start();
    await other.member('eva', [94], { phone: '+420777000111' });
    await campaign.suppress('eva');
    expect(await reason(campaign, 'child')).toBe('suppressed');
    expect(await reason(other)).toBeNull();
  });
});

describe('no_consent', () => {
  it('without a recorded basis', async () => {
    const campaign = await start();
    await campaign.club.client('eva', { phone: '+420777000222' });
    await campaign.club.visits('eva', [campaign.club.ago(94)]);
    expect(await reason(campaign)).toBe('no_consent');
    await campaign.club.set({ has_existing_customer_exception: true });
    expect(await reason(campaign)).toBeNull();
  });

  it('from the moment it is withdrawn, and not on the days before', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await clubs.sql`
      update campaigns.consents set withdrawn_at = ${before(HOUR)} where club_id = ${campaign.club.id}`;
    expect(await reason(campaign)).toBe('no_consent');
    expect((await campaign.candidate('eva', campaign.club.ago(1)))?.skip_reason).toBeNull();
  });
});

describe('came_back', () => {
  it.each([
    ['for tomorrow, made today', { daysAgo: -1, madeAt: NOON }, 'came_back'],
    ['for tomorrow, made no one knows when', { daysAgo: -1, madeAt: null }, 'came_back'],
    ['for tomorrow, made tomorrow', { daysAgo: -1, madeAt: '2026-06-15T22:00:00Z' }, null],
    ['for today', { daysAgo: 0, madeAt: NOON }, null],
    ['for tomorrow, deleted', { daysAgo: -1, madeAt: NOON, isDeleted: true }, null],
    ['for tomorrow, cancelled', { daysAgo: -1, madeAt: NOON, status: 'cancelled' as const }, null],
  ])('with a booking %s', async (_, { daysAgo, ...fields }, expected) => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.booking('eva', campaign.club.ago(daysAgo), { status: 'booked', ...fields });
    expect(await reason(campaign)).toBe(expected);
  });
});

describe('already_sent', () => {
  it('for this inactivity spell, whatever was decided; but not when the draft expired or was cancelled', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.plan();
    for (const [status, expected] of Object.entries({
      planned: 'already_sent',
      pending: 'already_sent',
      approved: 'already_sent',
      rejected: 'already_sent',
      expired: null,
      cancelled: null,
    })) {
      await clubs.sql`update campaigns.drafts set status = ${status} where club_id = ${campaign.club.id}`;
      expect((await campaign.candidate('eva', campaign.club.ago(-1)))?.skip_reason, status).toBe(expected);
    }
  });

  it('is over when the spell ends with a visit and a new one begins', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.plan();
    await campaign.club.visits('eva', [campaign.club.ago(-3)]);
    expect(await campaign.candidate('eva', campaign.club.ago(-62))).toBeUndefined();
    expect((await campaign.candidate('eva', campaign.club.ago(-63)))?.skip_reason).toBeNull();
  });

  it('when the last visit turns out to have been another day', async () => {
    const campaign = await start();
    await campaign.member('eva', [100]);
    const visit = await campaign.club.booking('eva', campaign.club.ago(94));
    await campaign.plan();
    await campaign.club.booking('eva', campaign.club.ago(94), { id: visit, isDeleted: true });
    expect((await campaign.candidate('eva', campaign.club.ago(-1)))?.skip_reason).toBe('already_sent');
  });
});

describe('no_template', () => {
  it.each([
    ['is pending', [template({ status: 'PENDING' })], 'no_template'],
    ['is paused', [template({ status: 'PAUSED' })], 'no_template'],
    ['is of another scenario', [template({ name: 'greeting_v1' })], 'no_template'],
    ['is in a language neither the client’s nor the club’s', [template({ language: 'bg' })], 'no_template'],
    ['asks for more than we can fill', [template({ parameters: ['message', 'discount'] })], 'no_template'],
    ['is in the club’s language', [template({ language: 'cs' })], null],
    ['is in the client’s language', [template({ language: 'uk' })], null],
  ])('when the only one %s', async (_, templates, expected) => {
    const campaign = await start();
    await campaign.member('eva', [94, 100], { language: 'uk' });
    await campaign.pass(1);
    await campaign.templates(templates);
    expect(await reason(campaign)).toBe(expected);
  });

  it('prefers the client’s language, and the newest version by its number', async () => {
    const campaign = await start();
    await campaign.member('eva', [94, 100], { language: 'uk' });
    await campaign.templates([
      template({ name: 'reactivation_v11', language: 'cs' }),
      template({ name: 'reactivation_v9', language: 'uk' }),
      template({ name: 'reactivation_v10', language: 'uk' }),
    ]);
    await campaign.plan();
    const rows = await clubs.sql`
      select template_name, template_language from campaigns.drafts where club_id = ${campaign.club.id}`;
    expect(rows).toEqual([{ template_name: 'reactivation_v10', template_language: 'uk' }]);
  });
});

describe('holdout', () => {
  it('keeps the control group unmessaged', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.set({ holdout_share: 0.999999 });
    expect(await reason(campaign)).toBe('holdout');
  });
});

describe('the order of the reasons', () => {
  it('gives the first, and each next one when it is out of the way', async () => {
    const campaign = await start();
    const { club } = campaign;
    await campaign.member('eva', [94, 100], { phone: null, is_excluded_from_mailings: true });
    await renewingCard(club, 'eva');
    await club.booking('eva', club.ago(-2), { id: 'next', status: 'booked', madeAt: NOON });
    await clubs.sql`update campaigns.consents set withdrawn_at = ${before(DAY)} where club_id = ${club.id}`;
    await club.set({ holdout_share: 0.999999, frequency_cap: 0, daily_limit: 0 });

    const seen = [await reason(campaign)];
    const next = async (change: () => Promise<unknown>) => {
      await change();
      seen.push(await reason(campaign));
    };
    const phone = '+420777000444';
    await next(() => club.client('eva', { phone, is_excluded_from_mailings: true }));
    await next(() => club.client('eva', { phone }));
    await next(() => campaign.consent('eva'));
    await campaign.contacted('eva', before(2 * DAY), 'reactivation');
    await next(() => club.booking('eva', club.ago(-2), { id: 'next', status: 'booked', isDeleted: true }));
    await next(() => clubs.sql`select campaigns.include_do_not_wake(${club.id}, 'reactivation', true)`);
    await clubs.sql`update campaigns.contacts set scenario = 'greeting' where club_id = ${club.id}`;
    await next(() => clubs.sql`update campaigns.drafts set scenario = 'greeting' where club_id = ${club.id}`);
    await next(() => clubs.sql`insert into campaigns.club_cooldowns values (${club.id}, 'going_silent', 0)`);
    await clubs.sql`update campaigns.templates set status = 'REJECTED' where club_id = ${club.id}`;
    await next(() => club.set({ frequency_cap: 2 }));
    await next(
      () => clubs.sql`update campaigns.templates set status = 'APPROVED' where club_id = ${club.id}`,
    );
    await next(() => club.set({ holdout_share: 0 }));
    await next(() => club.set({ daily_limit: null }));
    expect(seen).toEqual([
      'no_phone',
      'suppressed',
      'no_consent',
      'came_back',
      'do_not_wake',
      'already_sent',
      'cooldown',
      'frequency_cap',
      'no_template',
      'holdout',
      'daily_limit',
      null,
    ]);
  });
});
