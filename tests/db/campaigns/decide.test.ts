import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, NOON, defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

/** Eva has a draft that waits for a decision. */
async function pending(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
  await campaign.plan();
  await campaign.write();
  return campaign;
}

describe('a draft', () => {
  it('waits for a decision once it has words', async () => {
    const campaign = await pending();
    expect(await campaign.draft('eva')).toMatchObject({ status: 'pending', version: 1 });
    const rows =
      await clubs.sql`select rendered from campaigns.draft_versions where club_id = ${campaign.club.id}`;
    expect(rows[0]!.rendered).toBe(
      'Dobrý den z Vltava Fit! Držíme vám místo na úterní lekci. Těšíme se na vás.\n\nSTOP',
    );
  });

  it('is approved by itself in notification mode', async () => {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.club.set({ delivery_mode: 'notification' });
    await campaign.member('eva');
    await campaign.plan();
    await campaign.write();
    expect(await campaign.draft('eva')).toMatchObject({
      status: 'approved',
      decided_by: 'system:notification',
    });
  });

  it.each([
    ['line break', 'Two\nlines'],
    ['tab', 'Tab\there'],
    ['run of four spaces', 'Wide    gap'],
    ['space at an end', ' untrimmed'],
  ])('cannot hold a %s', async (_, message) => {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.member('eva');
    await campaign.plan();
    await expect(campaign.write(message)).rejects.toThrow('The message must be one trimmed line');
    // The failed worker's claim would keep the draft from the next test's.
    await clubs.sql`delete from campaigns.drafts where club_id = ${campaign.club.id}`;
  });

  it('that nobody decides expires', async () => {
    const campaign = await pending();
    await campaign.pass(48 * 60);
    await clubs.sql`select campaigns.expire_drafts(${campaign.now})`;
    expect(await campaign.draft('eva')).toMatchObject({ status: 'expired' });
  });
});

describe('a decision', () => {
  it('approves a draft that is still fine', async () => {
    const campaign = await pending();
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved' });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'approved', decided_by: 'telegram:42' });
  });

  it('rejects', async () => {
    const campaign = await pending();
    expect(await campaign.decide('eva', 'rejected')).toMatchObject({ outcome: 'rejected' });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'rejected' });
  });

  it('about an older version is refused', async () => {
    const campaign = await pending();
    const draft = await campaign.draft('eva');
    await clubs.sql`
      select campaigns.write_version(
        ${campaign.club.id}, ${draft!.id}, 'Nová slova.', 'operator', 'test', '{}', ${campaign.now}
      )`;
    expect(await campaign.decide('eva', 'approved', 1)).toMatchObject({ outcome: 'old_version', version: 2 });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'pending' });
    expect(await campaign.decide('eva', 'approved', 2)).toMatchObject({ outcome: 'approved' });
  });

  it.each([
    [48 * 60 - 1, 'approved'],
    [48 * 60, 'expired'],
  ])('after %i minutes: %s', async (minutes, outcome) => {
    const campaign = await pending();
    await campaign.pass(minutes);
    expect(await campaign.decide('eva')).toMatchObject({ outcome });
    expect(await campaign.draft('eva')).toMatchObject({ status: outcome });
  });

  it('is taken once: the second one reads who was first', async () => {
    const campaign = await pending();
    await campaign.decide('eva');
    expect(await campaign.decide('eva', 'rejected')).toMatchObject({
      outcome: 'already_decided',
      status: 'approved',
      decided_by: 'telegram:42',
    });
  });

  it('by two moderators at the same moment is taken by one', async () => {
    const campaign = await pending();
    const moderators = [1, 2].map(() => postgres(clubs.database.url, { max: 1 }));
    try {
      const decisions = await Promise.all([
        campaign.decide('eva', 'approved', 1, moderators[0]),
        campaign.decide('eva', 'rejected', 1, moderators[1]),
      ]);
      const outcomes = decisions.map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'already_decided')).toHaveLength(1);
      const winner = outcomes.find((outcome) => outcome !== 'already_decided');
      expect(await campaign.draft('eva')).toMatchObject({ status: winner });
    } finally {
      await Promise.all(moderators.map((moderator) => moderator.end()));
    }
  });

  it('of a stranger is denied, and written down', async () => {
    const campaign = await pending();
    const draft = await campaign.draft('eva');
    const [row] = await clubs.sql`
      select api.decide_draft_in_telegram(${draft!.id}, 1, 'approved', 666, false, 'Mallory', null, ${campaign.now}) as decided`;
    expect(row!.decided).toEqual({ outcome: 'denied' });
    const log = await clubs.sql`select actor, action from core.audit_log where club_id = ${campaign.club.id}`;
    expect(log).toEqual([{ actor: 'telegram:666', action: 'draft.decision_denied' }]);
  });
});

