import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFunction } from '../../stack/embedded/call.ts';
import { withConnection } from '../../stack/embedded/database.ts';
import type { RunningStack } from '../../stack/embedded/supervisor.ts';
import { startTestStack } from '../stack.ts';
import { expectSameRows, mirrored, wronglyArchived } from '../functions/crm-sync/equality.ts';
import { killPart, untilBack } from './kill-part.ts';
import { platformRows } from './platform-rows.ts';
import { anyEdit, everydayEdit, Reception } from './reception.ts';
import type { Edit } from './reception.ts';

// The function and Postgres are killed at moments drawn at random while a club is synced, and the reception goes on editing
// meanwhile. Whatever was cut off, the next run must end with what the platform holds.

const SIZE = { clients: 250, visits: 400 };

type Victim = 'crm-sync' | 'postgres';

interface Kill {
  victim: Victim;
  afterMs: number;
  /** Made before the run, and while it reads. */
  before: Edit[];
  during: Edit[];
}

interface CutRun {
  mode: 'full' | 'changes';
  /** Kills come at any moment from the call to here. */
  withinMs: number;
  edit: fc.Arbitrary<Edit>;
  victims: Victim[];
}

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
let stack: RunningStack;
let reception: Reception;
let hits = 0;

beforeAll(async () => {
  console.log(`chaos seed ${seed}: CHAOS_SEED=${seed} repeats the moments and the edits`);
  stack = await startTestStack({ isEmpty: true, hasDashboard: false });
  const response = await fetch(`${stack.urls.sandbox}/control/booking/load`, {
    method: 'POST',
    body: JSON.stringify({ ...SIZE, seed }),
  });
  const { records } = (await response.json()) as { records: number };
  reception = new Reception(stack.urls.sandbox, { clients: SIZE.clients, bookings: records });
});
afterAll(() => stack?.stop());

function query<Row extends object>(text: string): Promise<Row[]> {
  return withConnection(stack.urls.database, async (sql) => [...(await sql.unsafe<Row[]>(text))]);
}

function call(mode: CutRun['mode']) {
  return callFunction(
    { functionsUrl: stack.urls.functions, cronKey: stack.keys.cronKey },
    'crm-sync',
    mode === 'full' ? { mode } : {},
  );
}

function draw({ withinMs, edit, victims }: CutRun, seedOfRun: number): Kill[] {
  const edits = fc.array(edit, { minLength: 1, maxLength: 6 });
  // Without its bias for the ends of the range.
  const afterMs = fc.noBias(fc.integer({ min: 20, max: withinMs }));
  const kill = fc.record({ afterMs, before: edits, during: edits });
  const kills = fc
    .tuple(
      fc.shuffledSubarray(victims, { minLength: victims.length }),
      fc.array(kill, { minLength: victims.length, maxLength: victims.length }),
    )
    .map(([inOrder, rest]) => inOrder.map((victim, index) => ({ victim, ...rest[index]! })));
  return fc.sample(kills, { seed: seedOfRun, numRuns: 1 })[0]!;
}

/** One run, cut off; resolves when the stack is whole again and whoever called has been answered. */
async function cut(mode: CutRun['mode'], { victim, afterMs, before, during }: Kill): Promise<void> {
  await reception.doAll(before);
  let isOver = false;
  const run = call(mode)
    .then(({ status }) => `answered ${status}`)
    .catch((error: Error) => error.message)
    .finally(() => (isOver = true));
  const editing = reception.doAll(during);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  if (!isOver) hits += 1;
  const state = isOver ? 'had ended' : 'was running';
  const killed = killPart(stack.home, victim);
  await editing;
  await untilBack(stack, victim, killed);
  await lapseLeases();
  console.log(`${mode}: ${victim} killed after ${afterMs} ms, the run ${state}; ${await run}`);
  expect(wronglyArchived(...(await bothSides()))).toEqual([]);
}

/** The claim of the dead holds for two minutes, which nobody needs to wait for here. */
async function lapseLeases(): Promise<void> {
  await query(`update crm.sync_leases set leased_until = now() - interval '1 second'`);
}

function bothSides() {
  return Promise.all([
    platformRows(stack.urls.sandbox),
    withConnection(stack.urls.database, (sql) => mirrored({ sql })),
  ]);
}

async function cutAgainAndAgain(run: CutRun, seedOfRun: number): Promise<void> {
  hits = 0;
  for (const kill of draw(run, seedOfRun)) await cut(run.mode, kill);
  expect(hits, 'no kill came while a run was under way').toBeGreaterThan(0);
}

async function expectEqualAfter(...modes: CutRun['mode'][]): Promise<void> {
  for (const mode of modes) {
    const { status, body } = await call(mode);
    expect({ status, body }).toMatchObject({ status: 200, body: { complete: true } });
  }
  const [platform, mirror] = await bothSides();
  expectSameRows(platform, mirror);
  expect(wronglyArchived(platform, mirror)).toEqual([]);
  expect(await query('select entity from crm.listings where opened_at is not null')).toEqual([]);
}

describe('a sync whose function and Postgres are killed at random moments', () => {
  it('ends the first sync with what the platform holds', async () => {
    await cutAgainAndAgain(
      { mode: 'full', withinMs: 2_000, edit: everydayEdit, victims: ['crm-sync', 'crm-sync', 'postgres'] },
      seed,
    );
    // What was edited behind the reader's back is a change, seen by the next tick.
    await expectEqualAfter('full', 'changes');
  });

  it('ends the minute’s tick with what the platform holds', async () => {
    await cutAgainAndAgain(
      { mode: 'changes', withinMs: 700, edit: everydayEdit, victims: ['crm-sync', 'postgres', 'postgres'] },
      seed + 1,
    );
    await expectEqualAfter('changes');
  });

  it(
    'ends a rebuild with what the platform holds, and archives who is gone',
    { timeout: 120_000 },
    async () => {
      await cutAgainAndAgain(
        { mode: 'full', withinMs: 3_000, edit: anyEdit, victims: ['crm-sync', 'postgres'] },
        seed + 2,
      );
      // Who vanished while the list was read is in no list of the next rebuild.
      await expectEqualAfter('full', 'full', 'changes');
      const archived = await query<{ external_id: string }>(
        'select external_id from crm.clients where deleted_at is not null order by external_id',
      );
      expect(archived.map(({ external_id: id }) => id)).toEqual([...reception.removed].sort());
    },
  );
});
