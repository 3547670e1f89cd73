import type { JSONValue, Sql } from 'postgres';
import { seeded } from '../../../stack/sandbox/booking/random.ts';
import type { Random } from '../../../stack/sandbox/booking/random.ts';
import { Campaign, SCENARIOS, template } from '../campaign.ts';
import { clientRow } from '../club.ts';
import type { Club } from '../club.ts';
import { FIRST_DAY, busyDays } from './storm-clock.ts';
import { dayOf } from './storm-rules.ts';
import type { Rules } from './storm-rules.ts';
import type { Journal } from './storm-journal.ts';

const MEMBERS = 480;
export const DAILY_LIMIT = 50;

interface Story {
  /** Days before the first one. */
  visits: number[];
  personal: number[];
}

const every = (gap: number, count: number, from: number) =>
  Array.from({ length: count }, (_, index) => from + index * gap);

/** So that each scenario finds somebody all the time. */
function storyOf(index: number, random: Random): Story {
  switch (index % 6) {
    case 0: // Away, and crossing 60 and 120 days.
    case 1:
      return { visits: every(random.int(3, 9), random.int(2, 8), random.int(30, 175)), personal: [] };
    case 2: // Still comes, but to no trainer any more.
      return { visits: every(8, 6, random.int(1, 12)), personal: every(7, 3, random.int(5, 110)) };
    case 3: // Short of a milestone, or just past it.
      return { visits: every(3, random.pick([8, 9, 10, 24, 25]), random.int(1, 5)), personal: [] };
    case 4: // Tried it once.
      return { visits: [random.int(10, 120)], personal: [] };
    default: // Never came, or comes all the time.
      return { visits: random.chance(0.5) ? [] : every(2, 30, random.int(1, 3)), personal: [] };
  }
}

export interface Member {
  name: string;
  fields: Record<string, JSONValue>;
}

export interface StormClub {
  campaign: Campaign;
  members: Member[];
  rules: Rules;
}

const phoneNumber = (index: number) => `+4206${String(10_000_000 + index)}`;
export const freshPhone = (index: number) => `+4207${String(10_000_000 + index)}`;

function makeMember(index: number, random: Random): Member {
  const name = `m${String(index).padStart(3, '0')}`;
  const birthDay = random.chance(0.6) ? random.pick(busyDays()).slice(4) : '-06-06';
  // Some share the phone of one before them, a few have none.
  const phone = random.chance(0.03) ? null : phoneNumber(random.chance(0.12) ? random.int(0, index) : index);
  const fields = { phone, birth_date: `1990${birthDay}`, language: random.chance(0.04) ? 'uk' : 'cs' };
  return { name, fields };
}

async function enterFacts(club: Club, journal: Journal, members: Member[], random: Random): Promise<void> {
  await club.apply(
    'clients',
    members.map(({ name, fields }) => clientRow(name, fields)),
  );
  const visits = members.flatMap(({ name }, index) => {
    const { visits, personal } = storyOf(index, random);
    const tell = (kind: string) => (daysAgo: number) => ({ name, kind, day: club.ago(daysAgo) });
    return [...visits.map(tell('group')), ...personal.map(tell('personal'))];
  });
  await club.apply(
    'bookings',
    visits.map(({ name, kind, day }) => ({
      ...{
        external_id: club.nextId('booking'),
        client_external_id: name,
        status: 'attended',
        is_deleted: false,
      },
      services: [{ external_id: kind, title: kind === 'personal' ? 'Personal training' : 'Group class' }],
      ...{ starts_local: `${day}T18:00`, made_at: `${day}T06:00:00Z`, platform_changed_at: null },
    })),
  );
  for (const { name, kind, day } of visits)
    journal.given({ kind: 'visit', client: name, day: dayOf(day), isPersonal: kind === 'personal' });
  for (const { name, fields } of members)
    journal.given({ kind: 'phone', client: name, phone: fields.phone as string | null });
}

async function enterBases({ club, sql }: Campaign, journal: Journal, members: Member[], random: Random) {
  const names = members.map(({ name }) => name);
  const consenting = names.filter(() => random.chance(0.95));
  for (const client of names.filter((name) => !consenting.includes(name)))
    journal.given({ kind: 'consent', client, isGiven: false });
  await sql`
    insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
    select club_id, client_id, 'form', 'v1', '2025-01-01T00:00:00Z' from crm.clients
    where club_id = ${club.id} and external_id = any (${consenting})`;
  const ltv = new Map(
    names.filter(() => random.chance(0.3)).map((name) => [name, random.int(1, 50) * 10_000]),
  );
  await club.apply(
    'payments',
    [...ltv].map(([name, minor]) => ({
      ...{ external_id: club.nextId('payment'), client_external_id: name, title: 'Membership' },
      ...{ amount_minor: minor, paid_local: `${club.ago(40)}T12:00` },
    })),
  );
  return ltv;
}

/** One campaign among the automated scenarios, for those who came lately. */
async function startOneOff(campaign: Campaign): Promise<void> {
  const offer = { name: 'Winter', template_name: 'offer_v1', languages: ['cs'], ends_date: '2027-01-05' };
  const audience = { last_visit_from_days: 0, last_visit_until_days: 25, messages: { cs: 'Zimní nabídka.' } };
  const { sql, club, now } = campaign;
  const [made] = await sql<{ id: number }[]>`
    select campaigns.create_campaign(${club.id}, ${sql.json({ ...offer, ...audience })}, 'operator:storm', ${now})::int as id`;
  await sql`select campaigns.start_campaign(${club.id}, ${made!.id}, 'operator:storm', ${now})`;
}

export const TEMPLATES = [...SCENARIOS, 'offer'].map((scenario) => `${scenario}_v1`);

/** A club to which all of it can happen, with what is so before the storm. */
export async function openStormClub(
  sql: Sql,
  club: Club,
  journal: Journal,
  seed: number,
): Promise<StormClub> {
  const random = seeded(seed);
  const members = Array.from({ length: MEMBERS }, (_, index) => makeMember(index, random));
  await enterFacts(club, journal, members, random);
  const campaign = await Campaign.start(club, `${FIRST_DAY}T07:00:00Z`, SCENARIOS);
  await campaign.templates(TEMPLATES.map((name) => template({ name })));
  const ltv = await enterBases(campaign, journal, members, random);
  await club.set({ holdout_share: 0.2, daily_limit: DAILY_LIMIT });
  await club.refresh();
  await startOneOff(campaign);
  await sql`analyze`;
  journal.given({ kind: 'mode', scenario: null, mode: 'moderation' });
  const order = await sql<{ name: string }[]>`
    select external_id as name from crm.clients where club_id = ${club.id} order by client_id`;
  return {
    campaign,
    members,
    rules: {
      ...{ club: club.id, holdoutShare: 0.2, cap: 2, dailyLimit: DAILY_LIMIT, staleAfterMs: 60 * 60_000 },
      knownLongest: order.map(({ name }) => name),
      ltv,
    },
  };
}
