import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { Campaign } from '../campaign.ts';
import type { Club } from '../club.ts';
import { seeded } from '../../../stack/sandbox/booking/random.ts';
import { StormClock, sessionMiddles } from './storm-clock.ts';
import { openStormClub } from './storm-club.ts';
import type { StormClub } from './storm-club.ts';
import { objector, operator, phoneDesk, reception } from './storm-disturbers.ts';
import { Journal } from './storm-journal.ts';
import type { Purpose } from './storm-journal.ts';
import { drafter, enqueuer, moderator, planner } from './storm-office.ts';
import { sender } from './storm-senders.ts';
import { Worker } from './storm-worker.ts';
import type { Job } from './storm-worker.ts';

const times = (count: number, job: Job): Job[] => Array.from({ length: count }, () => job);
const JOBS = [
  ...times(8, planner),
  ...times(4, sender),
  ...times(3, drafter),
  ...times(2, moderator),
  ...[enqueuer, reception, objector, phoneDesk, operator],
];

export interface Storm extends StormClub {
  journal: Journal;
  purposes: Purpose[];
}

/** The mirror is complete at the beginning of most sessions; of the others some find it hours old. */
async function freshen(campaign: Campaign, journal: Journal, at: Date): Promise<void> {
  const { span } = await journal.during(
    'the mirror',
    () => at,
    () => campaign.synced(at),
  );
  journal.note(span, { kind: 'sync' });
}

/** What each message was for, as the rows say that planned it. */
async function purposesOf(sql: Sql, club: Club): Promise<Purpose[]> {
  const rows = await sql<(Omit<Purpose, 'plannedAt'> & { planned_at: Date })[]>`
    select
      message.message_id as message, message.draft_id as draft, client.external_id as client, draft.scenario,
      draft.campaign_id::int as campaign, draft.occasion, draft.planned_at
    from outbox.messages as message
    join campaigns.drafts as draft using (club_id, draft_id)
    join crm.clients as client on client.club_id = draft.club_id and client.client_id = draft.client_id
    where message.club_id = ${club.id}`;
  return rows.map(({ planned_at, ...purpose }) => ({ ...purpose, plannedAt: planned_at.getTime() }));
}

/** The planners and whoever disturbs them do what they have to; all others work until that is done and the time is over. */
async function session(workers: Worker[], clock: StormClock): Promise<void> {
  let isOver = false;
  const counted = workers.filter((worker) => worker.isCounted).map((worker) => worker.session(() => isOver));
  const others = workers.filter((worker) => !worker.isCounted).map((worker) => worker.session(() => isOver));
  const ends = [...(await Promise.allSettled(counted)), ...(await Promise.allSettled([pause(clock.left)]))];
  isOver = true;
  const failed = [...ends, ...(await Promise.allSettled(others))].find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Everybody at once, session after session, for so many seconds in all. */
export async function storm(
  { sql, url }: { sql: Sql; url: string },
  club: Club,
  seconds: number,
  seed: number,
): Promise<Storm> {
  const journal = new Journal();
  const opened = await openStormClub(sql, club, journal, seed);
  const middles = sessionMiddles();
  const clock = new StormClock((seconds * 1000) / middles.length);
  const scene = { ...opened, journal, clock };
  const workers = JOBS.map((job, index) => new Worker(job, scene, url, seed + index + 1));
  const random = seeded(seed);
  try {
    for (const middle of middles) {
      if (!random.chance(0.06)) await freshen(opened.campaign, journal, new Date(middle - 5 * 60_000));
      clock.begin(middle);
      await session(workers, clock);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
  return { ...opened, journal, purposes: await purposesOf(sql, club) };
}
