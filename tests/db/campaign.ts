import type { JSONValue, Sql } from 'postgres';
import type { Club, Day } from './club.ts';

/** Noon in Prague on the club's default today. */
export const NOON = '2026-06-15T10:00:00Z';

/** What metrics and segments rest on. */
const FACTS = ['clients', 'membership_sales', 'bookings', 'payments'];

/** The automated ones, the first that fits winning. */
export const SCENARIOS = ['birthday', 'milestone', 'pt_dropout', 'last_chance', 'reactivation'] as const;

export interface Draft {
  id: string;
  status: string;
  version: number;
  decided_by: string | null;
  decision_reason: string | null;
  occasion: string;
}

export interface Decision {
  outcome: string;
  status?: string;
  reason?: string | null;
  version?: number;
  decided_by?: string;
}

export function template(fields: Record<string, JSONValue> = {}): Record<string, JSONValue> {
  return {
    name: 'reactivation_v1',
    language: 'cs',
    category: 'MARKETING',
    status: 'APPROVED',
    body: 'Dobrý den z {{club}}! {{message}} Těšíme se na vás.',
    footer: 'STOP',
    parameters: ['message', 'club'],
    components: {},
    ...fields,
  };
}

/** A club that may message its members: a fresh mirror, an approved template, no control group unless a test wants one. */
export class Campaign {
  readonly club: Club;
  readonly sql: Sql;
  now: Date;

  private constructor(club: Club, now: Date) {
    this.club = club;
    this.sql = club.sql;
    this.now = now;
  }

  static async start(
    club: Club,
    now = NOON,
    scenarios: readonly string[] = ['reactivation'],
  ): Promise<Campaign> {
    const campaign = new Campaign(club, new Date(now));
    await club.set({ holdout_share: 0 });
    await campaign.synced();
    await campaign.templates(scenarios.map((scenario) => template({ name: `${scenario}_v1` })));
    return campaign;
  }

  /** The mirror was complete at that moment. */
  async synced(at = this.now): Promise<void> {
    const rows = FACTS.map((entity) => ({
      club_id: this.club.id,
      entity,
      lane: 'changes',
      completed_at: at,
      complete_until: at,
    }));
    await this.sql`
      insert into crm.listings ${this.sql(rows)}
      on conflict (club_id, entity, lane) do update set
        complete_until = excluded.complete_until,
        completed_at = excluded.completed_at`;
  }

  /** Time goes on, with the sync keeping up. */
  async pass(minutes: number): Promise<void> {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    await this.synced();
  }

  async templates(templates: Record<string, JSONValue>[]): Promise<void> {
    await this.sql`select api.mirror_templates(${this.club.id}, ${this.sql.json(templates)}, ${this.now})`;
  }

  /** Somebody `reactivation` fits, unless told otherwise: last visit 94 days ago, with a phone and a consent. */
  async member(
    name: string,
    daysAgo: number[] = [94, 100],
    fields: Record<string, JSONValue> = {},
  ): Promise<void> {
    const phone = `+4206${String(100_000_000 + this.club.id * 1000 + Number(this.club.nextId('x').slice(2))).slice(1)}`;
    await this.club.client(name, { phone, ...fields });
    await this.club.visits(
      name,
      daysAgo.map((days) => this.club.ago(days)),
    );
    await this.consent(name);
  }

  async consent(name: string, givenAt = '2025-01-01T00:00:00Z'): Promise<void> {
    await this.sql`
      insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
      values (${this.club.id}, ${await this.club.idOf(name)}, 'form', 'v1', ${givenAt})`;
  }

  async phoneOf(name: string): Promise<string> {
    const [row] = await this.sql<{ phone: string }[]>`
      select phone from crm.clients where club_id = ${this.club.id} and external_id = ${name}`;
    return row!.phone;
  }

  /** A message of another scenario that reached the member then. Needs `defineScenario`. */
  async contacted(name: string, at: Date | string, scenario = 'greeting'): Promise<void> {
    const client = await this.club.idOf(name);
    const occasion = this.club.nextId('occasion');
    await this.sql`
      with draft as (
        insert into campaigns.drafts (
          club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
          planned_date, planned_at, expires_at, delivery_mode, mode_basis, status
        )
        values (
          ${this.club.id}, ${client}, ${scenario}, ${occasion}, 'test', '{}', 'cs', 'reactivation_v1', 'cs',
          core.local_date(${this.club.id}, ${at}) - 1, ${at}, ${at}, 'moderation', 'club', 'approved'
        )
        returning *
      )
      insert into campaigns.contacts (club_id, draft_id, client_id, phone, scenario, occasion, contacted_at, contacted_date)
      select club_id, draft_id, client_id, ${await this.phoneOf(name)}, scenario, occasion, ${at},
        core.local_date(club_id, ${at})
      from draft`;
  }

