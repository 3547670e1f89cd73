import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPO } from '../../stack/embedded/paths.ts';

const FOLDER = join(REPO, 'supabase/migrations');
const files = readdirSync(FOLDER).sort();

/** Two digits after the date: the room a migration furnishes. */
const BANDS: Record<string, string> = {
  '01': 'core',
  '02': 'crm',
  '03': 'stats',
  '04': 'metrics',
  '05': 'segments',
  '06': 'campaigns',
  '07': 'outbox',
  '08': 'api',
  '09': 'roles',
  '10': 'cron',
};

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const metricFiles = files.filter(
  (file) => /^\d{14}_metrics_/.test(file) && read(file).includes('select metrics.define('),
);

describe('a migration', () => {
  it('is named by 14 digits and its noun, or the CLI would skip it silently', () => {
    expect(files.filter((file) => !/^20\d{6}(0[1-9]|10)\d{4}_[a-z][a-z0-9_]*\.sql$/.test(file))).toEqual([]);
  });

  it('has a number of its own', () => {
    const numbers = files.map((file) => file.slice(0, 14));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('stands in the band of its room', () => {
    const strangers = files.filter((file) => {
      const room = BANDS[file.slice(8, 10)]!;
      return !file.slice(15).startsWith(`${room}_`);
    });
    expect(strangers).toEqual([]);
  });

  it('says in its first line what it is', () => {
    expect(files.filter((file) => !read(file).startsWith('-- '))).toEqual([]);
  });
});

describe('a metric', () => {
  it('has a file', () => {
    expect(metricFiles.length).toBeGreaterThanOrEqual(26);
  });

  it.each(metricFiles)(
    'in %s has its code as the file’s noun and its position as the file’s number',
    (file) => {
      const text = read(file);
      expect(/p_code => '(\w+)'/.exec(text)?.[1]).toBe(file.slice(23, -4));
      expect(Number(/p_position => (\d+)/.exec(text)?.[1])).toBe(Number(file.slice(10, 14)));
    },
  );

  it.each(metricFiles)('in %s has a test of its own name', (file) => {
    const noun = file.slice(23, -4).replace(/^milestone_\d+$/, 'milestone');
    expect(existsSync(join(REPO, `tests/db/metrics/${noun}.test.ts`))).toBe(true);
  });
});
