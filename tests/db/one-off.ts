import type { JSONValue, Sql } from 'postgres';
import { Campaign, template } from './campaign.ts';
import type { Club, Day } from './club.ts';

export interface Lacking {
  code: string;
  language: string | null;
  sentence: string;
  prevents_start: boolean;
}

export interface Member {
  who: string;
  why: string;
}

export const BY = 'operator:test';

/** A variant of the template that one-off campaigns go out in here. */
export function spring(language: string, fields: Record<string, JSONValue> = {}): Record<string, JSONValue> {
  return template({
    name: 'spring_v1',
    language,
    body: 'Hello from {{club}}. {{message}} See you.',
    parameters: ['message', 'club'],
    ...fields,
  });
}

/** What makes a campaign complete where there are members who speak Czech. */
export const COMPLETE: Record<string, JSONValue> = {
  name: 'Spring',
  template_name: 'spring_v1',
  messages: { cs: 'V pondělí začínáme.' },
};

/** One-off campaigns of a club, as the dashboard makes them. */
export class OneOff {
  readonly campaign: Campaign;

  private constructor(campaign: Campaign) {
    this.campaign = campaign;
  }

  static async start(club: Club, now?: string): Promise<OneOff> {
    const oneOff = new OneOff(await Campaign.start(club, now, []));
    await oneOff.templates([spring('cs')]);
    return oneOff;
  }

  get club(): Club {
    return this.campaign.club;
  }

  get sql(): Sql {
    return this.campaign.sql;
  }

  /** The complete list of templates at Meta, as a later mirroring shows it. */
  async templates(templates: Record<string, JSONValue>[]): Promise<void> {
    await this.campaign.pass(1);
    await this.campaign.templates(templates);
  }

  async create(fields: Record<string, JSONValue> = {}): Promise<number> {
    const [row] = await this.sql<{ id: number }[]>`
      select campaigns.create_campaign(
        ${this.club.id}, ${this.sql.json({ ...COMPLETE, ...fields })}, ${BY}, ${this.campaign.now}
      )::int as id`;
    return row!.id;
  }

  async change(id: number, fields: Record<string, JSONValue>): Promise<void> {
    await this.sql`
      select campaigns.change_campaign(${this.club.id}, ${id}, ${this.sql.json(fields)}, ${BY}, ${this.campaign.now})`;
  }

  async launch(id: number): Promise<void> {
    await this.sql`select campaigns.start_campaign(${this.club.id}, ${id}, ${BY}, ${this.campaign.now})`;
  }

  /** Creates a campaign and starts it. */
  async run(fields: Record<string, JSONValue> = {}): Promise<number> {
    const id = await this.create(fields);
    await this.launch(id);
    return id;
  }

  /** How many messages it voided. */
  async stop(id: number, reason = 'Wrong words.'): Promise<number> {
    const [row] = await this.sql<{ voided: number }[]>`
      select campaigns.stop_campaign(${this.club.id}, ${id}, ${BY}, ${reason}, ${this.campaign.now})::int as voided`;
    return row!.voided;
  }

  async read(id: number) {
    const [row] = await this.sql<Record<string, JSONValue>[]>`
      select to_jsonb(campaign) as campaign from campaigns.campaigns as campaign
      where club_id = ${this.club.id} and campaign_id = ${id}`;
    return row!.campaign as Record<string, JSONValue>;
  }

  async lacking(id: number, day: Day = this.club.today): Promise<Lacking[]> {
    const rows = await this.sql<Lacking[]>`
      select code, language, sentence, prevents_start from campaigns.check_campaign(${this.club.id}, ${id}, ${day})`;
    return [...rows];
  }

  async audience(id: number, day: Day = this.club.today): Promise<Member[]> {
    const rows = await this.sql<Member[]>`
      select client.external_id as who, member.why
      from campaigns.audience(${this.club.id}, ${day}, ${id}) as member
      join crm.clients as client on client.club_id = ${this.club.id} and client.client_id = member.client_id
      order by who`;
    return [...rows];
  }

  async who(id: number, day?: Day): Promise<string[]> {
    return (await this.audience(id, day)).map(({ who }) => who);
  }
}
