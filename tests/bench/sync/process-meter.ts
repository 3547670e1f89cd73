import { readFileSync } from 'node:fs';

const SAMPLE_MS = 250;
/** A minute. */
const LEAST_SAMPLES = 240;
/** Of /proc: Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

interface Sample {
  /** Resident memory, and its part that no file backs: heap and stacks. */
  rssMb: number;
  heapMb: number;
}

/** Watches one process through Linux's /proc, from outside. */
export class ProcessMeter {
  readonly pid: number;
  readonly #samples: Sample[] = [];
  readonly #timer: NodeJS.Timeout;
  #warmAfter: number | undefined;

  constructor(pid: number) {
    this.pid = pid;
    this.#samples.push(sampleOf(pid));
    this.#timer = setInterval(() => this.#samples.push(sampleOf(pid)), SAMPLE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What came before was warming up: compiling, and finding out how much heap the work wants. */
  noteWarm(): void {
    this.#warmAfter ??= this.#samples.length;
  }

  get peakMb(): number {
    return Math.max(...this.#samples.map(({ rssMb }) => rssMb));
  }

  /** The median heap of the first and of the last tenth of the time since it was warm; undefined after too short a time. */
  heapGrowth(): { firstMb: number; lastMb: number } | undefined {
    const heap = this.#samples.slice(this.#warmAfter ?? this.#samples.length).map(({ heapMb }) => heapMb);
    if (heap.length < LEAST_SAMPLES) return undefined;
    const tenth = Math.floor(heap.length / 10);
    return { firstMb: median(heap.slice(0, tenth)), lastMb: median(heap.slice(-tenth)) };
  }

  /** Processor time used so far, by all threads of the process. */
  processorSeconds(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // "pid (name) state …": the name may hold spaces and brackets; utime and stime are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }
}

function sampleOf(pid: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { rssMb: megabytes('VmRSS'), heapMb: megabytes('RssAnon') };
}

export function median(values: readonly number[]): number {
  return values.toSorted((first, second) => first - second)[Math.floor(values.length / 2)] ?? Number.NaN;
}
