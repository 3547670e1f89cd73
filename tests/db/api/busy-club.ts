import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { createPromoCode, redeem } from '../promo-codes.ts';

/** What the schedules leave behind: the day decided on, readings of two days a period apart, an incident of either sort. */
async function keepNumbers(club: Club): Promise<void> {
  const { id, sql } = club;
  await sql`select segments.tick(${id}, ${NOON}), metrics.tick(${id}, ${NOON})`;
  await sql`select metrics.take_snapshot(${id}, day, ${NOON}) from unnest(${[club.today, club.ago(30)]}::date[]) as day`;
  await sql`
    update stats.client_stats set cadence_days = 0.5
    where (club_id, client_id) = (select club_id, client_id from crm.clients where club_id = ${id} and external_id = 'jan')`;
  await sql`select stats.compare(${id}, ${NOON}), stats.note_failure(${id}, 'metrics.tick_club', 'disk full', ${NOON})`;
}

/** What the weekly fit leaves behind: parameters of all clubs, and how well they foretold. */
async function keepBgNbdFit({ id, sql }: Club): Promise<void> {
  const fit = {
    ...{ clients: 400, repeat_clients: 300, r: 1.2, alpha: 9, a: 0.6, b: 7 },
    ...{ log_likelihood: -1000, iterations: 300, has_converged: true },
  };
  await sql`select stats.begin_bg_nbd_fit(${id}, ${NOON})`;
  await sql`select stats.keep_bg_nbd_fit(${id}, 'pooled', ${sql.json(fit)}, ${NOON})`;
}

/** A voice of its own, and one message of a trial of it. */
async function keepVoice({ id, sql }: Club): Promise<void> {
  await sql`select campaigns.change_voice(${id}, '{"tone": "Short."}', 0, 'operator:eva', ${NOON})`;
  await sql`select campaigns.request_trial(${id}, '{}', 'reactivation', 'cs', 'template', 'operator:eva', ${NOON})`;
  await sql`select campaigns.claim_trials(100, 60, null, null, ${NOON})`;
}

/** What the moderation chat shows: a card, and a digest of one message. */
async function keepPosts({ id, sql }: Club): Promise<void> {
  await sql`
    select outbox.store_post('card', draft_id::text, club_id, '-1', 1, null, 'v1 pending', true, ${NOON})
    from campaigns.drafts where club_id = ${id} order by draft_id limit 1`;
  await sql`
    with digest as (
      insert into campaigns.digests (club_id, scenario, language, mode, opened_at)
      values (${id}, 'reactivation', 'cs', 'together', ${NOON}) returning *
    )
    insert into campaigns.digest_drafts (club_id, draft_id, digest_id, version, joined_at)
    select draft.club_id, draft.draft_id, digest.digest_id, draft.version, ${NOON}
    from digest join campaigns.drafts as draft using (club_id) order by draft.draft_id limit 1`;
}

