// The figures of an evaluation, of all drafts or of a part of them.
import { CHECK_NAMES } from '../../../shared/draft-checks/check-draft.ts';
import type { Evaluated } from './evaluate.ts';

export interface Figures {
  drafts: number;
  first_try: number;
  after_repair: number;
  static_text: number;
  length_median: number;
  length_p95: number;
  length_max: number;
  named: number;
  different: number;
  input_tokens: number;
  output_tokens: number;
  usd_per_1000: number;
  latency_median_ms: number;
  latency_p95_ms: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Number((part / whole).toFixed(4)));

/** The value below which that share of the values lies; of none 0. */
function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

export function figuresOf(drafts: Evaluated[]): Figures {
  const written = drafts.filter(({ source }) => source === 'claude');
  const lengths = written.map(({ message }) => [...message].length);
  const latencies = drafts.map(({ usage }) => usage.latency_ms);
  return {
    drafts: drafts.length,
    first_try: share(written.filter(({ usage }) => usage.attempts === 1).length, drafts.length),
    after_repair: share(written.length, drafts.length),
    static_text: share(drafts.length - written.length, drafts.length),
    length_median: quantile(lengths, 0.5),
    length_p95: quantile(lengths, 0.95),
    length_max: Math.max(0, ...lengths),
    named: share(
      written.filter((draft) => draft.isNamed).length,
      drafts.filter((draft) => draft.hasName).length,
    ),
    different: share(new Set(written.map(({ message }) => message)).size, written.length),
    input_tokens: sum(drafts.map(({ usage }) => usage.input_tokens)),
    output_tokens: sum(drafts.map(({ usage }) => usage.output_tokens)),
    usd_per_1000: Number(
      (sum(drafts.map(({ usage }) => usage.cost_micro_usd)) / Math.max(1, drafts.length) / 1000).toFixed(4),
    ),
    latency_median_ms: quantile(latencies, 0.5),
    latency_p95_ms: quantile(latencies, 0.95),
  };
}

/** Of all tries of Claude's, the share that passes each check. */
export function passRates(drafts: Evaluated[]): Record<string, number> {
  const tries = drafts.flatMap((draft) => draft.tries);
  return Object.fromEntries(
    CHECK_NAMES.map((name) => [
      name,
      share(tries.filter((failed) => !failed.includes(name)).length, tries.length),
    ]),
  );
}

/** Figures of every value of a column. */
export const figuresBy = (drafts: Evaluated[], column: 'scenario' | 'language'): Record<string, Figures> =>
  Object.fromEntries(
    [...Map.groupBy(drafts, (draft) => draft[column])].map(([value, part]) => [value, figuresOf(part)]),
  );
