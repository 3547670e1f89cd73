/** As many as an installation would have: four workers, a hundred messages a claim. */
export const CONNECTIONS = 4;
export const BATCH = 100;

/** A queue that is measured: filled, then emptied a little by four workers whose work is nothing. */
export interface Contender {
  name: string;
  /** What is inside its figure. */
  inside: string;
  /** Jobs in a round: enough for a second or so. */
  jobsInRound: number;
  /** Its table and indexes, for how bloated they are. */
  table: string;
  /** Brings what waits up to this number. */
  fill(waiting: number): Promise<void>;
  /** Claims and completes so many, for this long at most. */
  drain(jobs: number, limitMs?: number): Promise<Drained>;
  close(): Promise<void>;
}

export interface Drained {
  jobs: number;
  ms: number;
}

export const jobsPerSecond = ({ jobs, ms }: Drained) => (jobs / ms) * 1_000;
