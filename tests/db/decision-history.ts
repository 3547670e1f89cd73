import { Campaign, NOON, template } from './campaign.ts';
import type { Club } from './club.ts';

/** What became of one message of `reactivation`, newest last unless `at` says otherwise. */
export interface Past {
  outcome: 'approved' | 'rejected' | 'expired' | 'cancelled';
  isEdited?: boolean;
  /** Went out by itself: no person decided. */
  isAutomatic?: boolean;
  /** What somebody thought of it half a minute after it had gone out by itself. */
  judged?: 'good' | 'bad';
  language?: string;
  scenario?: string;
  /** Decided that long before now; without it each is a minute after the one before. */
  minutesAgo?: number;
  /** Reached the member that many days before now. */
  contactedDaysAgo?: number;
  /** The member said no that many days after the contact. */
  optedOutAfterDays?: number;
  cause?: string;
}

export interface Autonomy {
  approvals_in_a_row: number;
  edited: number;
  opt_outs: number;
  sent: number;
  lowest_quality: string | null;
  is_earned: boolean;
  why: string;
}

const LANGUAGES = ['cs', 'uk', 'ru', 'bg', 'en_US'];
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A club that lets autonomy be earned, with a template in every language. */
export async function earningClub(
  club: Club,
  settings: Parameters<Club['set']>[0] = {},
  now = NOON,
): Promise<Campaign> {
  const campaign = await Campaign.start(club, now);
  await campaign.templates(LANGUAGES.map((language) => template({ language, quality: 'GREEN' })));
  await club.set({ is_autonomy_on: true, autonomy_min_approvals: 3, ...settings });
  return campaign;
}

/** Messages of the past with their wordings, contacts and opt-outs, each of a client of its own. */
export async function remember({ club, sql, now }: Campaign, history: Past[]): Promise<void> {
  const longBefore = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();
  const [from] = await sql<{ clients: number }[]>`
    select count(*)::int as clients from crm.clients where club_id = ${club.id}`;
  const rows = history.map((past, index) => {
    const number = from!.clients + index;
    const contact = past.contactedDaysAgo === undefined ? null : past.contactedDaysAgo * DAY;
    return {
      name: `past-${number}`,
      phone: `+42073${String(club.id * 10_000 + number).padStart(7, '0')}`,
      status: past.outcome,
      scenario: past.scenario ?? 'reactivation',
      language: past.language ?? 'cs',
      decided_by: past.isAutomatic ? 'system:notification' : 'operator:eva',
      decided_at: longBefore((past.minutesAgo ?? history.length - index) * MINUTE),
      is_edited: past.isEdited ?? false,
      is_good: past.isAutomatic && past.outcome === 'approved' && past.judged ? past.judged === 'good' : null,
      contacted_at: contact === null ? null : longBefore(contact),
      opted_out_at:
        contact === null || past.optedOutAfterDays === undefined
          ? null
          : longBefore(contact - past.optedOutAfterDays * DAY),
      cause: past.cause ?? 'stop_word',
    };
  });
  await club.apply(
    'clients',
    rows.map(({ name, phone }) => ({
      external_id: name,
      name,
      phone,
      language: 'cs',
      language_source: 'default',
    })),
  );
  await sql`
    with past as (
      select given.*, client.client_id
      from jsonb_to_recordset(${sql.json(rows)}) as given (
        name text, phone text, status text, scenario text, language text, decided_by text, decided_at timestamptz,
        is_edited boolean, is_good boolean, contacted_at timestamptz, opted_out_at timestamptz, cause text
      )
      join crm.clients as client on client.club_id = ${club.id} and client.external_id = given.name
    ),
    draft as (
      insert into campaigns.drafts (
        club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
        planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version, decided_by, decided_at
      )
      select ${club.id}, client_id, scenario, name, 'test', '{}', 'cs', 'reactivation_v1', language,
        '2026-01-01', decided_at, decided_at, 'moderation', 'club', status, 1, decided_by, decided_at
      from past
      returning *
    ),
    version as (
      insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
      select draft.club_id, draft.draft_id, wording.version, wording.source, 'text', '{}', 'text', 'test', draft.planned_at
      from draft
      join past using (client_id)
      join (values (1, 'claude'), (2, 'operator')) as wording (version, source) on wording.version = 1 or past.is_edited
    ),
    judgement as (
      insert into campaigns.judgements (club_id, draft_id, judged_by, is_good, judged_at)
      select draft.club_id, draft.draft_id, 'telegram:7001', past.is_good, draft.decided_at + interval '30 seconds'
      from draft
      join past using (client_id)
      where past.is_good is not null
    ),
    contact as (
      insert into campaigns.contacts (club_id, draft_id, client_id, phone, scenario, occasion, contacted_at, contacted_date)
      select draft.club_id, draft.draft_id, client_id, past.phone, draft.scenario, draft.occasion, past.contacted_at,
        core.local_date(draft.club_id, past.contacted_at)
      from draft
      join past using (client_id)
      where past.contacted_at is not null
    )
    insert into campaigns.suppressions (club_id, phone, client_ids, cause, suppressed_at, said_at)
    select ${club.id}, phone, array[client_id], cause, opted_out_at, case when cause <> 'unreachable' then opted_out_at end
    from past
    where opted_out_at is not null`;
}

export async function autonomyOf(
  { club, sql, now }: Campaign,
  language = 'cs',
  scenario = 'reactivation',
  at: Date | string = now,
): Promise<Autonomy> {
  const [row] = await sql<Autonomy[]>`
    select approvals_in_a_row, edited, opt_outs, sent, lowest_quality, is_earned, why
    from campaigns.autonomy(${club.id}, ${at}) where scenario = ${scenario} and language = ${language}`;
  return row!;
}

/** The delivery mode of a scenario in a language, and whose choice it is. */
export async function modeOf(
  { club, sql, now }: Campaign,
  language = 'cs',
  scenario = 'reactivation',
): Promise<string> {
  const [row] = await sql<{ mode: string }[]>`
    select concat(delivery_mode, ' by ', basis) as mode from campaigns.delivery_modes(${club.id}, ${now})
    where scenario = ${scenario} and language = ${language}`;
  return row!.mode;
}
