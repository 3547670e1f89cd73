import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const MODEL = 'claude-test';
/** So many minutes after noon in Prague. */
const after = (minutes: number) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();

interface State {
  state: string;
  model: string | null;
  spent: number;
  reserved: number;
  drafts: number;
  since: Date | null;
  reason: string | null;
}

async function stateOf(club: Club, at: string = NOON): Promise<State> {
  const [row] = await club.sql<State[]>`
    select state, model, spent_micro_usd::int as spent, reserved_micro_usd::int as reserved, drafts::int, since, reason
    from campaigns.drafting_state(${club.id}, ${at})`;
  return row!;
}

const note = (club: Club, at = NOON, model: string | null = MODEL) =>
  club.sql`select campaigns.note_drafting(${model}, ${at})`;

const charge = (club: Club, at = NOON, estimate = 1000) =>
  club.sql`select campaigns.charge_draft(${club.id}, null, gen_random_uuid(), ${MODEL}, false, ${estimate}, ${at})`;

/** A club whose draft-messages runs with a key, or as told. */
async function running(settings: Record<string, number> = {}, model: string | null = MODEL): Promise<Club> {
  const club = await clubs.open();
  if (Object.keys(settings).length > 0) await club.set(settings);
  await note(club, NOON, model);
  return club;
}

interface Wording {
  at?: string;
  source?: 'claude' | 'static' | 'operator';
  usage?: Record<string, JSONValue>;
}

/** A campaign with members to whom a first wording can be written, one draft each. */
async function writing(club: Club) {
  const campaign = await Campaign.start(club);
  let members = 0;
  return async ({ at = NOON, source = 'claude', usage = {} }: Wording = {}): Promise<void> => {
    members += 1;
    const name = `member-${members}`;
    await campaign.member(name);
    await club.sql`
      with draft as (
        insert into campaigns.drafts (
          club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
          planned_date, planned_at, expires_at, delivery_mode, mode_basis, status, version
        )
        values (
          ${club.id}, ${await campaign.club.idOf(name)}, 'reactivation', 'test', 'test', '{}', 'cs', 'reactivation_v1', 'cs',
          core.local_date(${club.id}, ${at}), ${at}, ${at}, 'moderation', 'club', 'expired', 1
        )
        returning *
      )
      insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, usage, written_at)
      select club_id, draft_id, 1, ${source}, 'Hi', '{}', 'Hi', 'test', ${club.sql.json(usage)}, ${at} from draft`;
  };
}

const written = { attempts: 1 };
const unanswered = (reason = 'Claude answered 529 (overloaded_error): Overloaded') => ({
  source: 'static' as const,
  usage: { attempts: 1, fallback_cause: 'no_answer', fallback_reason: reason },
});
const KEY_REFUSED = 'Claude answered 401 (authentication_error): invalid x-api-key';

describe('drafting', () => {
  it('is on, with its model, while draft-messages says so', async () => {
    const club = await running();
    expect(await stateOf(club)).toMatchObject({ state: 'on', model: MODEL, since: null, reason: null });
  });

  it('is off while draft-messages runs without a key', async () => {
    expect(await stateOf(await running({}, null))).toMatchObject({ state: 'off', model: null });
  });

  it('is unseen before the first run, and more than an hour after the last', async () => {
    const club = await clubs.open();
    expect(await stateOf(club)).toMatchObject({ state: 'unseen' });
    await note(club);
    expect(await stateOf(club, after(60))).toMatchObject({ state: 'on' });
    expect(await stateOf(club, after(60.1))).toMatchObject({ state: 'unseen', model: MODEL });
  });

  it.each([[{ drafting_budget_usd: 0 }], [{ drafting_daily_drafts: 0 }]])(
    'is not wanted with %j',
    async (settings) => {
      expect(await stateOf(await running(settings))).toMatchObject({ state: 'no_budget' });
    },
  );
});