describe('a rejection', () => {
  const suppressions = (campaign: Campaign) =>
    clubs.sql`select cause, client_ids from campaigns.suppressions where club_id = ${campaign.club.id}`;

  it.each(['wording', 'wrong_person', 'wrong_time'])(
    'for %s keeps the reason and suppresses nobody',
    async (reason) => {
      const campaign = await pending();
      expect(await campaign.decide('eva', 'rejected', 1, clubs.sql, reason)).toMatchObject({
        outcome: 'rejected',
      });
      expect(await campaign.draft('eva')).toMatchObject({ status: 'rejected', decision_reason: reason });
      const [entry] = await clubs.sql`
      select actor, detail from core.audit_log where club_id = ${campaign.club.id} and action = 'draft.rejected'`;
      expect(entry).toEqual({ actor: 'telegram:42', detail: { version: 1, reason } });
      expect(await suppressions(campaign)).toEqual([]);
    },
  );

  it('as never this person suppresses the member, and what is queued for them goes too', async () => {
    const campaign = await pending();
    const client = await campaign.club.idOf('eva');
    const [earlier] = await clubs.sql<{ draft_id: string }[]>`
      insert into campaigns.drafts (
        club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language, planned_date,
        planned_at, expires_at, delivery_mode, mode_basis, status, version
      )
      values (
        ${campaign.club.id}, ${client}, 'greeting', 'x', 'x', '{}', 'cs', 'reactivation_v1', 'cs', '2026-06-10', ${campaign.now},
        '2026-06-20', 'moderation', 'club', 'planned', 0
      )
      returning draft_id`;
    await clubs.sql`
      select campaigns.write_version(${campaign.club.id}, ${earlier!.draft_id}, 'Těšíme se.', 'static', 'x', '{}', ${campaign.now})`;
    await clubs.sql`update campaigns.drafts set status = 'approved' where draft_id = ${earlier!.draft_id}`;
    await clubs.sql`select outbox.enqueue_approved(${campaign.club.id}, ${campaign.now})`;

    expect(await campaign.decide('eva', 'rejected', 1, clubs.sql, 'never_this_person')).toMatchObject({
      outcome: 'rejected',
    });
    const [rejected] = await clubs.sql`
      select status, decision_reason from campaigns.drafts where club_id = ${campaign.club.id} and scenario = 'reactivation'`;
    expect(rejected).toEqual({ status: 'rejected', decision_reason: 'never_this_person' });
    expect(await suppressions(campaign)).toEqual([{ cause: 'do_not_contact', client_ids: [String(client)] }]);
    const messages = await clubs.sql`select status from outbox.messages where club_id = ${campaign.club.id}`;
    expect(messages).toEqual([{ status: 'cancelled' }]);
  });

  it('as never this person, of a text that has changed, suppresses nobody', async () => {
    const campaign = await pending();
    expect(await campaign.decide('eva', 'rejected', 2, clubs.sql, 'never_this_person')).toMatchObject({
      outcome: 'old_version',
    });
    expect(await suppressions(campaign)).toEqual([]);
  });

  it.each([
    ['rejected', 'because'],
    ['approved', 'wording'],
  ])('is not %s for "%s"', async (decision, reason) => {
    const campaign = await pending();
    await expect(campaign.decide('eva', decision, 1, clubs.sql, reason)).rejects.toThrow(
      `Reason "${reason}" is unknown`,
    );
  });
});

