import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LARGEST_CALLBACK_DATA,
  readCallbackData,
  toCallbackData,
} from '../../../supabase/functions/_shared/button.ts';
import type { Button, CardAction } from '../../../supabase/functions/_shared/button.ts';

const CARD_ACTIONS = {
  a: 'approve',
  r: 'reasons',
  rw: 'wording',
  rp: 'wrong_person',
  rt: 'wrong_time',
  rn: 'never_this_person',
  e: 'edit',
  s: 'snooze',
  s1: 'snooze_1_hour',
  s3: 'snooze_3_hours',
  sm: 'snooze_tomorrow',
  b: 'back',
} as const satisfies Record<string, CardAction>;
const DRAFT = '0f8fad5b-d9cb-469f-a165-70867728950e';

const id = fc.integer({ min: 1, max: 999_999_999_999_999 });
const version = fc.integer({ min: 1, max: 999_999_999 });
const draftId = fc.uuid();
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('card' as const),
    action: fc.constantFrom(...Object.values(CARD_ACTIONS)),
    draftId,
    version,
  }),
  fc.record({
    kind: fc.constant('digest' as const),
    action: fc.constantFrom('approve_all' as const, 'one_by_one' as const),
    clubId: id,
    digestId: id,
    version,
  }),
  fc.record({
    kind: fc.constant('judge' as const),
    verdict: fc.constantFrom('good' as const, 'bad' as const),
    draftId,
  }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const), clubId: id }),
  fc.record({
    kind: fc.constant('mode' as const),
    mode: fc.constantFrom('moderation' as const, 'notification' as const),
    clubId: id,
  }),
);

describe('what a button carries', () => {
  it('is read as it was written, and fits into 64 bytes', () => {
    fc.assert(
      fc.property(button, (each) => {
        const data = toCallbackData(each);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(LARGEST_CALLBACK_DATA);
        expect(readCallbackData(data)).toEqual(each);
      }),
    );
  });

  it('is never changed: cards with the old buttons stay in the chat', () => {
    for (const [letter, action] of Object.entries(CARD_ACTIONS)) {
      const data = `${letter}:${DRAFT}:3`;
      expect(readCallbackData(data)).toEqual({ kind: 'card', action, draftId: DRAFT, version: 3 });
    }
    expect(
      ['da:1:2:3', 'do:1:2:3', `jg:${DRAFT}`, `jb:${DRAFT}`, 'cp:7', 'cr:7', 'cm:7', 'cn:7'].map(
        readCallbackData,
      ),
    ).toEqual([
      { kind: 'digest', action: 'approve_all', clubId: 1, digestId: 2, version: 3 },
      { kind: 'digest', action: 'one_by_one', clubId: 1, digestId: 2, version: 3 },
      { kind: 'judge', verdict: 'good', draftId: DRAFT },
      { kind: 'judge', verdict: 'bad', draftId: DRAFT },
      { kind: 'pause', clubId: 7 },
      { kind: 'resume', clubId: 7 },
      { kind: 'mode', mode: 'moderation', clubId: 7 },
      { kind: 'mode', mode: 'notification', clubId: 7 },
    ]);
  });

  it('is nothing when we did not write it, whatever it is', () => {
    const alike = fc.tuple(button, fc.nat(), fc.string({ maxLength: 2 })).map(([each, at, noise]) => {
      const data = toCallbackData(each);
      return data.slice(0, at % data.length) + noise + data.slice((at % data.length) + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), alike), (data) => {
        const read = readCallbackData(data);
        if (read) expect(toCallbackData(read)).toBe(data);
      }),
    );
    const foreign = [
      '',
      'x:1',
      'a:not-a-uuid:1',
      `a:${DRAFT}:0`,
      `a:${DRAFT}:01`,
      `A:${DRAFT}:1`,
      `a:${DRAFT}:1 `,
    ];
    const inherited = [`constructor:${DRAFT}`, 'cp:0', 'cp:-1', 'da:1:2', 'da:1:2:3:4', `a:${DRAFT}:1\n`];
    for (const data of [...foreign, ...inherited]) expect(readCallbackData(data)).toBeUndefined();
  });
});
