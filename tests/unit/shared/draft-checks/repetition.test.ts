// What counts as the same wording.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likenessOf } from '../../../../shared/draft-checks/repetition.ts';

describe('The likeness of two messages', () => {
  it('is that of their words: case, punctuation and numbers make no other message', () => {
    expect(likenessOf('It has been 74 days. We miss you!', 'it has been 61 days – we miss you')).toBe(1);
  });

  it('falls with every pair of words that they do not share', () => {
    expect(likenessOf('we miss you a lot', 'we miss you so much')).toBe(0.5);
    expect(likenessOf('we miss you', 'you miss we')).toBe(0);
  });

  it('counts a pair as often as both have it', () => {
    expect(likenessOf('ho ho ho ho', 'ho ho')).toBe(0.5);
  });

  it('of a single word is all or nothing', () => {
    expect(likenessOf('Hello!', 'hello')).toBe(1);
    expect(likenessOf('Hello!', 'hello there')).toBe(0);
    expect(likenessOf('', '')).toBe(0);
  });

  it('is between none and all, and the same both ways', () => {
    const text = fc.array(fc.constantFrom('we', 'miss', 'you', 'a', 'lot')).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const likeness = likenessOf(one, other);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(likenessOf(other, one)).toBe(likeness);
        if (one.split(' ').length > 1) expect(likenessOf(one, one)).toBe(1);
      }),
    );
  });
});
