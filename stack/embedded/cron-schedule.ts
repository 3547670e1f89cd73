import { Cron } from 'croner';

/** pg_cron's two forms: a calendar of minutes, or a number of seconds between starts. */
export type Schedule = { kind: 'calendar'; cron: Cron } | { kind: 'interval'; seconds: number };

export class ScheduleError extends Error {
  override name = 'ScheduleError';
}

const INTERVAL = /^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$/i;

export function parseSchedule(text: string): Schedule {
  const interval = INTERVAL.exec(text);
  if (interval) return { kind: 'interval', seconds: Number(interval[1]) };
  // pg_cron writes the last day of the month as $, croner as L.
  const pattern = text.trim().replaceAll('$', 'L');
  if (!pattern.startsWith('@') && pattern.split(/\s+/).length !== 5) {
    throw new ScheduleError(`invalid schedule: ${text}. Use five cron fields, or '[1-59] seconds'.`);
  }
  try {
    return { kind: 'calendar', cron: new Cron(pattern, { timezone: 'UTC', paused: true }) };
  } catch (error) {
    throw new ScheduleError(`invalid schedule: ${text}. Use five cron fields, or '[1-59] seconds'.`, {
      cause: error,
    });
  }
}

/** The first moment strictly after `after` at which the job is due; undefined when there is none any more. */
export function nextDue(schedule: Schedule, after: Date): Date | undefined {
  if (schedule.kind === 'interval') return new Date(after.getTime() + schedule.seconds * 1000);
  return schedule.cron.nextRun(after) ?? undefined;
}
