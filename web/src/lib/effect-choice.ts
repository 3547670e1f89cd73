import { minorDigits } from '#lib/format/number.ts';
import { daysBefore } from '#lib/format/time.ts';
import type { Effect } from '#lib/effect.ts';

/** The periods that can be looked at, in days that end with today. */
export const EFFECT_DAYS = [30, 90, 365] as const;
export type EffectDays = (typeof EFFECT_DAYS)[number];

export function effectDays(value: string | null): EffectDays {
  return EFFECT_DAYS.find((days) => String(days) === value) ?? 90;
}

export function effectPeriod(days: EffectDays, asOf: string): [from: string, until: string] {
  return [daysBefore(asOf, days - 1), asOf];
}

type Subject = Pick<Effect, 'scenario' | 'campaign_id'>;

/** What stands in the address for a scenario or a campaign. */
export function effectKey({ scenario, campaign_id }: Subject): string {
  return campaign_id === null ? scenario : String(campaign_id);
}

/** The scenario or campaign that is asked for; else the one that says most, by the number of its clients. */
export function chosenEffect(effects: Effect[], key: string | null): Effect | undefined {
  const largest = effects.toSorted(
    (left, right) => right.messaged_clients + right.sent - left.messaged_clients - left.sent,
  )[0];
  return effects.find((effect) => effectKey(effect) === key) ?? largest;
}

/** Where a value stands between the ends of an interval's picture, in percent from the left. */
export function placeBetween(value: number, [least, most]: [number, number]): number {
  return most === least ? 50 : (100 * (value - least)) / (most - least);
}

/** The ends of an interval's picture: both of the interval's and zero are in it, with some room beside them. */
export function intervalEnds(low: number, high: number): [number, number] {
  const [least, most] = [Math.min(low, 0), Math.max(high, 0)];
  const room = Math.max(most - least, 0.01) / 10;
  return [least - room, most + room];
}

/** A price as it was typed, in minor units; null when it is empty, undefined when it is none. */
export function readPrice(text: string, currency: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  if (!/^\d+(?:[.,]\d+)?$/.test(typed)) return undefined;
  const minor = Math.round(Number(typed.replace(',', '.')) * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) ? minor : undefined;
}
