import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetProcess, recordProcess } from './home.ts';
import { lineSplitter } from './log.ts';
import type { PartLog } from './log.ts';
import type { Home } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';
import { endProcess, identityOf } from './process-table.ts';

export interface Program {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  uid?: number;
  gid?: number;
}

export interface PartSpec {
  name: string;
  program: Program;
  /** True once the part answers. Asked again and again until it does. */
  isReady(): Promise<boolean>;
  readyWithinMs: number;
  stopSignal?: NodeJS.Signals;
}

export type PartState = 'stopped' | 'starting' | 'ready' | 'restarting';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
const HEALTHY_AFTER_MS = 60_000;

/** How long to wait before the n-th restart in a row (n from 0). */
export function restartDelay(restarts: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(restarts, 20));
}

/** One child process: started, watched, started again when it dies, and stopped. */
export class Part {
  state: PartState = 'stopped';
  restarts = 0;
  readonly spec: PartSpec;
  private readonly home: Home;
  private readonly log: PartLog;
  private child: ChildProcess | undefined;
  private stopping: AbortController | undefined;

  constructor(spec: PartSpec, home: Home, log: PartLog) {
    this.spec = spec;
    this.home = home;
    this.log = log;
  }

  get name(): string {
    return this.spec.name;
  }

  /** Resolves when the part answers; rejects, with its last words, when it ends or stays silent. */
  async start(): Promise<void> {
    this.stopping = new AbortController();
    this.state = 'starting';
    try {
      const exit = this.launch();
      await this.untilReady(exit);
      this.state = 'ready';
      void this.watch(exit, this.stopping.signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.stopping?.abort();
    const pid = this.child?.pid;
    const identity = pid === undefined ? undefined : identityOf(pid);
    if (identity) await endProcess(identity, this.spec.stopSignal);
    forgetProcess(this.home, this.name);
    this.child = undefined;
    this.state = 'stopped';
  }

  private launch(): Promise<string> {
    const { file, args, env, cwd, uid, gid } = this.spec.program;
    // A group of its own: Ctrl-C in the terminal reaches only the supervisor, which stops the parts in order.
    const child = spawn(file, args, {
      env,
      cwd,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      const lines = lineSplitter((line) => this.log.line(line));
      stream?.on('data', (chunk: Buffer) => lines.push(chunk)).on('end', () => lines.end());
    }
    if (child.pid !== undefined) recordProcess(this.home, this.name, child.pid);
    return new Promise((resolve) => {
      child.on('error', (error) => resolve(errorMessage(error)));
      child.on('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
  }

  private async untilReady(exit: Promise<string>): Promise<void> {
    let ended: string | undefined;
    void exit.then((how) => (ended = how));
    const deadline = Date.now() + this.spec.readyWithinMs;
    while (!(await this.spec.isReady())) {
      if (this.stopping?.signal.aborted) throw new StackProblem(`${this.name} was stopped while it started.`);
      if (ended !== undefined) throw new PartEnded(this.name, ended, this.log.tail());
      if (Date.now() > deadline) {
        throw new PartEnded(
          this.name,
          `no answer within ${this.spec.readyWithinMs / 1000} s`,
          this.log.tail(),
        );
      }
      await sleep(50);
    }
  }

  private async watch(exit: Promise<string>, stopping: AbortSignal): Promise<void> {
    let readySince = Date.now();
    while (!stopping.aborted) {
      const how = await exit;
      if (stopping.aborted) return;
      if (Date.now() - readySince > HEALTHY_AFTER_MS) this.restarts = 0;
      const delay = restartDelay(this.restarts);
      this.restarts += 1;
      this.state = 'restarting';
      this.log.line(`ended (${how}); starting it again in ${delay / 1000} s`);
      await sleep(delay, undefined, { signal: stopping }).catch(() => undefined); // only ever aborted
      if (stopping.aborted) return;
      exit = this.launch();
      try {
        await this.untilReady(exit);
        this.state = 'ready';
        readySince = Date.now();
        this.log.line('is back');
      } catch (error) {
        this.log.line(errorMessage(error));
        const pid = this.child?.pid;
        const identity = pid === undefined ? undefined : identityOf(pid);
        if (identity) await endProcess(identity, 'SIGKILL');
      }
    }
  }
}

/** A part that ended or stayed silent, with what it said last. */
export class PartEnded extends StackProblem {
  readonly tail: string[];
  constructor(part: string, how: string, tail: string[]) {
    const words = tail.slice(-3).join(' / ');
    super(
      `${part} did not start (${how})${words === '' ? '' : `: ${words}`}. The whole log is in the home's logs/stack.log.`,
    );
    this.tail = tail;
  }
}
