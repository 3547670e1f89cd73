import type { JSONValue, Sql } from 'postgres';
import { Campaign } from '../campaign.ts';
import type { Club, Day } from '../club.ts';

interface DraftFields {
  scenario?: string;
  occasion?: string;
  /** When it was planned. */
  at: string;
  status?: string;
  version?: number;
  /** When WhatsApp took the message; left out: it was never sent. */
  sentAt?: string;
  deliveredAt?: string;
  readAt?: string;
  pricing?: JSONValue;
}

interface SkipFields {
  scenario?: string;
  occasion?: string;
  at: string;
  reason?: string;
}

export interface Assignment {
  client: string;
  group: string;
  assigned_at: Date;
  sent_at: Date | null;
  returned_at: Date | null;
}

export interface Effect {
  scenario: string;
  [column: string]: unknown;
}

/** A club whose drafts, skips and messages are entered as planning and sending leave them. */
export class EffectStory {
  readonly club: Club;
  readonly sql: Sql;

  private constructor(club: Club) {
    this.club = club;
    this.sql = club.sql;
  }

  static async begin(club: Club, settings: Parameters<Club['set']>[0] = {}): Promise<EffectStory> {
    await Campaign.start(club);
    await club.set({ lift_min_clients: 1, ...settings });
    return new EffectStory(club);
  }

  /** Enters the client when they are new, with a phone made of their id. */
  async #idOf(name: string): Promise<number> {
    const rows = await this.sql`
      select from crm.clients where club_id = ${this.club.id} and external_id = ${name}`;
    if (rows.length === 0) await this.club.client(name, { phone: await this.#newPhone() });
    return this.club.idOf(name);
  }

  async #newPhone(): Promise<string> {
    const [row] = await this.sql<{ phone: string }[]>`
      select '+420777' || lpad((100000 + count(*))::text, 6, '0') as phone from crm.clients where club_id = ${this.club.id}`;
    return row!.phone;
  }

  async phoneOf(name: string): Promise<string> {
    const [row] = await this.sql<{ phone: string }[]>`
      select phone from crm.clients where club_id = ${this.club.id} and client_id = ${await this.#idOf(name)}`;
    return row!.phone;
  }

  async draft(name: string, fields: DraftFields): Promise<void> {
    const { scenario = 'reactivation', occasion = 'away', at, version = 1, sentAt } = fields;
    const status = fields.status ?? (sentAt ? 'approved' : 'pending');
    await this.sql`
      with draft as (
        insert into campaigns.drafts (
          club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
          planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version
        )
        values (
          ${this.club.id}, ${await this.#idOf(name)}, ${scenario}, ${occasion}, 'test', '{}', 'cs', 'reactivation_v1', 'cs',
          core.local_date(${this.club.id}, ${at}), ${at}, ${at}::timestamptz + interval '48 hours', 'moderation', 'club',
          ${status}, ${version}
        )
        returning *
      )
      insert into outbox.messages (
        club_id, draft_id, client_id, phone, template_name, template_language, parameters, rendered, version, queued_at, status,
        accepted_at, delivered_at, read_at, pricing
      )
      select
        club_id, draft_id, client_id, ${await this.phoneOf(name)}, template_name, template_language, '{}', 'Hello', 1, planned_at,
        'sent', ${sentAt ?? null}::timestamptz, ${fields.deliveredAt ?? fields.readAt ?? null}, ${fields.readAt ?? null},
        ${fields.pricing === undefined ? null : this.sql.json(fields.pricing)}
      from draft
      where ${sentAt ?? null}::timestamptz is not null`;
  }

  async skip(name: string, fields: SkipFields): Promise<void> {
    const { scenario = 'reactivation', occasion = 'away', at, reason = 'holdout' } = fields;
    await this.sql`
      insert into campaigns.skips (club_id, skipped_date, client_id, scenario, occasion, reason, variables, skipped_at)
      values (
        ${this.club.id}, core.local_date(${this.club.id}, ${at}), ${await this.#idOf(name)}, ${scenario}, ${occasion}, ${reason},
        '{}', ${at}
      )`;
  }

  async visit(name: string, at: string): Promise<void> {
    await this.#idOf(name);
    await this.club.booking(name, at.slice(0, 10), { startsAt: at, madeAt: null });
  }

  async says(name: string, at: string, isOptOut = false): Promise<void> {
    await this.sql`
      insert into outbox.replies (club_id, wamid, phone, body, is_opt_out, replied_at)
      values (
        ${this.club.id}, ${this.club.nextId('wamid')}, ${await this.phoneOf(name)}, ${isOptOut ? 'STOP' : 'Thanks'}, ${isOptOut}, ${at}
      )`;
  }

  async assignments(from: Day, until: Day, at: string): Promise<Assignment[]> {
    return this.sql<Assignment[]>`
      select external_id as client, assigned_group as group, assigned_at, sent_at, returned_at
      from outbox.assignments(${this.club.id}, ${from}, ${until}, ${at})
      join crm.clients using (client_id)
      where club_id = ${this.club.id}
      order by external_id, assigned_at`;
  }

  async effect(scenario: string, from: Day, until: Day, at: string): Promise<Effect> {
    const rows = await this.sql<{ effect: Effect }[]>`
      select to_jsonb(effect) as effect
      from outbox.effects(${this.club.id}, ${from}, ${until}, ${at}) as effect
      where scenario = ${scenario}`;
    return rows[0]!.effect;
  }
}