/** A club with a row in every table a person may read. */
export async function busyClub(club: Club): Promise<Club> {
  const campaign = await Campaign.start(club);
  const { sql } = club;
  for (const name of ['eva', 'jan', 'petr']) await campaign.member(name);
  await club.payment('eva', club.ago(2), 100);
  await club.card('eva', club.ago(2));
  await club.sale('eva', club.ago(2));
  await club.apply('staff', [{ external_id: '1', name: 'Alex' }]);
  await club.refresh();
  await club.came('regular', [1, 2, 3]);
  await keepNumbers(club);
  await keepBgNbdFit(club);
  await club.came('dirty', [1]);
  await campaign.suppress('petr');
  await campaign.plan();
  await campaign.write();
  await campaign.decide('eva');
  await sql`select api.claim_messages(100, 60, ${campaign.now})`;
  await sql`update outbox.messages set status = 'uncertain' where club_id = ${club.id}`;
  await campaign.decide('jan');
  await sql`
    insert into outbox.replies (club_id, wamid, phone, body, is_opt_out, replied_at)
    values (${club.id}, 'wamid.in', '+420777000666', 'Thanks', false, ${NOON})`;
  await sql`
    select campaigns.note_inbound(${club.id}, ${await club.idOf('jan')}, '+420777000666', ${NOON}, ${NOON})`;
  await sql`
    select campaigns.note_conversation(
        ${club.id}, ${await club.idOf('jan')}, '+420777000666', false, ${NOON}, ${NOON}
      ),
      campaigns.rest_phone(${club.id}, '+420777000666', 131049, ${NOON})`;
  await sql`
    select outbox.request_suggestion(${club.id}, conversation_id, 'operator:eva', ${NOON})
    from campaigns.conversations where club_id = ${club.id}`;
  await sql`select outbox.raise_alert('dead_letters', 'Look into Messages → Problems.', ${NOON}, ${club.id})`;
  await sql`
    insert into crm.quarantine values (${club.id}, 'clients', '9', 'unreadable', '{}', ${NOON})`;
  await club.apply('membership_types', [{ external_id: '1', title: '10 visits' }]);
  await club.apply('loyalty_programmes', [{ external_id: '1', title: 'Friends', type: 'discount_static' }]);
  await sql`
    with rebuild as (
      insert into crm.rebuilds (club_id, cause, began_at) values (${club.id}, 'nightly', ${NOON}) returning *
    ),
    counted as (
      insert into crm.rebuild_entities (club_id, rebuild_id, entity, requests, finished_at)
      select club_id, rebuild_id, 'clients', 1, began_at from rebuild
    )
    insert into crm.mended_rows (club_id, rebuild_id, entity, external_id, difference, noticed_at)
    select club_id, rebuild_id, 'clients', 'eva', 'changed', began_at from rebuild`;
  for (const name of ['mother', 'child']) await club.client(name, { phone: '+420777000777', visits: 9 });
  await sql`
    select api.store_figures(
      ${club.id}, '{"clients": 1}', '{"bookings": "no right"}', ${club.ago(1)}, '{"visits": "visits"}', 2, ${NOON}
    )`;
  await redeem(sql, club, await createPromoCode(sql, club));
  await sql`insert into campaigns.club_scenarios values (${club.id}, 'reactivation', true, null)`;
  await sql`
    select campaigns.request_templates(${club.id}, 'test', ${NOON}),
      campaigns.keep_submission(${club.id}, '[{"name": "a_v1", "language": "cs", "reason": "odd"}]', null, ${NOON})`;
  await sql`insert into campaigns.club_cooldowns values (${club.id}, 'vip', 1)`;
  await sql`select campaigns.create_campaign(${club.id}, '{"name": "Spring"}', 'test', ${NOON})`;
  // One approval is enough: eva's.
  await club.set({ is_autonomy_on: true, autonomy_min_approvals: 1 });
  await sql`select campaigns.note_autonomy(${club.id}, ${campaign.now})`;
  await sql`select campaigns.request_backtest(${club.id}, 'reactivation', 'system:test', ${NOON}, ${club.ago(1)})`;
  await sql`select campaigns.run_backtest(${club.id}, ${NOON})`;
  await keepVoice(club);
  await keepPosts(club);
  await sql`select core.note_telegram_name(${club.id}, 7001, 'Eva', ${NOON})`;
  await sql`
    insert into campaigns.judgements (club_id, draft_id, judged_by, is_good, judged_at)
    select club_id, draft_id, 'telegram:7001', true, ${NOON} from campaigns.drafts where club_id = ${club.id} limit 1`;
  await sql`insert into outbox.summaries values (${club.id}, ${club.today}, ${NOON}, '[]', '{}')`;
  await sql`
    select api.note_drafting('claude-test', ${NOON}), campaigns.notice_drafting(${club.id}, 'budget_money', '{}', ${NOON}),
      campaigns.charge_draft(${club.id}, null, gen_random_uuid(), 'claude-test', false, 1, ${NOON})`;
  await sql`
    select campaigns.request_translation(club_id, draft_id, ${NOON}) from campaigns.drafts where club_id = ${club.id}`;
  await sql`
    select api.note_edit_prompt(${club.id}, '-1', 1, draft_id, 1, 7001, ${NOON}) from campaigns.drafts where club_id = ${club.id} limit 1`;
  return club;
}
