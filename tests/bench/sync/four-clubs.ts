// Four instances of the function, each with the first sync of a big club of its own, behind one address.
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../../../stack/embedded/database.ts';
import { processOf } from '../../chaos/kill-part.ts';
import { callSync, say, seconds } from './bench.ts';
import type { Bench } from './bench.ts';
import { sayPeaks } from './first-sync.ts';
import { anotherOf } from './instance.ts';

const INSTANCES = 4;
/** The least share of a club's even part that still is fair. */
const FAIR = 0.8;

export async function fourClubs(bench: Bench): Promise<void> {
  const { stack, platform, durationMs } = bench;
  const clubs = await createClubs(bench);
  const running = processOf(stack.home, 'crm-sync');
  const instances = await Promise.all(clubs.map(() => anotherOf(running)));
  await platform.forget();
  let isOver = false;
  const syncs = clubs.map(async (club, index) => {
    try {
      // Whoever is through begins again, so that all four press to the end.
      while (!isOver)
        await callSync(bench, { mode: 'full', club_id: club }, undefined, instances[index]!.url);
    } catch (error) {
      // Ended by us; anything earlier is a failure.
      if (!isOver) throw error;
    }
  });
  const end = new AbortController();
  let pressure: Awaited<ReturnType<typeof platform.pressure>>;
  let requests: number[];
  try {
    await Promise.race([sleep(durationMs, undefined, { signal: end.signal }), Promise.all(syncs)]);
    isOver = true;
    pressure = await platform.pressure();
    requests = await requestsOf(bench, clubs);
  } finally {
    isOver = true;
    end.abort();
    await Promise.all(instances.map((instance) => instance.stop()));
  }
  await Promise.all(syncs);

  console.log(`\n${INSTANCES} instances at once, for ${seconds(durationMs)}`);
  sayPeaks(pressure);
  const even = requests.reduce((sum, count) => sum + count, 0) / INSTANCES;
  const least = Math.min(...requests) / even;
  say('requests of each', requests.join(', '), {
    isMet: least >= FAIR,
    words: `none below ${FAIR} of an even part (${least.toFixed(2)})`,
  });
}

/** Clubs of the same company: the platform shows each of them everything. */
async function createClubs({ stack }: Bench): Promise<number[]> {
  return withConnection(stack.urls.database, async (sql) => {
    const clubs: number[] = [];
    for (let number = 1; number <= INSTANCES; number += 1) {
      const [row] = await sql<{ id: number }[]>`
        select core.create_club(${`Branch ${number}`}, 'Europe/Prague', 'CZ', 'CZK', now())::integer as id
      `;
      clubs.push(row!.id);
    }
    await sql`
      update core.clubs set booking_company_id = '1001', booking_chain_id = '501' where club_id = any (${clubs})
    `;
    return clubs;
  });
}

async function requestsOf({ stack }: Bench, clubs: number[]): Promise<number[]> {
  return withConnection(stack.urls.database, async (sql) => {
    const rows = await sql<{ requests: number }[]>`
      select sum(listing.requests_used)::integer as requests
      from crm.listings as listing
      where listing.club_id = any (${clubs})
      group by listing.club_id
    `;
    return rows.map(({ requests }) => requests);
  });
}
