import fc from 'fast-check';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const START = Date.parse('2026-06-15T10:00:00Z');
const LEASE = 60;
const DAY = 86_400;

let updates = 731_000_000;
const newUpdate = () => ++updates;
const at = (seconds: number) => new Date(START + seconds * 1000);

async function begin(id: number, seconds = 0, sql: Sql = clubs.sql): Promise<string> {
  const [row] = await sql<{ state: string }[]>`
    select core.begin_telegram_update(${id}, ${LEASE}, ${at(seconds)}) as state`;
  return row!.state;
}
const finish = (id: number, seconds = 0) =>
  clubs.sql`select core.finish_telegram_update(${id}, ${at(seconds)})`;
async function fail(id: number, seconds = 0, isHopeless = false): Promise<string | null> {
  const body = clubs.sql.json({ update_id: id, message: { text: 'Hello' } });
  const [row] = await clubs.sql<{ state: string | null }[]>`
    select core.fail_telegram_update(${id}, 'The door is locked.', ${body}, ${isHopeless}, ${at(seconds)}) as state`;
  return row!.state;
}
async function read(id: number) {
  const [row] = await clubs.sql`
    select state, tries, error, body from core.telegram_updates where update_id = ${id}`;
  return row;
}

describe('an update of Telegram', () => {
  it('is new once, and done for ever after', async () => {
    const id = newUpdate();
    expect(await begin(id)).toBe('new');
    await finish(id);
    expect([await begin(id, 1), await begin(id, 3 * DAY)]).toEqual(['done', 'done']);
    expect(await read(id)).toEqual({ state: 'done', tries: 1, error: null, body: null });
  });

  it('is left to whoever is at it, until they must have died', async () => {
    const id = newUpdate();
    await begin(id);
    expect(await begin(id, LEASE - 1)).toBe('busy');
    expect(await begin(id, LEASE)).toBe('again');
    // The lease counts from the second beginning.
    expect(await begin(id, 2 * LEASE - 1)).toBe('busy');
  });

  it('is tried again at once when it failed, and keeps why but not what people wrote', async () => {
    const id = newUpdate();
    await begin(id);
    expect(await fail(id, 1)).toBe('failed');
    expect(await read(id)).toEqual({ state: 'failed', tries: 1, error: 'The door is locked.', body: null });
    expect(await begin(id, 1)).toBe('again');
    await finish(id, 2);
    expect(await read(id)).toEqual({ state: 'done', tries: 2, error: null, body: null });
  });

  it('is kept whole and skipped after its fifth try', async () => {
    const id = newUpdate();
    const came: (string | null)[] = [];
    for (let second = 0; second < 5; second += 1) came.push(await begin(id, second), await fail(id, second));
    expect(came).toEqual([
      ...['new', 'failed'],
      ...['again', 'failed'],
      ...['again', 'failed'],
      ...['again', 'failed'],
      ...['again', 'poison'],
    ]);
    expect(await begin(id, 6)).toBe('poison');
    expect(await read(id)).toMatchObject({ state: 'poison', body: { message: { text: 'Hello' } } });
  });

  it('is kept and skipped at once when it is hopeless', async () => {
    const id = newUpdate();
    await begin(id);
    expect(await fail(id, 0, true)).toBe('poison');
    expect(await begin(id, 2 * LEASE)).toBe('poison');
  });

  it('that is done stays done, whoever else was at it fails later', async () => {
    const id = newUpdate();
    await begin(id);
    await begin(id, LEASE);
    await finish(id, LEASE);
    expect(await fail(id, LEASE + 1, true)).toBeNull();
    expect(await begin(id, LEASE + 1)).toBe('done');
  });

  it('that is poison is not done by whoever comes late', async () => {
    const id = newUpdate();
    await begin(id);
    await fail(id, 0, true);
    await finish(id, 1);
    expect(await read(id)).toMatchObject({ state: 'poison' });
  });
});

describe('of workers that begin an update at the same moment', () => {
  it('one has it, however many there are', async () => {
    const id = newUpdate();
    const began = await Promise.all(Array.from({ length: 8 }, () => begin(id)));
    expect(began.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'busy'), 'new']);
  });

  it('the second waits for the first to commit, and is told that it is busy', async () => {
    const id = newUpdate();
    const first = await clubs.sql.reserve();
    await first`begin`;
    expect(await begin(id, 0, first as unknown as Sql)).toBe('new');
    const second = begin(id, 0);
    await first`commit`;
    first.release();
    expect(await second).toBe('busy');
  });

  it('the second has it when the first rolled back', async () => {
    const id = newUpdate();
    const first = await clubs.sql.reserve();
    await first`begin`;
    await begin(id, 0, first as unknown as Sql);
    const second = begin(id, 0);
    await first`rollback`;
    first.release();
    expect(await second).toBe('new');
  });

  it('one takes over from a dead one', async () => {
    const id = newUpdate();
    await begin(id);
    const began = await Promise.all(Array.from({ length: 8 }, () => begin(id, LEASE)));
    expect(began.filter((state) => state === 'again')).toHaveLength(1);
    expect(await read(id)).toMatchObject({ tries: 2 });
  });
});

it('However an update comes and goes, nobody has it twice at once, and nobody after it is over', async () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant('begin' as const), after: fc.integer({ min: 0, max: 90 }) }),
    fc.record({
      does: fc.constantFrom('finish' as const, 'fail' as const),
      after: fc.integer({ max: 5, min: 0 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const id = newUpdate();
      let seconds = 0;
      let heldUntil: number | undefined;
      let isOver = false;
      let tries = 0;
      for (const { does, after } of steps) {
        seconds += after;
        if (does === 'begin') {
          const state = await begin(id, seconds);
          const isMine = state === 'new' || state === 'again';
          expect(isMine).toBe(!isOver && (heldUntil === undefined || seconds >= heldUntil));
          if (!isMine) continue;
          tries += 1;
          expect(state).toBe(tries === 1 ? 'new' : 'again');
          heldUntil = seconds + LEASE;
        } else if (heldUntil !== undefined) {
          if (does === 'finish') await finish(id, seconds);
          const state = does === 'fail' ? await fail(id, seconds) : 'done';
          expect(state).toBe(does === 'finish' ? 'done' : tries >= 5 ? 'poison' : 'failed');
          heldUntil = undefined;
          isOver = state !== 'failed';
        }
        if (isOver) heldUntil = undefined;
      }
    }),
    { numRuns: 25 },
  );
});

it('Updates are forgotten: after a week what is over, after a month what could not be done', async () => {
  await clubs.sql`delete from core.telegram_updates`;
  const [done, failed, poison] = [newUpdate(), newUpdate(), newUpdate()];
  for (const id of [done, failed, poison]) await begin(id);
  await finish(done);
  await fail(failed);
  await fail(poison, 0, true);
  const left = async () =>
    (await clubs.sql`select update_id::int as id from core.telegram_updates order by update_id`).map(
      ({ id }) => id as number,
    );
  const forget = async (seconds: number) => {
    const [row] = await clubs.sql<{ count: number }[]>`
      select core.forget_telegram_updates(${at(seconds)})::int as count`;
    return { count: row!.count, left: await left() };
  };
  expect(await forget(7 * DAY)).toEqual({ count: 0, left: [done, failed, poison] });
  expect(await forget(7 * DAY + 1)).toEqual({ count: 2, left: [poison] });
  expect(await forget(30 * DAY)).toEqual({ count: 0, left: [poison] });
  expect(await forget(30 * DAY + 1)).toEqual({ count: 1, left: [] });
});
