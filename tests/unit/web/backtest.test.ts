import { expect, test } from 'vitest';
import { cameBackAlone, progressOf, tallyOf } from '../../../web/src/lib/backtest.ts';
import type { Tally } from '../../../web/src/lib/backtest.ts';
import { backtestSentences } from '../../../web/src/lib/words/backtest.ts';

const tally = (fields: Partial<Tally>): Tally => ({
  ...{
    fitting: 0,
    messaged: 0,
    followed: 0,
    returned: 0,
    returned_contacted: 0,
    met_cooldown: 0,
    met_cap: 0,
  },
  skipped: {},
  ...fields,
});

test('progress counts the days before the next one, of all with both ends', () => {
  const days = { from_date: '2026-02-27', until_date: '2026-03-02' };
  expect(progressOf({ ...days, next_date: '2026-02-27' })).toEqual({ done: 0, all: 4 });
  expect(progressOf({ ...days, next_date: '2026-03-03' })).toEqual({ done: 4, all: 4 });
});

test('the months add up, reason by reason', () => {
  const total = tallyOf([
    tally({
      fitting: 9,
      messaged: 5,
      followed: 5,
      returned: 2,
      met_cap: 1,
      skipped: { cooldown: 3, no_phone: 1 },
    }),
    tally({
      fitting: 4,
      messaged: 3,
      followed: 1,
      returned: 1,
      returned_contacted: 1,
      skipped: { cooldown: 1 },
    }),
  ]);
  expect(total).toEqual({
    ...{
      fitting: 13,
      messaged: 8,
      followed: 6,
      returned: 3,
      returned_contacted: 1,
      met_cooldown: 0,
      met_cap: 1,
    },
    skipped: { cooldown: 4, no_phone: 1 },
  });
  expect(cameBackAlone(total)).toBe(2);
});

test('no months add up to nothing', () => {
  expect(tallyOf([])).toEqual(tally({}));
});

test('who came back is told of those whose days are over, apart from those a message reached', () => {
  const total = tally({
    ...{ fitting: 1_300, messaged: 1_250, followed: 1_200, returned: 310, returned_contacted: 10 },
    ...{ met_cap: 40, met_cooldown: 7 },
  });
  expect(backtestSentences(total, 14)).toEqual([
    'Of 1,200 it would have messaged, 300 came back on their own within 14 days (25%).',
    '10 more came back after a message that really reached them.',
    '50 more would have been messaged too late to say: their 14 days were not over.',
    'The frequency cap held up 40 and the cooldown 7, some of whom had their message later.',
  ]);
});

test('with nobody to follow there is no share', () => {
  expect(backtestSentences(tally({ fitting: 2 }), 1)).toEqual([
    'Of 0 it would have messaged, 0 came back on their own within 1 day.',
  ]);
});
