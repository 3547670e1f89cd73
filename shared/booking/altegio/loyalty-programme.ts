import { z } from 'zod';
import type { DiscountUnit, LoyaltyProgrammeRow } from '../rows.ts';
import { id, optionalCount, optionalNumber, text } from './fields.ts';

const DISCOUNT_UNIT = new Map<string, DiscountUnit>([
  ['percent', 'percent'],
  ['amount', 'amount'],
]);

const programmeSchema = z.object({
  id,
  title: text,
  type: text,
  value: optionalNumber,
  value_unit: text,
  usage_limit: optionalCount,
});

/** A promotion that is active in the club. */
export function readLoyaltyProgramme(raw: unknown): LoyaltyProgrammeRow {
  const programme = programmeSchema.parse(raw);
  return {
    external_id: programme.id,
    title: programme.title,
    type: programme.type,
    discount_value: programme.value,
    discount_unit: DISCOUNT_UNIT.get(programme.value_unit) ?? null,
    // 0 is the platform's "as often as one likes".
    usage_limit: programme.usage_limit === 0 ? null : programme.usage_limit,
    raw,
  };
}
