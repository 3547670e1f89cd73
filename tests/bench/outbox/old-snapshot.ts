// What kills a queue is not its size but an old snapshot: rows deleted since then can not be cleared away, and every claim walks past
// them. The rate before, while another connection holds one, and after it let go.
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { whole } from '../club/report.ts';
import { wallMs } from '../club/timing.ts';
import { jobsPerSecond } from './contender.ts';
import type { Contender } from './contender.ts';
import { tellRate, title } from './report.ts';

const SLICES = 4;
const SLICE_LIMIT_MS = 30_000;

/** Rows that are gone for everybody but whoever holds the snapshot, and what table and indexes take. */
async function bloat(admin: Sql, table: string): Promise<string> {
  await admin`select pg_stat_force_next_flush()`;
  const [held] = await admin<{ dead: number; size: string }[]>`
    select
      pg_stat_get_dead_tuples(${table}::regclass)::float8 as dead,
      pg_size_pretty(pg_total_relation_size(${table}::regclass)) as size`;
  return `${whole(held!.dead).padStart(9)} dead rows, ${held!.size} with indexes`;
}

async function measureOne(url: string, admin: Sql, contender: Contender, waiting: number): Promise<void> {
  const slice = Math.round(waiting / 20);
  const tellSlice = async (when: string) => {
    const drained = await contender.drain(slice, SLICE_LIMIT_MS);
    const words = `after ${whole(drained.jobs)} jobs: ${await bloat(admin, contender.table)}`;
    tellRate(`${contender.name}, ${when}`, jobsPerSecond(drained), words);
  };
  await contender.fill(waiting);
  await tellSlice('before');
  const reader = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await reader.begin('isolation level repeatable read', async (open) => {
      await open`select count(*) from core.clubs`;
      for (let number = 1; number <= SLICES; number += 1) await tellSlice(`old snapshot, ${number}`);
    });
  } finally {
    await reader.end({ timeout: 5 });
  }
  await tellSlice('released');
  const vacuumMs = await wallMs(() => admin.unsafe(`vacuum ${contender.table}`));
  await tellSlice(`vacuumed (${whole(vacuumMs)} ms)`);
}

export async function measurePinned(
  url: string,
  admin: Sql,
  contenders: Contender[],
  waiting: number,
): Promise<void> {
  title(`With an old snapshot, ${whole(waiting)} waiting at first`);
  for (const contender of contenders) await measureOne(url, admin, contender, waiting);
}
