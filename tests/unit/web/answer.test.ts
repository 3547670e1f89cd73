import { PostgrestError } from '@supabase/supabase-js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { read, UnusableAnswer } from '../../../web/src/lib/server/db/answer.ts';
import { instant, number } from '../../../web/src/lib/server/db/column.ts';

test('an error of the database is thrown with its cause, never read as an empty list', () => {
  const error = new PostgrestError({ message: 'permission denied', code: '42501', details: '', hint: '' });
  expect(() => read('api.drafts', { data: null, error }, z.array(z.string()))).toThrow(
    expect.objectContaining({
      name: 'UnusableAnswer',
      cause: error,
      message: 'api.drafts: permission denied (42501)',
    }),
  );
});

test('rows of another shape than the contract are refused by name', () => {
  expect(() =>
    read('api.drafts', { data: [{ version: 'x' }], error: null }, z.array(z.object({ version: number }))),
  ).toThrow(UnusableAnswer);
});

test('instants are understood as PostgREST and as Postgres write them', () => {
  expect(instant.parse('2026-03-01 09:00:00.5+00')).toBe('2026-03-01T09:00:00.5+00:00');
  expect(instant.parse('2026-03-01T09:00:00.5+00:00')).toBe('2026-03-01T09:00:00.5+00:00');
  expect(instant.safeParse('soon').success).toBe(false);
});

test('numbers may come as text', () => {
  expect(number.parse('12.50')).toBe(12.5);
  expect(number.safeParse('twelve').success).toBe(false);
});
