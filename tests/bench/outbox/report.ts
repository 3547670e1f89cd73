import { whole } from '../club/report.ts';

interface Comparison {
  what: string;
  rate: number;
  beside: string;
  besideRate: number;
  /** The smallest ratio wanted. */
  aim: number;
}

let met = 0;
let missed = 0;
export const aims = () => ({ met, missed });

const WIDTH = 44;
const rate = (value: number) => `${whole(value).padStart(9)}/s`;

export function title(words: string): void {
  console.log(`\n${words}`);
}

export function tell(what: string, words: string): void {
  console.log(`  ${what.padEnd(WIDTH)}${words}`);
}

export function tellRate(what: string, value: number, words = ''): void {
  tell(what, `${rate(value)}  ${words}`.trimEnd());
}

export function compare({ what, rate: own, beside, besideRate, aim }: Comparison): void {
  const ratio = own / besideRate;
  const isMet = ratio >= aim;
  if (isMet) met += 1;
  else missed += 1;
  const sides = `${what.padEnd(WIDTH)}${rate(own)}   ${beside.padEnd(WIDTH)}${rate(besideRate)}`;
  console.log(`  ${sides}   ${ratio.toFixed(2).padStart(6)}   >= ${aim}  ${isMet ? 'ok' : 'MISSED'}`);
}
