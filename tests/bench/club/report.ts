/** One comparison: both sides in milliseconds, so that the ratio can be judged. */
interface Comparison {
  what: string;
  ms: number;
  beside: string;
  besideMs: number;
  /** The largest ratio wanted; none where the line only informs. */
  aim?: number;
  /** Where the aim belongs to another size. */
  aimElsewhere?: string;
}

let missed = 0;
let met = 0;

export const aims = () => ({ met, missed });

const WHAT = 47;
const BESIDE = 44;

export function title(words: string): void {
  console.log(`\n${words}`);
  console.log(
    `  ${'what'.padEnd(WHAT)}${'ms'.padStart(10)}   ${'beside'.padEnd(BESIDE)}${'ms'.padStart(10)}     ratio   aim`,
  );
}

export function compare({ what, ms, beside, besideMs, aim, aimElsewhere }: Comparison): void {
  const ratio = ms / besideMs;
  let verdict = aimElsewhere ?? '';
  if (aim !== undefined) {
    const isMet = ratio <= aim;
    if (isMet) met += 1;
    else missed += 1;
    verdict = `<= ${ratioOf(aim)}  ${isMet ? 'ok' : 'MISSED'}`;
  }
  const sides = `${what.padEnd(WHAT)}${milliseconds(ms)}   ${beside.padEnd(BESIDE)}${milliseconds(besideMs)}`;
  console.log(`  ${sides}${ratioOf(ratio).padStart(10)}   ${verdict}`.trimEnd());
}

export function inform(what: string, ms: number, words = ''): void {
  console.log(`  ${what.padEnd(WHAT)}${milliseconds(ms)}   ${words}`.trimEnd());
}

function milliseconds(ms: number): string {
  return ms.toLocaleString('en', { maximumFractionDigits: ms < 10 ? 2 : ms < 100 ? 1 : 0 }).padStart(10);
}

function ratioOf(ratio: number): string {
  return ratio < 0.1 ? `1/${whole(1 / ratio)}` : ratio.toFixed(2).replace(/\.?0+$/, '');
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
