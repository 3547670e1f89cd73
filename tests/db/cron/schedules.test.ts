import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activeJobs, runJob } from '../../../stack/embedded/cron-run.ts';
import { parseSchedule } from '../../../stack/embedded/cron-schedule.ts';
import { connect } from '../../../stack/embedded/database.ts';
import { Campaign } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** Every schedule, and when it runs. */
const SCHEDULES: Record<string, string> = {
  'crm-sync': '* * * * *',
  'crm-rebuild': '10 seconds',
  'booking-hints': '5 seconds',
  'sync-templates': '7 * * * *',
  'submit-templates': '* * * * *',
  'campaigns-tick': '*/10 * * * *',
  'metrics-tick': '5-59/10 * * * *',
  'metrics-backfill': '* * * * *',
  'stats-compare': '23 * * * *',
  'outbox-tick': '20 seconds',
  'watch-snapshots': '* * * * *',
  'watch-clubs': '* * * * *',
  'make-summaries': '*/10 * * * *',
  'draft-messages': '5 seconds',
  'send-messages': '5 seconds',
  'outbox-forget': '41 3 * * *',
  'fit-bg-nbd': '3-59/10 * * * *',
  'segments-backfill': '* * * * *',
  'campaigns-backtest': '* * * * *',
};

let admin: Sql;
let club: Club;
beforeAll(async () => {
  admin = connect(clubs.database.adminUrl);
  await admin`select vault.create_secret('http://127.0.0.1:9', 'functions_url')`;
  await admin`select vault.create_secret('key', 'cron_key')`;
  club = await openToday(clubs);
  await club.came('eva', [1, 3]);
  await Campaign.start(club);
});
afterAll(() => admin.end());

/** Scheduled as the template was migrated; here they run in the clone. */
const jobs = async () => (await activeJobs(admin)).map((job) => ({ ...job, database: clubs.database.name }));

describe('the schedules', () => {
  it('are these, each at its time, as the owner of the rooms', async () => {
    const found = await jobs();
    expect(Object.fromEntries(found.map(({ jobname, schedule }) => [jobname, schedule]))).toEqual(SCHEDULES);
    for (const { jobname, schedule, username } of found) {
      expect(() => parseSchedule(schedule), String(jobname)).not.toThrow();
      expect(username, String(jobname)).toBe('postgres');
    }
  });

  it('all run: the numbers are brought to now, today is kept and the days before', async () => {
    for (const job of await jobs()) {
      const { status, message } = await runJob(admin, clubs.database.adminUrl, job, () => new Date());
      expect({ job: job.jobname, status, message }).toMatchObject({ status: 'succeeded' });
    }
    expect(await clubs.sql`select * from stats.failures`).toEqual([]);
    const [found] = await clubs.sql`
      select
        (select as_of = core.local_date(club_id, now()) from stats.club_days where club_id = ${club.id}) as stands_today,
        (
          select count(distinct as_of)::int from metrics.snapshots
          where club_id = ${club.id} and basis = 'known' and as_of = core.local_date(club_id, now())
        ) as known_days,
        (select count(*) > 1 from metrics.snapshots where club_id = ${club.id} and basis = 'replayed') as has_a_past`;
    expect(found).toEqual({ stands_today: true, known_days: 1, has_a_past: true });
  });
});
