import { expect, test } from 'vitest';
import { fieldText, readThresholdForm } from '../../../web/src/lib/threshold-form.ts';
import type { Threshold } from '../../../web/src/lib/threshold-form.ts';

const vip: Threshold = {
  code: 'vip_threshold_minor',
  title: 'VIP from',
  meaning: 'Paid in all',
  unit: 'money',
  value: null,
  default_value: null,
};
const atRisk: Threshold = {
  code: 'at_risk_min_days',
  title: 'At risk from',
  meaning: 'Days since the last visit',
  unit: 'days',
  value: 21,
  default_value: 21,
};

/** What a person typed, where the fields held the values before. */
function typed(fields: Record<string, string>, currency = 'CZK') {
  const form = new FormData();
  for (const threshold of [vip, atRisk]) {
    form.set(`was.${threshold.code}`, fieldText(threshold, currency));
    form.set(threshold.code, fields[threshold.code] ?? fieldText(threshold, currency));
  }
  return readThresholdForm(form, [vip, atRisk], currency);
}

test('only what was changed is sent: what somebody else changed meanwhile stays so', () => {
  expect(typed({}).changes).toEqual({});
  expect(typed({ at_risk_min_days: ' 30 ' }).changes).toEqual({ at_risk_min_days: 30 });
});

test('money is typed in whole units, however people part its digits, and kept in minor ones', () => {
  for (const text of ['12000', '12 000', '12\u00a0000', '12000,00']) {
    expect(typed({ vip_threshold_minor: text }).changes).toEqual({ vip_threshold_minor: 1_200_000 });
  }
  expect(typed({ vip_threshold_minor: '19.99' }).changes).toEqual({ vip_threshold_minor: 1999 });
  expect(typed({ vip_threshold_minor: '12000' }, 'JPY').changes).toEqual({ vip_threshold_minor: 12_000 });
  expect(fieldText({ unit: 'money', value: 1_200_000 }, 'CZK')).toBe('12000');
  expect(fieldText({ unit: 'money', value: 1999 }, 'EUR')).toBe('19.99');
});

test('a VIP threshold that is emptied becomes none', () => {
  const form = new FormData();
  form.set(`was.${vip.code}`, '12000');
  form.set(vip.code, ' ');
  expect(readThresholdForm(form, [{ ...vip, value: 1_200_000 }], 'CZK').changes).toEqual({
    vip_threshold_minor: null,
  });
});

test('what is no number, or none, is said by the name of the field and stays typed', () => {
  const form = typed({ at_risk_min_days: 'soon', vip_threshold_minor: '1e9' });
  expect(form.changes).toEqual({});
  expect(form.mistakes).toEqual([
    expect.stringMatching(/VIP from.*1e9/),
    expect.stringMatching(/At risk from.*soon/),
  ]);
  expect(form.typed).toEqual({ at_risk_min_days: 'soon', vip_threshold_minor: '1e9' });
  expect(typed({ at_risk_min_days: '' }).mistakes).toEqual([expect.stringMatching(/At risk from.*empty/)]);
  expect(typed({ at_risk_min_days: '20.5' }).mistakes).toEqual([expect.stringMatching(/whole number/)]);
});

test('what is a number but makes no sense is for the database to judge', () => {
  expect(typed({ at_risk_min_days: '-3' })).toMatchObject({
    changes: { at_risk_min_days: -3 },
    mistakes: [],
  });
});
