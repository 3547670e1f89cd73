import { describe, expect, test } from 'vitest';
import { restartDelay } from '../../../stack/embedded/part.ts';

describe('a part that keeps dying', () => {
  test('is started again at once at first, then ever more slowly, and at least every half minute', () => {
    expect(restartDelay(0)).toBe(250);
    expect(restartDelay(1)).toBe(500);
    expect(restartDelay(5)).toBe(8000);
    expect(restartDelay(1000)).toBe(30_000);
  });
});
