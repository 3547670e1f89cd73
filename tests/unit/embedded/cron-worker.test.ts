import { beforeEach, describe, expect, test } from 'vitest';
import type { CronJob } from '../../../stack/embedded/cron-run.ts';
import { createCronTable } from '../../../stack/embedded/cron-worker.ts';
import type { CronTable } from '../../../stack/embedded/cron-worker.ts';

const job = (changes: Partial<CronJob> = {}): CronJob => ({
  jobid: '1',
  jobname: 'refresh',
  schedule: '*/5 * * * *',
  command: 'select 1',
  database: 'postgres',
  username: 'postgres',
  ...changes,
});
const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const names = (jobs: CronJob[]) => jobs.map(({ jobname }) => jobname);

describe('the table of cron jobs', () => {
  let table: CronTable;
  let complaints: string[];
  const update = (jobs: CronJob[], now: Date) =>
    table.update(jobs, now, (_job, reason) => complaints.push(reason));

  beforeEach(() => {
    table = createCronTable();
    complaints = [];
    update([job()], at('00:01:00'));
  });

  test('a job starts at its moment and not before', () => {
    expect(table.takeDue(at('00:04:59'))).toEqual([]);
    expect(names(table.takeDue(at('00:05:00')))).toEqual(['refresh']);
  });

  test('moments missed while nobody looked are made up for by one run, not by many', () => {
    expect(table.takeDue(at('00:31:00'))).toHaveLength(1);
    expect(table.finished('1')).toBe(false);
    expect(table.takeDue(at('00:34:00'))).toEqual([]);
  });

  test('a job that is due again while it runs waits for its own end, then runs at once', () => {
    table.takeDue(at('00:05:00'));
    expect(table.takeDue(at('00:10:00'))).toEqual([]);
    expect(table.finished('1')).toBe(true);
    expect(table.finished('1')).toBe(false);
  });

  test('reading the same jobs again changes nothing', () => {
    update([job()], at('00:04:59'));
    expect(table.takeDue(at('00:05:00'))).toHaveLength(1);
  });

  test('a changed command is used from the next run on', () => {
    update([job({ command: 'select 2' })], at('00:02:00'));
    expect(table.takeDue(at('00:05:00'))[0]?.command).toBe('select 2');
  });

  test('a changed schedule counts from the change', () => {
    update([job({ schedule: '10 seconds' })], at('00:02:00'));
    expect(table.takeDue(at('00:02:09'))).toEqual([]);
    expect(table.takeDue(at('00:02:10'))).toHaveLength(1);
  });

  test('a job that is gone does not start, and its run may end in peace', () => {
    table.takeDue(at('00:05:00'));
    update([], at('00:06:00'));
    expect(table.takeDue(at('00:10:00'))).toEqual([]);
    expect(table.finished('1')).toBe(false);
  });

  test('a schedule nobody understands is reported and does not stop the others', () => {
    update([job(), job({ jobid: '2', jobname: 'broken', schedule: 'sometimes' })], at('00:02:00'));
    expect(complaints).toHaveLength(1);
    expect(names(table.takeDue(at('00:05:00')))).toEqual(['refresh']);
  });
});