  /** What the candidate of a day is for, and why they would not be messaged; undefined when nothing fits. */
  async candidate(name: string, day: Day = this.club.today) {
    const rows = await this.sql<
      { scenario: string; skip_reason: string | null; variables: Record<string, JSONValue> }[]
    >`
      select scenario, skip_reason, variables from campaigns.candidates(${this.club.id}, ${day})
      where external_id = ${name}`;
    if (rows.length > 1) throw new Error(`"${name}" is a candidate ${rows.length} times.`);
    return rows[0];
  }

  async plan(sql: Sql = this.sql) {
    const [run] = await sql<{ hold: string | null; planned: number; skipped: number }[]>`
      select hold, planned, skipped from campaigns.plan(${this.club.id}, ${this.now})`;
    return run!;
  }

  /** The member's newest draft. */
  async draft(name: string): Promise<Draft | undefined> {
    const rows = await this.sql<Draft[]>`
      select draft_id as id, status, version, decided_by, decision_reason, occasion
      from campaigns.drafts where club_id = ${this.club.id} and client_id = ${await this.club.idOf(name)}
        and scenario <> 'greeting'
      order by planned_at desc limit 1`;
    return rows[0];
  }

  async skip(name: string): Promise<string | undefined> {
    const rows = await this.sql<{ reason: string }[]>`
      select reason from campaigns.skips
      where club_id = ${this.club.id} and client_id = ${await this.club.idOf(name)}
        and skipped_date = core.local_date(${this.club.id}, ${this.now})`;
    return rows[0]?.reason;
  }

  /** Words for every planned draft of this club, as the function draft-messages brings them. */
  async write(message = 'Držíme vám místo na úterní lekci.'): Promise<void> {
    const [claimed] = await this.sql<
      { drafts: { club_id: number; draft_id: string; lease_token: string }[] }[]
    >`
      select api.claim_drafts(1000, 60, null, null, ${this.now}) as drafts`;
    for (const draft of claimed!.drafts.filter(({ club_id }) => club_id === this.club.id)) {
      await this.sql`
        select api.store_draft(
          ${draft.club_id}, ${draft.draft_id}, ${draft.lease_token}, ${message}, 'claude', 'test', '{}', ${this.now}
        )`;
    }
  }

  /** A decision about the member's newest draft, as a moderator takes it in Telegram. */
  async decide(
    name: string,
    decision = 'approved',
    version = 1,
    sql: Sql = this.sql,
    reason: string | null = null,
  ): Promise<Decision> {
    const draft = await this.draft(name);
    const [row] = await sql<{ decided: Decision }[]>`
      select api.decide_draft_in_telegram(
        ${draft!.id}, ${version}, ${decision}, 42, true, 'Petra', ${reason}, ${this.now}
      ) as decided`;
    return row!.decided;
  }

  async suppress(name: string, cause = 'stop_word'): Promise<void> {
    await this.sql`
      select outbox.withdraw(${this.club.id}, ${await this.phoneOf(name)}, ${cause}, 'test', ${this.now})`;
  }
}

/** A second scenario that fits nobody, so that a member can have been messaged for another reason. */
export async function defineScenario(
  sql: Sql,
  { priority = 900, isExempt = false, isChurn = false } = {},
): Promise<void> {
  const line = Object.fromEntries(['cs', 'uk', 'ru', 'en', 'bg'].map((language) => [language, 'Hello.']));
  await sql`
    select campaigns.define_scenario(
      p_code => 'greeting', p_priority => ${priority}, p_name => 'Greeting', p_fires_for => 'nobody in particular',
      p_once_per => 'day', p_tone => 'plain', p_is_churn => ${isChurn}, p_is_exempt_from_cooldown => ${isExempt},
      p_among => ${`
        select known.client_id from crm.clients as known
        where known.club_id = $1 and known.name = 'greeted' and known.deleted_at is null and $2 is not null`},
      p_holds => 'true', p_occasion => ${"'greeting of ' || club.as_of"}, p_once_since => 'club.as_of',
      p_why => ${"'greeted'"}, p_variables => ${"'{}'"}, p_static_messages => ${sql.json(line)}
    )`;
}
