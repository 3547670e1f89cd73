import type { Sql } from 'postgres';
import { beforeEach, describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

interface Task {
  club_id: number;
  draft_id: string;
  version: number;
  lease_token: string;
  from: string;
  to: string;
  text: string;
  is_by_person: boolean;
  first_names: string[];
  other_names: string[];
  address: string | null;
  static_reason: string | null;
}

const clubs = useClubs();
let campaign: Campaign;
/** A draft to Jana that waits for a person, in a club whose moderation chat speaks English. */
let draftId: string;
beforeEach(async () => {
  campaign = await Campaign.start(await clubs.open());
  await note('claude-test');
  draftId = await pending('jana');
});

const note = (model: string | null) =>
  campaign.sql`select campaigns.note_drafting(${model}, ${campaign.now})`;

async function pending(name: string): Promise<string> {
  await campaign.member(name, undefined, { name: 'Jana Nováková', first_name: 'Jana' });
  await campaign.plan();
  await campaign.write();
  return (await campaign.draft(name))!.id;
}

async function request(id = draftId): Promise<boolean> {
  const [row] = await campaign.sql<{ waits: boolean }[]>`
    select campaigns.request_translation(${campaign.club.id}, ${id}, ${campaign.now}) as waits`;
  return row!.waits;
}

/** Other tests' clubs share the database: what they left waiting is claimed too, and passed over. */
async function claim(
  model: string | null = 'claude-test',
  sql: Sql = campaign.sql,
  limit = 1000,
): Promise<Task[]> {
  const [row] = await sql<{ tasks: Task[] }[]>`
    select api.claim_translations(${limit}, 60, ${model}, ${model && 1000}, ${campaign.now}) as tasks`;
  return row!.tasks.filter(({ club_id }) => club_id === campaign.club.id);
}

async function store(
  task: Task,
  { text = 'We keep a place.', error = null as string | null, cost = 7 } = {},
) {
  const [row] = await campaign.sql<{ state: string }[]>`
    select api.store_translation(
      ${task.club_id}, ${task.draft_id}, ${task.version}, ${task.to}, ${task.lease_token}, ${error ? null : text}, ${error},
      ${campaign.sql.json({ cost_micro_usd: cost, attempts: 1 })}, ${campaign.now}
    ) as state`;
  return row!.state;
}

async function translation(version = 1) {
  const [row] = await campaign.sql<{ said: { text: string | null; error: string | null } | null }[]>`
    select campaigns.translation_of(${campaign.club.id}, ${draftId}, ${version}) as said`;
  return row!.said;
}

async function isWaiting(): Promise<boolean> {
  const rows = await campaign.sql`
    select from campaigns.translations
    where club_id = ${campaign.club.id} and state in ('waiting', 'writing') and (leased_until > ${campaign.now}) is not true`;
  const [row] = await campaign.sql`select campaigns.is_translation_waiting(${campaign.now}) as waits`;
  if (rows.length > 0) expect(row!.waits).toBe(true);
  return rows.length > 0;
}

const edit = () =>
  campaign.sql`
    select campaigns.write_version(
      ${campaign.club.id}, ${draftId}, 'Přijďte zase.', 'operator', 'operator:eva', '{}', ${campaign.now}
    )`;

describe('A message in another language than the moderation chat', () => {
  it('waits for its translation, is asked for once, and is shown when it is there', async () => {
    expect(await request()).toBe(true);
    expect(await request()).toBe(true);
    expect(await isWaiting()).toBe(true);
    const [task, ...others] = await claim();
    expect(others).toEqual([]);
    expect(await isWaiting()).toBe(false);
    expect(await translation()).toBeNull();
    expect(await store(task!)).toBe('done');
    expect(await translation()).toEqual({ text: 'We keep a place.', error: null });
    expect(await request()).toBe(false);
  });

  it('is shown without when there is none, and why', async () => {
    await request();
    await store((await claim())[0]!, { error: 'Claude declined.' });
    expect(await translation()).toEqual({ text: null, error: 'Claude declined.' });
    expect(await request()).toBe(false);
  });

  it('waits two minutes at most, and shows what comes later', async () => {
    await request();
    await campaign.pass(1.9);
    expect(await request()).toBe(true);
    await campaign.pass(0.1);
    expect(await request()).toBe(false);
    await store((await claim())[0]!);
    expect(await translation()).toMatchObject({ text: 'We keep a place.' });
  });

  it('is translated whole, with the names that must stay in the house', async () => {
    await request();
    const [task] = await claim();
    const [wording] =
      await campaign.sql`select rendered from campaigns.draft_versions where draft_id = ${draftId}`;
    expect(task).toMatchObject({
      from: 'cs',
      to: 'en',
      text: wording!.rendered,
      is_by_person: false,
      other_names: ['Nováková'],
      address: 'Jana',
      static_reason: null,
    });
    expect(task!.first_names.toSorted()).toEqual(['Jana', 'Jano']);
  });

  it('that was edited is translated again', async () => {
    await request();
    await store((await claim())[0]!);
    await edit();
    expect(await translation(2)).toBeNull();
    expect(await request()).toBe(true);
    const [task] = await claim();
    expect(task).toMatchObject({ version: 2, is_by_person: true });
    expect(task!.text).toContain('Přijďte zase.');
  });

  it.each([
    ['decided about', () => campaign.decide('jana', 'rejected')],
    ['edited', edit],
  ])('that is %s before anybody translated it is forgotten', async (_, change) => {
    await request();
    await change();
    expect(await claim()).toEqual([]);
    expect(await isWaiting()).toBe(false);
    expect(await campaign.sql`select from campaigns.translations where draft_id = ${draftId}`).toHaveLength(
      0,
    );
  });
});

describe('Nobody waits for a translation', () => {
  it.each([
    ['of a message in the language of the chat', () => campaign.club.set({ moderation_language: 'cs' })],
    ['without a key', () => note(null)],
    ['when draft-messages has not run for an hour', () => campaign.pass(61)],
    ['with a budget of nothing', () => campaign.club.set({ drafting_budget_usd: 0 })],
    ['with no drafts by Claude', () => campaign.club.set({ drafting_daily_drafts: 0 })],
  ])('%s', async (_, change) => {
    await change();
    expect(await request()).toBe(false);
    expect(await isWaiting()).toBe(false);
  });

  it('of a draft that has no words yet, or is none', async () => {
    expect(await request(crypto.randomUUID())).toBe(false);
    await campaign.member('petr');
    await campaign.plan();
    expect(await request((await campaign.draft('petr'))!.id)).toBe(false);
  });
});

describe('Several translators', () => {
  it('never take the same one, and those of one club after the other are all charged', async () => {
    for (const name of ['eva', 'ivan', 'olga', 'petr', 'lev']) await request(await pending(name));
    const rounds = await Promise.all(Array.from({ length: 4 }, () => claim('claude-test', campaign.sql, 2)));
    const rest = await claim();
    const taken = [...rounds.flat(), ...rest].map(({ draft_id }) => draft_id);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(5);
    const [charges] = await campaign.sql`
      select count(*)::int as charges from campaigns.drafting_charges where club_id = ${campaign.club.id} and is_translation`;
    expect(charges!.charges).toBe(5);
  });

  it('take over from one that died, whose late answer counts for nothing but its cost', async () => {
    await request();
    const [first] = await claim();
    expect(await claim()).toEqual([]);
    await campaign.pass(1);
    const [second] = await claim();
    expect(await store(first!, { text: 'late', cost: 900 })).toBe('lease_lost');
    expect(await store(second!)).toBe('done');
    expect(await store(second!, { text: 'again' })).toBe('lease_lost');
    expect(await translation()).toMatchObject({ text: 'We keep a place.' });
    const costs = await campaign.sql`
      select cost_micro_usd::int as cost from campaigns.drafting_charges where club_id = ${campaign.club.id} order by cost`;
    expect(costs.map(({ cost }) => cost as number)).toEqual([7, 900]);
  });

  it('give up after three', async () => {
    await request();
    for (let claimed = 1; claimed <= 3; claimed += 1) {
      expect(await claim()).toHaveLength(1);
      await campaign.pass(1);
    }
    expect(await claim()).toEqual([]);
    expect(await translation()).toMatchObject({
      error: 'The translation was begun three times and never finished.',
    });
    expect(await isWaiting()).toBe(false);
  });
});

describe('The drafting budget', () => {
  it('pays for translations in money, not in drafts', async () => {
    await campaign.club.set({ drafting_daily_drafts: 1 });
    await campaign.sql`
      select campaigns.charge_draft(${campaign.club.id}, null, gen_random_uuid(), 'claude-test', false, 5, ${campaign.now})`;
    await request();
    const [task] = await claim();
    expect(task!.static_reason).toBeNull();
    await store(task!, { cost: 40 });
    const [day] = await campaign.sql`
      select spent_micro_usd::int as spent, reserved_micro_usd::int as reserved, drafts::int
      from campaigns.charged(${campaign.club.id}, ${campaign.club.today})`;
    expect(day).toEqual({ spent: 40, reserved: 5, drafts: 1 });
  });

  it('that has no room says so, and nothing is charged', async () => {
    await request();
    await campaign.club.set({ drafting_budget_usd: 0.0005 });
    expect((await claim())[0]!.static_reason).toBe('budget_money');
    expect(
      await campaign.sql`select from campaigns.drafting_charges where club_id = ${campaign.club.id}`,
    ).toHaveLength(0);
  });

  it('is not asked when Claude is off', async () => {
    await request();
    expect((await claim(null))[0]!.static_reason).toBeNull();
    expect(
      await campaign.sql`select from campaigns.drafting_charges where club_id = ${campaign.club.id}`,
    ).toHaveLength(0);
  });
});
