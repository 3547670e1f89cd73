// The first full sync: requests, time, the limiter's peaks, and what each invocation takes of the edge runtime's limits.
import { processOf } from '../../chaos/kill-part.ts';
import { atMost, callSync, say, seconds, whole } from './bench.ts';
import type { Bench } from './bench.ts';
import { fewestRequests } from './platform.ts';
import type { Pressure, Totals } from './platform.ts';
import { ProcessMeter } from './process-meter.ts';

interface Invocation {
  wallMs: number;
  processorMs: number;
  pages: number;
}

/** What an edge function gets: memory of the worker, and per invocation wall and processor time. */
const EDGE = { memoryMb: 256, wallMs: 150_000, processorMs: 2_000 };
/** Of the heap, between the first and the last tenth: the garbage collector's ups and downs. */
const FLAT_MB = 32;

export async function firstSync(bench: Bench, totals: Totals): Promise<void> {
  const meter = new ProcessMeter(processOf(bench.stack.home, 'crm-sync'));
  const atRestMb = meter.peakMb;
  await bench.platform.forget();
  const startedAt = performance.now();
  const invocations: Invocation[] = [];
  let before = { at: startedAt, processor: meter.processorSeconds() };
  await callSync(bench, { mode: 'full', club_id: 1 }, (pages) => {
    const after = { at: performance.now(), processor: meter.processorSeconds() };
    const processorMs = (after.processor - before.processor) * 1000;
    invocations.push({ wallMs: after.at - before.at, processorMs, pages });
    before = after;
    meter.noteWarm();
  });
  const tookMs = performance.now() - startedAt;
  meter.stop();

  console.log('\nfirst sync');
  sayPressure(await bench.platform.pressure(), fewestRequests(totals), tookMs);
  sayInvocations(invocations);
  const memory = `${whole(meter.peakMb)} MB at most, of which Deno itself ${whole(atRestMb)} MB`;
  say('memory of the function', memory, atMost(meter.peakMb, EDGE.memoryMb, ' MB'));
  sayHeap(meter);
}

function sayHeap(meter: ProcessMeter): void {
  const growth = meter.heapGrowth();
  if (!growth) return say('its heap', 'too short a run to tell whether it grows');
  const { firstMb, lastMb } = growth;
  const words = `${whole(firstMb)} MB in the first tenth after the first invocation, ${whole(lastMb)} MB in the last`;
  say('its heap', words, atMost(lastMb - firstMb, FLAT_MB, ' MB more'));
}

function sayPressure(pressure: Pressure, fewest: number, tookMs: number): void {
  const ratio = pressure.requests / fewest;
  const requests = `${whole(pressure.requests)}, the fewest possible are ${whole(fewest)}: ${ratio.toFixed(3)} of it`;
  say('requests', requests, atMost(Number(ratio.toFixed(3)), 1.1));
  say('took', `${seconds(tookMs)}, ${((pressure.requests / tookMs) * 60_000).toFixed(0)} requests a minute`);
  sayPeaks(pressure);
}

/** As the platform saw it. */
export function sayPeaks({ peakPerSecond, peakPerMinute, refused }: Pressure): void {
  say('most requests in any second', String(peakPerSecond), atMost(peakPerSecond, 5));
  say('most requests in any 60 s', String(peakPerMinute), atMost(peakPerMinute, 200));
  say('refused by the platform', String(refused), atMost(refused, 0));
}

function sayInvocations(invocations: readonly Invocation[]): void {
  const most = (field: keyof Invocation) => Math.max(...invocations.map((invocation) => invocation[field]));
  say('invocations', `${invocations.length}, ${most('pages')} pages at most`);
  say('longest invocation', seconds(most('wallMs')), atMost(most('wallMs'), EDGE.wallMs, ' ms'));
  const processor = `${whole(most('processorMs'))} ms at most (all threads of the process)`;
  say('processor time of one', processor, atMost(most('processorMs'), EDGE.processorMs, ' ms'));
  for (const [index, { wallMs, processorMs, pages }] of invocations.entries()) {
    say(
      `    invocation ${index + 1}`,
      `${seconds(wallMs)}, ${whole(processorMs)} ms of processor, ${pages} pages`,
    );
  }
}
