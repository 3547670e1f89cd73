import { describe, expect, it } from 'vitest';
import { deadGroups, isTooLate } from '../../../web/src/lib/problem.ts';
import { errorWords } from '../../../web/src/lib/words/message-error.ts';
import { requeuedWords, resolvedWords } from '../../../web/src/lib/words/problem.ts';

describe('dead messages', () => {
  it('stand together by their error code, the most frequent first', () => {
    const codes = [131026, 132000, null, 132000];
    expect(deadGroups(codes.map((error_code) => ({ error_code })))).toEqual([
      { code: 132000, messages: [{ error_code: 132000 }, { error_code: 132000 }] },
      { code: 131026, messages: [{ error_code: 131026 }] },
      { code: null, messages: [{ error_code: null }] },
    ]);
  });

  it('are too late from the end of what they were planned for, and an answer never is', () => {
    const now = '2026-05-01T10:00:00Z';
    expect(isTooLate({ expires_at: '2026-05-01T10:00:00+00:00' }, now)).toBe(true);
    expect(isTooLate({ expires_at: '2026-05-01T10:00:00.001+00:00' }, now)).toBe(false);
    expect(isTooLate({ expires_at: null }, now)).toBe(false);
  });

  it.each([
    [131026, 'cannot reach this phone'],
    [131049, 'enough marketing'],
    [131050, 'stopped marketing'],
    [131042, 'charge'],
    [132001, 'template'],
    [190, 'token'],
    [205, 'token'],
    [133010, 'stopped the club’s number'],
    [131056, 'slowly'],
    [131009, 'did not understand'],
    [null, 'did not go out'],
  ])('of error %j have a cause in plain words, and a cure', (code, part) => {
    expect(errorWords(code).cause).toContain(part);
    expect(errorWords(code).cure).not.toBe('');
  });
});

describe('what came of sending again', () => {
  it.each([
    [{ requeued: 2, expired: 0, refused: 0 }, 'success', '2 messages are on the way again.'],
    [
      { requeued: 1, expired: 1, refused: 0 },
      'warning',
      '1 message is on the way again. For 1 message it is too late.',
    ],
    [{ requeued: 0, expired: 0, refused: 3 }, 'info', '3 messages were not stuck any more.'],
    [{ requeued: 0, expired: 0, refused: 0 }, 'info', 'Nothing was chosen.'],
  ])('%j', (answer, tone, text) => {
    expect(requeuedWords(answer)).toEqual({ tone, text });
  });
});

describe('what came of settling an uncertain message', () => {
  it('is what the person said', () => {
    expect(resolvedWords('sent', true)).toMatchObject({ tone: 'success' });
    expect(resolvedWords('dead', false)).toMatchObject({ tone: 'success' });
  });

  it('or that a receipt, or somebody else, was faster', () => {
    expect(resolvedWords('sent', false)).toEqual({
      tone: 'info',
      text: 'It was settled already: it is sent by now.',
    });
  });
});
