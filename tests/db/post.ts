import type { JSONValue, Sql } from 'postgres';
import { Campaign } from './campaign.ts';
import type { Club } from './club.ts';

export interface Claim {
  club_id: number;
  message_id: string;
  token: string;
  attempt: number;
  phone: string;
  parameters: Record<string, string>;
}

export interface Message {
  id: string;
  status: string;
  status_reason: string | null;
  delivery: string | null;
  wamid: string | null;
  error_code: number | null;
  attempts: { attempt: number; outcome: string | null; error: string | null }[];
  /** Whether cooldown, cap and once-per count it. */
  is_contact: boolean;
}

/** Seconds between the lease given and its end. */
export const LEASE = 60;

/** Approved messages on their way, and a worker's three calls about them. */
export class Post {
  readonly campaign: Campaign;
  readonly sql: Sql;
  #events = 0;

  private constructor(campaign: Campaign) {
    this.campaign = campaign;
    this.sql = campaign.sql;
  }

  /**
   * Each of these members has an approved message in the queue. A worker serves all clubs, so the clubs of earlier tests go,
   * and what webhooks left for them.
   */
  static async queued(club: Club, names = ['eva'], fields: Record<string, JSONValue> = {}): Promise<Post> {
    await club.sql`delete from core.clubs where club_id <> ${club.id}`;
    await club.sql`delete from outbox.webhook_events`;
    const campaign = await Campaign.start(club);
    await club.set({ delivery_mode: 'notification' });
    for (const name of names) await campaign.member(name, undefined, fields);
    await campaign.plan();
    await campaign.write();
    return new Post(campaign);
  }

  async claim({ limit = 100, sql = this.sql }: { limit?: number; sql?: Sql } = {}): Promise<Claim[]> {
    const [row] = await sql<{ claims: Claim[] }[]>`
      select api.claim_messages(${limit}, ${LEASE}, ${this.campaign.now}) as claims`;
    return row!.claims;
  }

  async claimOne(): Promise<Claim> {
    const [claim, ...others] = await this.claim();
    if (!claim || others.length > 0)
      throw new Error(`Expected one claim, got ${others.length + (claim ? 1 : 0)}.`);
    return claim;
  }

  async start({ club_id, message_id, token }: Claim): Promise<boolean> {
    const [row] = await this.sql<{ is_mine: boolean }[]>`
      select api.start_send(${club_id}, ${message_id}, ${token}, ${this.campaign.now}) as is_mine`;
    return row!.is_mine;
  }

  async settle({ club_id, message_id, token }: Claim, report: Record<string, JSONValue>): Promise<string> {
    const [row] = await this.sql<{ status: string }[]>`
      select api.settle_message(
        ${club_id}, ${message_id}, ${token}, ${this.sql.json(report)}, ${this.campaign.now}
      ) as status`;
    return row!.status;
  }

  async pass(seconds: number): Promise<void> {
    await this.campaign.pass(seconds / 60);
  }

  async message(name = 'eva'): Promise<Message> {
    const [row] = await this.sql<Message[]>`
      select
        message_id as id, status, status_reason, delivery, wamid, error_code,
        coalesce((
          select jsonb_agg(jsonb_build_object('attempt', attempt, 'outcome', outcome, 'error', error) order by attempt)
          from outbox.attempts where attempts.message_id = messages.message_id
        ), '[]') as attempts,
        exists (select from campaigns.contacts where contacts.draft_id = messages.draft_id) as is_contact
      from outbox.messages
      where club_id = ${this.campaign.club.id} and client_id = ${await this.campaign.club.idOf(name)}
        and purpose = 'campaign'
      order by queued_at desc limit 1`;
    return row!;
  }

  /** When the queue will give the message out; null when it has left the queue. */
  async runAt(name = 'eva'): Promise<Date | null> {
    const { id } = await this.message(name);
    const rows = await this.sql<{ run_at: Date }[]>`select run_at from outbox.queue where message_id = ${id}`;
    return rows[0]?.run_at ?? null;
  }

  async receive(kind: string, payload: JSONValue, key = `event-${(this.#events += 1)}`): Promise<void> {
    const events = [{ dedupe_key: key, kind, payload }];
    await this.sql`select api.store_events(${this.sql.json(events)}, ${this.campaign.now})`;
  }

  async process(): Promise<number> {
    const [row] = await this.sql<{ processed: number }[]>`
      select api.process_events(1000, ${this.campaign.now})::int as processed`;
    return row!.processed;
  }

  /** A status webhook that carries our id, processed. */
  async status(
    status: string,
    {
      name = 'eva',
      second = 0,
      ...fields
    }: Record<string, JSONValue> & { name?: string; second?: number } = {},
  ) {
    const { id } = await this.message(name);
    await this.receive('status', {
      id: `wamid.${id}`,
      status,
      timestamp: String(Math.floor(this.campaign.now.getTime() / 1000) + second),
      biz_opaque_callback_data: id,
      ...fields,
    });
    await this.process();
  }

  /** A member's message to the club, processed. */
  async reply(from: string, content: Record<string, JSONValue>): Promise<void> {
    const digits = from.replace(/\D/g, '');
    const timestamp = String(Math.floor(this.campaign.now.getTime() / 1000));
    await this.receive('message', {
      id: `wamid.in.${digits}.${(this.#events += 1)}`,
      from: digits,
      timestamp,
      ...content,
    });
    await this.process();
  }

  /** A person of the club has dealt with what members wrote: other messages may go out again. */
  async closeConversations(): Promise<void> {
    await this.sql`
      select campaigns.close_conversation(club_id, conversation_id, 'done', 'operator:test', ${this.campaign.now})
      from campaigns.conversations where club_id = ${this.campaign.club.id} and closed_at is null`;
  }
}