describe('a draft-messages that runs', () => {
  it('is noted every ten minutes, and at once when its model changes', async () => {
    const club = await running();
    const seen = async () =>
      (await club.sql`select seen_at, model from campaigns.drafting_states where club_id = ${club.id}`)[0]!;
    await note(club, after(10));
    expect(await seen()).toEqual({ seen_at: new Date(NOON), model: MODEL });
    await note(club, after(10.1));
    expect(await seen()).toEqual({ seen_at: new Date(after(10.1)), model: MODEL });
    await note(club, after(11), null);
    expect(await seen()).toEqual({ seen_at: new Date(after(11)), model: null });
  });

  it('is called for when a club has not seen it for half an hour', async () => {
    const club = await clubs.open();
    const isUnseen = async (at: string) =>
      (await club.sql<{ is: boolean }[]>`select campaigns.is_drafting_unseen(${at}) as is`)[0]!.is;
    expect(await isUnseen(NOON)).toBe(true);
    await note(club, after(100));
    expect(await isUnseen(after(129))).toBe(false);
    expect(await isUnseen(after(130))).toBe(true);
  });
});

describe('a used-up budget', () => {
  it('stops drafting from the first refusal until the club’s midnight', async () => {
    const club = await running({ drafting_budget_usd: 0.0025 });
    for (const at of [NOON, NOON, after(5), after(9)]) await charge(club, at);
    const stopped = { since: new Date(after(5)), reserved: 2000, drafts: 2 };
    expect(await stateOf(club, after(10))).toMatchObject({ state: 'budget_money', ...stopped });
    await note(club, '2026-06-15T22:00:00Z');
    expect(await stateOf(club, '2026-06-15T21:59:59Z')).toMatchObject({ state: 'budget_money' });
    expect(await stateOf(club, '2026-06-15T22:00:00Z')).toMatchObject({
      state: 'on',
      reserved: 0,
      drafts: 0,
    });
  });

  it('goes on when somebody raises it, or when claims turn out cheaper', async () => {
    const club = await running({ drafting_budget_usd: 0.001, drafting_daily_drafts: 10 });
    await charge(club);
    await charge(club);
    expect(await stateOf(club)).toMatchObject({ state: 'budget_money' });
    await club.set({ drafting_budget_usd: 0.002 });
    expect(await stateOf(club)).toMatchObject({ state: 'on' });
    await club.set({ drafting_budget_usd: 0.0015 });
    expect(await stateOf(club)).toMatchObject({ state: 'budget_money' });
    await club.sql`update campaigns.drafting_charges set cost_micro_usd = 500, settled_at = ${NOON} where club_id = ${club.id}`;
    expect(await stateOf(club)).toMatchObject({ state: 'on', spent: 500, reserved: 0 });
  });

  it('of drafts is told apart from one of money', async () => {
    const club = await running({ drafting_daily_drafts: 1 });
    await charge(club);
    expect(await stateOf(club)).toMatchObject({ state: 'on' });
    await charge(club, after(1));
    expect(await stateOf(club)).toMatchObject({ state: 'budget_drafts', since: new Date(after(1)) });
  });
});

