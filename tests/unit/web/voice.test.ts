import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../web/src/lib/voice.ts';
import type { Voice } from '../../../web/src/lib/voice.ts';
import { voiceWords } from '../../../web/src/lib/words/voice.ts';

const FIRST: Voice = {
  version: 0,
  tone: 'Warm.',
  signature: null,
  allowed_offers: ['one', 'two'],
  forbidden_words: [],
  opening_hours: null,
  changed_by: 'system:default',
  changed_by_email: null,
  changed_at: null,
};
const SECOND: Voice = {
  ...FIRST,
  version: 1,
  changed_by: 'operator:1',
  changed_by_email: 'eva@example.com',
  changed_at: '2026-11-20T09:00:00Z',
};
const CLOCK = { timeZone: 'Europe/Prague', now: '2026-11-20T10:00:00Z' };

describe('what a version of a voice changed', () => {
  it('is each field that is another, with what it was and is', () => {
    expect(changesOf({ ...SECOND, tone: 'Short.', signature: 'Eva' }, FIRST)).toEqual([
      { field: 'tone', before: ['Warm.'], after: ['Short.'] },
      { field: 'signature', before: [], after: ['Eva'] },
    ]);
  });

  it('is of a list what came and what went', () => {
    expect(changesOf({ ...SECOND, allowed_offers: ['two', 'three'] }, FIRST)).toEqual([
      { field: 'allowed_offers', before: ['one'], after: ['three'] },
    ]);
  });

  it('is nothing when only who and when differ', () => {
    expect(changesOf(SECOND, FIRST)).toEqual([]);
  });
});

describe('the history of a voice says', () => {
  it.each([
    [FIRST, '1', 'What every club begins with.'],
    [SECOND, '1', 'Saved by you, 10:00.'],
    [SECOND, '2', 'Saved by eva@example.com, 10:00.'],
    [{ ...SECOND, changed_by_email: null }, '2', 'Saved by a colleague who has left, 10:00.'],
    [{ ...SECOND, changed_by: 'system:seed', changed_by_email: null }, '2', 'Saved at installation, 10:00.'],
  ])('who saved it and when (%#)', (voice, me, line) => {
    expect(voiceWords.history.line(voice, me, CLOCK)).toBe(line);
  });
});
