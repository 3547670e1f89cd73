import { AUTONOMY_FIELDS } from '#lib/delivery.ts';
import type { AutonomyCode, DeliverySettings } from '#lib/delivery.ts';
import { deliveryWords } from '#lib/words/delivery.ts';

/** As the database takes them: shares as parts of one. */
export type AutonomyChanges = Partial<Record<AutonomyCode, number> & { is_autonomy_on: boolean }>;

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/** A part of one as percent and back, without the dust that dividing by 100 leaves. */
const asPercent = (share: number) => Number((share * 100).toFixed(4));
const asShare = (percent: number) => Number((percent / 100).toFixed(6));

export function fieldText(
  settings: DeliverySettings,
  { code, isShare }: (typeof AUTONOMY_FIELDS)[number],
): string {
  return String(isShare ? asPercent(settings[code]) : settings[code]);
}

export interface AutonomyForm {
  /** What was typed, by code. */
  typed: Record<string, string>;
  /** What differs from what was there when the form was opened; what somebody else changed meanwhile stays so. */
  changes: AutonomyChanges;
  mistakes: string[];
}

/** Reads the form: a box `is_autonomy_on`, a field for each number, and of each a `was.<code>` with what was there before. */
export function readAutonomyForm(fields: FormData): AutonomyForm {
  const typed: Record<string, string> = {};
  const changes: AutonomyChanges = {};
  const mistakes: string[] = [];
  const isOn = fields.get('is_autonomy_on') === 'yes';
  if (isOn !== (fields.get('was.is_autonomy_on') === 'yes')) changes.is_autonomy_on = isOn;
  for (const { code, isShare } of AUTONOMY_FIELDS) {
    const text = fields.get(code);
    if (typeof text !== 'string') continue;
    typed[code] = text;
    const given = text.trim();
    if (given === fields.get(`was.${code}`)) continue;
    const value = NUMBER.test(given) ? Number(given.replace(',', '.')) : NaN;
    if (Number.isNaN(value)) mistakes.push(deliveryWords.autonomy.notANumber(code));
    else changes[code] = isShare ? asShare(value) : value;
  }
  return { typed, changes, mistakes };
}
