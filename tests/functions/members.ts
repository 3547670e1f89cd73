// Members of the club under test, and drafts to them in the state a test begins with.
import type { Member, Messaging } from './messaging.ts';
import { CLUB } from './messaging.ts';

let known = 0;

/** Somebody who agreed to marketing and trains no more. */
export async function addMember(
  { sql, now }: Messaging,
  language = 'cs',
  name = 'Eva Nováková',
): Promise<Member> {
  known += 1;
  const number = `420777${String(100_000 + known)}`;
  const [row] = await sql<{ client_id: string }[]>`
    insert into crm.clients (club_id, external_id, name, first_name, phone, language, language_source, raw)
    values (${CLUB}, ${String(known)}, ${name}, ${name.split(' ')[0]!}, ${`+${number}`}, ${language}, 'field', '{}')
    returning client_id`;
  const clientId = Number(row!.client_id);
  await sql`
    insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
    values (${CLUB}, ${clientId}, 'contract', '2026-01', ${now()})`;
  return { clientId, number };
}

export interface DraftOptions {
  language?: string;
  variables?: Record<string, string | number>;
  deliveryMode?: 'moderation' | 'notification';
}

/** A message that was planned and waits for its words. */
export async function planDraft(
  world: Messaging,
  member: Member,
  options: DraftOptions = {},
): Promise<string> {
  const { sql, now } = world;
  const {
    language = 'cs',
    variables = { days_since_last_visit: 74, visits_total: 31, usual_weekday: 'tuesday' },
    deliveryMode = 'moderation',
  } = options;
  const [row] = await sql<{ draft_id: string }[]>`
    insert into campaigns.drafts (
      club_id, client_id, scenario, occasion, once_since, why, variables, language, template_name, template_language,
      planned_date, planned_at, expires_at, delivery_mode, mode_basis
    )
    values (
      ${CLUB}, ${member.clientId}, 'reactivation', 'away since 2026-09-07', '2026-09-08', 'last visit 74 days ago, 31 visits in all',
      ${sql.json(variables)}, ${language}, 'reactivation_v1', ${language},
      core.local_date(${CLUB}, ${now()}), ${now()}, ${new Date(now().getTime() + 48 * 3600_000)}, ${deliveryMode}, 'club'
    )
    returning draft_id`;
  return row!.draft_id;
}

/** A message that a person approved and that waits in the outbox. Its id. */
export async function approveMessage(
  world: Messaging,
  member: Member,
  options: DraftOptions = {},
): Promise<string> {
  const { sql, now } = world;
  const draftId = await planDraft(world, member, options);
  await sql`select campaigns.write_version(${CLUB}, ${draftId}, 'Chybíte nám. Zastavte se zase na trénink.', 'operator', 'operator:x', '{}', ${now()})`;
  await sql`update campaigns.drafts set status = 'approved', decided_by = 'operator:x', decided_at = ${now()} where draft_id = ${draftId}`;
  await sql`select outbox.enqueue_approved(${CLUB}, ${now()})`;
  const [row] = await sql<
    { message_id: string }[]
  >`select message_id from outbox.messages where draft_id = ${draftId}`;
  return row!.message_id;
}

export async function readDraft({ sql }: Messaging, draftId: string) {
  const [row] = await sql`
    select draft.*, wording.source, wording.message, wording.author, wording.usage, wording.rendered
    from campaigns.drafts as draft
    left join campaigns.draft_versions as wording using (club_id, draft_id, version)
    where draft.draft_id = ${draftId}`;
  return row!;
}

export async function readMessage({ sql }: Messaging, messageId: string) {
  const [row] = await sql`
    select message.*, queued.run_at, queued.token,
      (select jsonb_agg(to_jsonb(tried) order by tried.attempt) from outbox.attempts as tried where tried.message_id = message.message_id)
        as attempts,
      (select count(*)::integer from campaigns.contacts as contact where contact.draft_id = message.draft_id) as contacts
    from outbox.messages as message
    left join outbox.queue as queued using (club_id, message_id)
    where message.message_id = ${messageId}`;
  return row!;
}

export async function isSuppressed({ sql }: Messaging, member: Member): Promise<string | undefined> {
  const [row] = await sql<{ cause: string }[]>`
    select cause from campaigns.suppressions where club_id = ${CLUB} and phone = ${`+${member.number}`} and lifted_at is null`;
  return row?.cause;
}
