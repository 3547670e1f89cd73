import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionOf, KNOWN_CODES } from '../../../supabase/functions/send-messages/error-actions.ts';
import { openHarness } from '../harness.ts';
import type { Harness } from '../harness.ts';

const act = (code: number, status = 400, subcode?: number) => {
  const { outcome, action } = actionOf(code, subcode, status);
  return `${outcome}/${action}`;
};

describe('An error of Meta', () => {
  it('100 about an id that does not exist stops the number: our own settings are wrong', () => {
    expect(act(100, 400, 33)).toBe('retry/stop_number');
  });

  it('nobody knows ends the message, or is tried again a few times when Meta itself is in trouble', () => {
    expect(act(999_999, 400)).toBe('final/none');
    expect(actionOf(999_999, undefined, 500)).toMatchObject({ outcome: 'retry', mostAttempts: 3 });
  });
});

describe('What an error means beyond its message', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness('error-actions', () => new Date());
  });
  afterAll(() => harness.close());

  it('is the same whether it answers our call or comes in a status, for every code', async () => {
    const ranges = [
      ...Array.from({ length: 102 }, (_, index) => 199 + index),
      ...Array.from({ length: 19 }, (_, index) => 132_999 + index),
    ];
    const codes = [...new Set([...KNOWN_CODES, ...ranges, 999_999])];
    const rows = await harness.sql<{ code: number; action: string }[]>`
      select code, outbox.error_action(code) as action from unnest(${codes}::int[]) as code`;
    const ours = Object.fromEntries(codes.map((code) => [code, actionOf(code, undefined, 400).action]));
    expect(Object.fromEntries(rows.map(({ code, action }) => [code, action]))).toEqual(ours);
  });
});
