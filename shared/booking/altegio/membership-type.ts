import { z } from 'zod';
import type { MembershipTypeRow, PeriodUnit } from '../rows.ts';
import { flag, id, optionalCount, text } from './fields.ts';

const PERIOD_UNIT = new Map<string, PeriodUnit>([
  ['1', 'day'],
  ['2', 'week'],
  ['3', 'month'],
  ['4', 'year'],
]);

const typeSchema = z.object({
  id,
  title: text,
  period: optionalCount,
  period_unit_id: text,
  is_united_balance: flag,
  united_balance_services_count: optionalCount,
});

/** A kind of membership that the chain sells. Only a united balance is a number of visits, whatever they are for. */
export function readMembershipType(raw: unknown): MembershipTypeRow {
  const type = typeSchema.parse(raw);
  return {
    external_id: type.id,
    title: type.title,
    period: type.period,
    period_unit: PERIOD_UNIT.get(type.period_unit_id) ?? null,
    visits_included: type.is_united_balance ? type.united_balance_services_count : null,
    raw,
  };
}
