// The minute's tick: when nothing changed, and while the whole club is read anew beside it.
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../../../stack/embedded/database.ts';
import { killPart, untilBack } from '../../chaos/kill-part.ts';
import { atMost, callSync, say, seconds } from './bench.ts';
import type { Bench } from './bench.ts';
import { sayPeaks } from './first-sync.ts';
import { median } from './process-meter.ts';

const FIRST_CLIENT = 10_001;
const MOST_REQUESTS = 4;
const MINUTE_MS = 60_000;
/** Closer than in life, so that there is something to measure. */
const BETWEEN_TICKS_MS = 10_000;

export async function quietTick(bench: Bench): Promise<void> {
  // The first tick after a rebuild may still have something to do.
  await callSync(bench, { club_id: 1 });
  await bench.platform.forget();
  const startedAt = performance.now();
  await callSync(bench, { club_id: 1 });
  const tookMs = performance.now() - startedAt;
  const { requests } = await bench.platform.pressure();
  console.log('\na tick without changes');
  say('requests', String(requests), atMost(requests, MOST_REQUESTS));
  say('took', seconds(tookMs));
}

/** Rebuilds for as long as it is told to, and ticks meanwhile: how long a visit takes to show. */
export async function ticksBesideRebuild(bench: Bench): Promise<void> {
  const { stack, platform, size, durationMs } = bench;
  await platform.forget();
  const before = await rebuildRequests(bench);
  let isOver = false;
  const rebuild = (async () => {
    while (!isOver) await callSync(bench, { mode: 'full', club_id: 1 });
  })();
  const interrupted = rebuild.catch((error: unknown) => {
    // Killed by us at the end; anything earlier is a failure.
    if (!isOver) throw error;
  });
  interrupted.catch(() => undefined); // awaited below; a failure of a tick may come first
  const startedAt = performance.now();
  const shownAfterMs: number[] = [];
  for (let tick = 0; performance.now() - startedAt < durationMs; tick += 1) {
    const visitAt = performance.now();
    const visit = await platform.addVisit(FIRST_CLIENT + (tick % size.clients));
    await callSync(bench, { club_id: 1 });
    if (await isMirrored(bench, visit)) shownAfterMs.push(performance.now() - visitAt);
    else throw new Error(`The tick beside a rebuild did not bring visit ${visit}.`);
    await sleep(BETWEEN_TICKS_MS);
  }
  const pressure = await platform.pressure();
  const ofRebuild = (await rebuildRequests(bench)) - before;
  isOver = true;
  const killed = killPart(stack.home, 'crm-sync');
  await interrupted;
  await untilBack(stack, 'crm-sync', killed);

  console.log('\nticks beside a rebuild');
  say('requests of the rebuild meanwhile', String(ofRebuild), { isMet: ofRebuild > 0, words: 'it goes on' });
  const longest = Math.max(...shownAfterMs);
  const words = `${seconds(median(shownAfterMs))}, ${seconds(longest)} at most (${shownAfterMs.length} ticks)`;
  say('a tick shows a new visit after', words, atMost(longest, MINUTE_MS, ' ms'));
  sayPeaks(pressure);
}

async function rebuildRequests({ stack }: Bench): Promise<number> {
  return withConnection(stack.urls.database, async (sql) => {
    const [row] = await sql<{ requests: number }[]>`
      select sum(listing.requests_used)::integer as requests
      from crm.listings as listing
      where listing.club_id = 1 and listing.lane = 'full'
    `;
    return row!.requests;
  });
}

async function isMirrored({ stack }: Bench, externalId: string): Promise<boolean> {
  return withConnection(stack.urls.database, async (sql) => {
    const [row] = await sql<{ is_there: boolean }[]>`
      select exists (
        select from crm.bookings as booking where booking.club_id = 1 and booking.external_id = ${externalId}
      ) as is_there
    `;
    return row!.is_there;
  });
}
