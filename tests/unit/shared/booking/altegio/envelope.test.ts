import { describe, expect, it } from 'vitest';
import { readList, readObject } from '../../../../../shared/booking/altegio/envelope.ts';
import type { Answer } from '../../../../../shared/booking/altegio/envelope.ts';
import {
  ProviderAuthError,
  ProviderForbiddenError,
  ProviderInvalidError,
  ProviderNotFoundError,
  ProviderThrottledError,
  ProviderUnavailableError,
} from '../../../../../shared/booking/provider-error.ts';

const answer = (status: number, body: unknown, retryAfter: string | null = null): Answer => ({
  status,
  retryAfter,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  request: 'GET /records/1',
});
const failed = (message: string) => ({ success: false, data: null, meta: { message } });
const LIMIT = 'Превышен лимит запросов, попробуйте повторить запрос через 3 секунд.';
const PAGE = '<!DOCTYPE html><html><h1>Sorry, you have been blocked</h1></html>';

function errorOf(given: Answer): unknown {
  try {
    return readList(given);
  } catch (error) {
    return error;
  }
}

describe('an answer of Altegio', () => {
  it('gives its rows and the total, where there is one', () => {
    const data = [{ id: 1 }];
    expect(readList(answer(200, { success: true, data, meta: { page: 1, total_count: 7 } }))).toEqual({
      rows: data,
      total: 7,
    });
    expect(readList(answer(200, { success: true, data, meta: { total_count: '7' } })).total).toBe(7);
    expect(readList(answer(200, { success: true, data, meta: { count: 7 } })).total).toBe(7);
    expect(readList(answer(200, { success: true, data, meta: [] })).total).toBeNull();
  });

  it.each([
    [429, failed(LIMIT), ProviderThrottledError],
    [429, PAGE, ProviderThrottledError],
    [200, failed(LIMIT), ProviderThrottledError],
    [403, PAGE, ProviderThrottledError],
    [401, failed('Authentication needed.'), ProviderAuthError],
    [401, '', ProviderAuthError],
    [402, failed('Необходимо продлить лицензию'), ProviderForbiddenError],
    [403, failed('Not enough rights.'), ProviderForbiddenError],
    [404, failed('Not found.'), ProviderNotFoundError],
    [404, PAGE, ProviderNotFoundError],
    [400, failed('The Accept header'), ProviderInvalidError],
    [422, failed('Validation failed.'), ProviderInvalidError],
    [500, failed('An error has occurred.'), ProviderUnavailableError],
    [502, PAGE, ProviderUnavailableError],
    [200, failed('An error has occurred'), ProviderUnavailableError],
    [200, '{"success":true,"data":[{"id":1},{"i', ProviderUnavailableError],
    [200, '', ProviderUnavailableError],
    [200, { success: true, data: null, meta: [] }, ProviderUnavailableError],
    [200, { success: true, data: {}, meta: [] }, ProviderUnavailableError],
    [200, [], ProviderUnavailableError],
    [500, { success: true, data: [], meta: [] }, ProviderUnavailableError],
  ])('with status %i and %j is never an empty list', (status, body, kind) => {
    expect(errorOf(answer(status, body))).toBeInstanceOf(kind);
  });

  it('gives the one row that was asked for', () => {
    const data = { id: 1, deleted: true };
    expect(readObject(answer(200, { success: true, data, meta: [] }))).toEqual(data);
    for (const none of [null, [], [data], 'no']) {
      const given = answer(200, { success: true, data: none, meta: [] });
      expect(() => readObject(given)).toThrow(ProviderUnavailableError);
    }
    expect(() => readObject(answer(404, failed('Not found.')))).toThrow(ProviderNotFoundError);
    expect(() => readObject(answer(404, PAGE))).toThrow(ProviderUnavailableError);
    expect(() => readObject(answer(200, failed(LIMIT)))).toThrow(ProviderThrottledError);
  });

  it('says how long to wait in a header or in its sentence', () => {
    expect(errorOf(answer(429, failed(LIMIT)))).toMatchObject({ waitMs: 3_000 });
    expect(errorOf(answer(429, '', '12'))).toMatchObject({ waitMs: 12_000 });
    expect(errorOf(answer(429, '', 'Wed, 21 Oct 2026 07:28:00 GMT'))).toMatchObject({ waitMs: 0 });
  });

  it('names the cure', () => {
    expect(String(errorOf(answer(401, failed('Authentication needed.'))))).toContain('BOOKING_USER_TOKEN');
    expect(String(errorOf(answer(404, failed('Not found.'))))).toContain('BOOKING_COMPANY_ID');
  });

  it('is rid of what Postgres cannot store, and of nothing else', () => {
    const body = String.raw`{"success":true,"data":[{"comment":"a\u0000b \ud83d c \ud83d\ude00 \\u0000"}],"meta":[]}`;
    expect(readList(answer(200, body)).rows).toEqual([{ comment: 'ab \ufffd c 😀 \\u0000' }]);
  });
});
