import { expect, test } from 'vitest';
import { formatShare } from '../../../web/src/lib/format/number.ts';
import { aliveText, bgNbdWords, visitsText } from '../../../web/src/lib/words/bg-nbd.ts';

const forecast = {
  client_id: 1,
  frequency: 12,
  probability_alive: 0.734,
  expected_visits_30d: 2.26,
  basis: 'own' as const,
};

test('a forecast is a share and a number of visits', () => {
  expect([aliveText(forecast), visitsText(forecast)]).toEqual(['73%', '2.3']);
  expect(visitsText({ ...forecast, expected_visits_30d: 0.02 })).toBe('< 0.1');
});

test('of somebody who came once it is not said that they stay for certain', () => {
  const once = { ...forecast, frequency: 0, probability_alive: 1 };
  expect(aliveText(once)).toBe('one visit only');
  expect(bgNbdWords.alive(once)).toContain('They came once');
});

test('without a fit there is nothing to say', () => {
  const none = { ...forecast, probability_alive: null, expected_visits_30d: null, basis: null };
  expect([aliveText(none), visitsText(none), aliveText(undefined)]).toEqual(['–', '–', '–']);
});

test('what is nearly certain is not shown as certain', () => {
  expect([0, 0.004, 0.5, 0.9951, 1].map(formatShare)).toEqual(['0%', '< 1%', '50%', '> 99%', '100%']);
});