describe('a failure', () => {
  it('is three questions in a row without an answer, since the first of them', async () => {
    const club = await running();
    const write = await writing(club);
    await write({ at: after(-9), usage: written });
    await write({ at: after(-3), ...unanswered() });
    await write({ at: after(-2), ...unanswered() });
    expect(await stateOf(club)).toMatchObject({ state: 'on' });
    await write({ at: after(-1), ...unanswered('Claude did not answer within 25 s') });
    expect(await stateOf(club)).toMatchObject({
      state: 'failing',
      since: new Date(after(-3)),
      reason: 'Claude did not answer within 25 s',
    });
    await write({ at: NOON, usage: written });
    expect(await stateOf(club)).toMatchObject({ state: 'on', reason: null });
  });

  it('is not a text that failed the checks, one nobody asked for, or one of a person', async () => {
    const club = await running();
    const write = await writing(club);
    for (let number = 0; number < 3; number += 1) {
      await write({ source: 'static', usage: { attempts: 2, fallback_cause: 'checks' } });
      await write({ source: 'static', usage: { attempts: 0, fallback_cause: 'off' } });
      await write({ source: 'operator' });
    }
    expect(await stateOf(club)).toMatchObject({ state: 'on' });
  });

  it('of the key is one at once, and noticed', async () => {
    const club = await running();
    const write = await writing(club);
    await write({ at: after(-1), ...unanswered(KEY_REFUSED) });
    expect(await stateOf(club)).toMatchObject({ state: 'failing', reason: KEY_REFUSED });
    await club.sql`select campaigns.notice_drafting_failures(${NOON}), campaigns.notice_drafting_failures(${after(5)})`;
    const notices =
      await club.sql`select kind, detail from campaigns.drafting_notices where club_id = ${club.id}`;
    expect(notices).toMatchObject([{ kind: 'key_refused', detail: { reason: KEY_REFUSED } }]);
  });

  it('of any other kind is noticed when it has lasted for a day', async () => {
    const club = await running();
    const write = await writing(club);
    for (const minutes of [-60 * 24 + 1, -60, -1]) await write({ at: after(minutes), ...unanswered() });
    const kinds = async (at: string) => {
      await club.sql`select campaigns.notice_drafting_failures(${at})`;
      return (await club.sql`select kind from campaigns.drafting_notices where club_id = ${club.id}`).map(
        ({ kind }) => kind as string,
      );
    };
    expect(await kinds(NOON)).toEqual([]);
    expect(await kinds(after(1))).toEqual(['no_answer']);
  });
});

describe('the days', () => {
  it('tell drafts by Claude, standard texts by cause, tokens, latency and what was charged', async () => {
    const club = await running();
    const write = await writing(club);
    const tokens = { input_tokens: 100, output_tokens: 10 };
    await write({ usage: { attempts: 1, latency_ms: 1000, ...tokens } });
    await write({ usage: { attempts: 2, latency_ms: 3000, repaired: ['too long'], ...tokens } });
    await write({ usage: { attempts: 1, latency_ms: 3_600_000, is_batch: true, ...tokens } });
    await write({ source: 'static', usage: { attempts: 0, latency_ms: 0, fallback_cause: 'off' } });
    await write({
      source: 'static',
      usage: { attempts: 2, latency_ms: 2000, fallback_cause: 'checks', ...tokens },
    });
    await write({ source: 'operator' });
    // The last of its day in Prague, and the first of the next.
    await write({ at: '2026-06-14T21:59:59Z', usage: written });
    await write({ at: '2026-06-14T22:00:00Z', usage: written });
    await charge(club);
    await charge(club);
    await club.sql`
      update campaigns.drafting_charges set cost_micro_usd = 77, settled_at = ${NOON}
      where (club_id, lease_token) in (select club_id, lease_token from campaigns.drafting_charges where club_id = ${club.id} limit 1)`;

    const days = await club.sql`
      select day::text, by_claude::int, repaired::int, static, input_tokens::int, output_tokens::int, mean_latency_ms,
        cost_micro_usd::int, reserved_micro_usd::int
      from campaigns.drafting_days(${club.id}, 2, ${after(1)})`;
    expect(days).toEqual([
      {
        ...{ day: '2026-06-15', by_claude: 4, repaired: 1, static: { off: 1, checks: 1 } },
        ...{ input_tokens: 400, output_tokens: 40, mean_latency_ms: 2000 },
        ...{ cost_micro_usd: 77, reserved_micro_usd: 1000 },
      },
      {
        ...{ day: '2026-06-14', by_claude: 1, repaired: 0, static: {} },
        ...{ input_tokens: 0, output_tokens: 0, mean_latency_ms: null },
        ...{ cost_micro_usd: 0, reserved_micro_usd: 0 },
      },
    ]);
    expect(await club.sql`select * from campaigns.drafting_days(${club.id}, 1, ${after(1)})`).toHaveLength(1);
  });
});
