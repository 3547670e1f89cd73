import type { Sql } from 'postgres';
import { Campaign, NOON, SCENARIOS } from '../campaign.ts';
import type { Club, Day } from '../club.ts';
import type { PastMember } from '../oracle-backtest.ts';

/** A club that may message its members in these scenarios, and asks what the last year would have been like. */
export class BacktestClub {
  readonly club: Club;
  readonly campaign: Campaign;
  readonly sql: Sql;

  private constructor(campaign: Campaign) {
    this.campaign = campaign;
    this.club = campaign.club;
    this.sql = campaign.sql;
  }

  static async start(club: Club, withTemplate: readonly string[] = SCENARIOS): Promise<BacktestClub> {
    return new BacktestClub(await Campaign.start(club, NOON, withTemplate));
  }

  async request(scenario: string | null, from: Day | null = null, until: Day | null = null): Promise<number> {
    const [row] = await this.sql<{ id: number }[]>`
      select campaigns.request_backtest(${this.club.id}, ${scenario}, 'system:test', ${NOON}, ${from}, ${until})::int as id`;
    return row!.id;
  }

  /** One call of the schedule; how many days it replayed. */
  async run(visitsToRead = 1_000_000_000): Promise<number> {
    const [row] = await this.sql<{ days: number }[]>`
      select campaigns.run_backtest(${this.club.id}, ${NOON}, ${visitsToRead})::int as days`;
    return row!.days;
  }

  /** Asked for and worked through. */
  async replay(scenario: string | null, from: Day | null = null, until: Day | null = null): Promise<number> {
    const id = await this.request(scenario, from, until);
    await this.run();
    return id;
  }

  /** What it found, by client, scenario and occasion. */
  async outcomes(backtest: number) {
    return this.sql<
      {
        client: string;
        scenario: string;
        occasion: string;
        day: Day;
        outcome: string;
        met_cooldown: boolean;
        met_cap: boolean;
        returned: Day | null;
      }[]
    >`
      select
        client.external_id as client, contact.scenario, contact.occasion, contact.day::text as day, contact.outcome,
        contact.met_cooldown, contact.met_cap, contact.returned_date::text as returned
      from campaigns.backtest_contacts as contact
      join crm.clients as client using (club_id, client_id)
      where contact.club_id = ${this.club.id} and contact.backtest_id = ${backtest}
      order by client.external_id collate "C", contact.scenario collate "C", contact.occasion collate "C"`;
  }

  async enter(members: PastMember[], birthdays: (Day | null)[]): Promise<void> {
    const { club } = this;
    await club.apply(
      'clients',
      members.map(({ name, phone }, index) => ({
        ...{ external_id: name, name, language: 'cs', language_source: 'default' },
        ...{ phone, birth_date: birthdays[index] ?? null },
      })),
    );
    await club.apply(
      'bookings',
      members.flatMap(({ name, bookings }) =>
        bookings.map(({ day, madeDay, status, kind }) => ({
          ...{ external_id: club.nextId('booking'), client_external_id: name, status, is_deleted: false },
          services: [{ external_id: kind, title: kind === 'personal' ? 'Personal training' : 'Group class' }],
          ...{ starts_local: `${day}T18:00`, made_at: `${madeDay}T10:00:00Z`, platform_changed_at: null },
        })),
      ),
    );
    await club.apply(
      'payments',
      members.flatMap(({ name, payments }) =>
        payments.map(({ day, minor }) => ({
          ...{ external_id: club.nextId('payment'), client_external_id: name, title: 'Membership' },
          ...{ amount_minor: minor, paid_local: `${day}T12:00` },
        })),
      ),
    );
    for (const { name, hasConsent } of members) if (hasConsent) await this.campaign.consent(name);
    await club.refresh();
  }
}
