import { minorDigits } from '#lib/format/number.ts';
import { thresholdWords } from '#lib/words/threshold.ts';

export interface Threshold {
  code: string;
  title: string;
  meaning: string;
  unit: keyof typeof thresholdWords.units;
  value: number | null;
  default_value: number | null;
}

/** Thresholds by their code, as the database takes them: money in minor units, null: none set. */
export type ThresholdChanges = Record<string, number | null>;

/** As people write a number: digits, perhaps parted by spaces, perhaps with a point or comma before the last few. */
const NUMBER = /^-?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?$/;

/** A threshold as it stands in its field: money in whole units, with the minor ones only where there are any. */
export function fieldText({ unit, value }: Pick<Threshold, 'unit' | 'value'>, currency: string): string {
  if (value === null) return '';
  if (unit !== 'money') return String(value);
  const digits = minorDigits(currency);
  const scale = 10 ** digits;
  return (value / scale).toFixed(value % scale === 0 ? 0 : digits);
}

/** What was typed into a field as the database takes it, or the sentence that says why it is no value. */
function fieldValue(text: string, threshold: Threshold, currency: string): number | null | string {
  const typed = text.trim();
  if (typed === '') {
    return threshold.unit === 'money' ? null : thresholdWords.empty(threshold.title);
  }
  if (!NUMBER.test(typed)) return thresholdWords.notANumber(threshold.title, typed);
  const value = Number(typed.replace(/[ \u00a0\u202f]/g, '').replace(',', '.'));
  const amount = threshold.unit === 'money' ? Math.round(value * 10 ** minorDigits(currency)) : value;
  return Number.isSafeInteger(amount) ? amount : thresholdWords.notWhole(threshold.title, typed);
}

export interface ThresholdForm {
  /** What was typed, by code. */
  typed: Record<string, string>;
  /** What differs from what was there when the form was opened; what somebody else changed meanwhile stays so. */
  changes: ThresholdChanges;
  /** Why some of it is no value. */
  mistakes: string[];
}

/** Reads the form: each threshold has a field of its code, and one `was.<code>` with what was there before. */
export function readThresholdForm(
  fields: FormData,
  thresholds: Threshold[],
  currency: string,
): ThresholdForm {
  const typed: Record<string, string> = {};
  const changes: ThresholdChanges = {};
  const mistakes: string[] = [];
  for (const threshold of thresholds) {
    const text = fields.get(threshold.code);
    if (typeof text !== 'string') continue;
    typed[threshold.code] = text;
    if (text.trim() === fields.get(`was.${threshold.code}`)) continue;
    const value = fieldValue(text, threshold, currency);
    if (typeof value === 'string') mistakes.push(value);
    else changes[threshold.code] = value;
  }
  return { typed, changes, mistakes };
}
