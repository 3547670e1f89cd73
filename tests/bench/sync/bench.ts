import { callFunction } from '../../../stack/embedded/call.ts';
import type { RunningStack } from '../../../stack/embedded/supervisor.ts';
import type { Platform } from './platform.ts';

/** What every part of the bench works with. */
export interface Bench {
  stack: RunningStack;
  platform: Platform;
  size: { clients: number; visits: number };
  /** How long the parts that have no end of their own go on. */
  durationMs: number;
}

/** What we read of crm-sync's answer. */
interface Answer {
  clubs?: { listings: { pages: number }[]; error?: string }[];
}

/** Calls crm-sync until it is complete; `onRound` after each invocation, with the pages it read. */
export async function callSync(
  { stack }: Pick<Bench, 'stack'>,
  body: unknown,
  onRound: (pages: number) => void = () => undefined,
  functionsUrl = stack.urls.functions,
): Promise<void> {
  const target = { functionsUrl, cronKey: stack.keys.cronKey };
  const { status, body: last } = await callFunction(target, 'crm-sync', body, (answer) => {
    const { clubs = [] } = answer as Answer;
    onRound(clubs.flatMap(({ listings }) => listings).reduce((sum, { pages }) => sum + pages, 0));
  });
  if (status !== 200) throw new Error(`crm-sync answered ${status}: ${JSON.stringify(last)}`);
}

export interface Aim {
  isMet: boolean;
  words: string;
}

export const atMost = (value: number, most: number, unit = ''): Aim => ({
  isMet: value <= most,
  words: `at most ${most}${unit}`,
});

let missed = 0;

/** One line of the report; what misses its aim says so. */
export function say(what: string, value: string, aim?: Aim): void {
  if (aim && !aim.isMet) missed += 1;
  const verdict = aim ? `   ${aim.isMet ? 'ok' : 'MISSED'}: ${aim.words}` : '';
  console.log(`  ${what.padEnd(34)} ${value}${verdict}`);
}

export function missedAims(): number {
  return missed;
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