describe('who taps', () => {
  it('is known by name once they were let in', async () => {
    const campaign = await pending();
    await campaign.decide('eva');
    expect(await campaign.decide('eva', 'rejected')).toMatchObject({ decided_by_name: 'Petra' });
  });

  it('is denied once the club has removed them, though they are on the list', async () => {
    const campaign = await pending();
    await clubs.sql`
      insert into core.operators (club_id, user_id, email, role, telegram_user_id, is_active, created_at)
      values (${campaign.club.id}, gen_random_uuid(), 'x@y.z', 'moderator', 42, false, ${campaign.now})`;
    expect(await campaign.decide('eva')).toEqual({ outcome: 'denied' });
    expect(await campaign.draft('eva')).toMatchObject({ status: 'pending' });
    expect(await clubs.sql`select from core.telegram_names where club_id = ${campaign.club.id}`).toEqual([]);
  });
});

describe('an approval checks everything again', () => {
  const soon = '2026-06-15T10:30:00Z';
  const obstacles: [reason: string, change: (campaign: Campaign) => Promise<unknown>][] = [
    ['no_phone', ({ club }) => club.client('eva', { phone: null })],
    ['no_phone', ({ club }) => club.deleteClient('eva')],
    [
      'no_consent',
      ({ club, sql }) => sql`update campaigns.consents set withdrawn_at = ${NOON} where club_id = ${club.id}`,
    ],
    ['came_back', ({ club }) => club.booking('eva', club.today, { time: '12:15', madeAt: NOON })],
    [
      'came_back',
      ({ club }) => club.booking('eva', club.today, { status: 'booked', time: '19:00', madeAt: soon }),
    ],
    ['came_back', ({ club }) => club.booking('eva', club.ago(-3), { status: 'booked', madeAt: soon })],
    ['cooldown', (campaign) => campaign.contacted('eva', soon)],
    [
      'frequency_cap',
      async (campaign) => {
        const { club, sql } = campaign;
        await sql`insert into campaigns.club_cooldowns values (${club.id}, 'going_silent', 0)`;
        await campaign.contacted('eva', soon);
      },
    ],
    [
      'no_template',
      ({ club, sql }) => sql`update campaigns.templates set status = 'PAUSED' where club_id = ${club.id}`,
    ],
    ['holdout', ({ club }) => club.set({ holdout_share: 0.999999 })],
  ];

  it.each(obstacles)('and refuses for %s', async (reason, change) => {
    const campaign = await pending();
    await change(campaign);
    await campaign.pass(40);
    expect(await campaign.decide('eva')).toEqual(
      expect.objectContaining({ outcome: 'not_eligible', status: 'cancelled', reason }),
    );
    expect(await campaign.draft('eva')).toMatchObject({ status: 'cancelled', decision_reason: reason });
    expect(await campaign.skip('eva')).toBe(reason);
  });

  it('and finds the draft void already when the member was suppressed', async () => {
    const campaign = await pending();
    await campaign.suppress('eva');
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'already_decided', reason: 'suppressed' });
    expect(await campaign.skip('eva')).toBe('suppressed');
  });

  it('and lets through a booking made and gone before the member was planned', async () => {
    const campaign = await pending();
    await campaign.club.booking('eva', campaign.club.ago(-3), {
      status: 'booked',
      madeAt: soon,
      isDeleted: true,
    });
    await campaign.club.booking('eva', campaign.club.ago(50), { status: 'no_show' });
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved' });
  });
});
