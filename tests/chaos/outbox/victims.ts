// The processes of a run: Postgres, the workers, the webhook, and ways to take each of them down.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareDatabase } from '../../../stack/embedded/database.ts';
import { freePort } from '../../../stack/embedded/free-ports.ts';
import { makeHome } from '../../../stack/embedded/home.ts';
import { keysOf } from '../../../stack/embedded/keys.ts';
import type { Keys } from '../../../stack/embedded/keys.ts';
import { openLog } from '../../../stack/embedded/log.ts';
import { homeAt } from '../../../stack/embedded/paths.ts';
import { adminUrl, ownerUrl, preparePostgres } from '../../../stack/embedded/postgres-server.ts';
import { temporaryHome } from '../../stack.ts';
import { killPart } from '../kill-part.ts';
import type { ProcessSettings } from './settings.ts';

const PROGRAM = fileURLToPath(new URL('./process.ts', import.meta.url));

export interface KillablePostgres {
  keys: Keys;
  adminUrl: string;
  ownerUrl: string;
  /** SIGKILL to the server and all its children; it is started again at once, and recovers. */
  kill(): void;
  isBack(): boolean;
  stop(): Promise<void>;
}

export async function startKillablePostgres(): Promise<KillablePostgres> {
  const home = homeAt(temporaryHome());
  makeHome(home);
  chmodSync(home.root, 0o711);
  const keys = await keysOf(home);
  const port = await freePort();
  const log = openLog(home, { quiet: true });
  const settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
  const part = await preparePostgres({ home, port, keys, log: log.for('postgres'), settings });
  const stop = async () => {
    await part.stop();
    await log.close();
    rmSync(home.root, { recursive: true, force: true });
  };
  try {
    await part.start();
    await prepareDatabase({ port, keys, cliHome: home.root });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    keys,
    adminUrl: adminUrl(keys, port),
    ownerUrl: ownerUrl(keys, port),
    kill() {
      // Nobody waits longer and longer for a server that is killed on purpose.
      part.restarts = 0;
      killPart(home, 'postgres');
      part.state = 'restarting';
    },
    isBack: () => part.state === 'ready',
    stop,
  };
}

/** A process that is started again whenever it ends, until the run is over. */
export class Victim {
  readonly #role: 'worker' | 'webhook';
  readonly #settings: ProcessSettings;
  #child: ChildProcess | undefined;
  #isOver = false;

  constructor(role: 'worker' | 'webhook', settings: ProcessSettings) {
    this.#role = role;
    this.#settings = settings;
  }

  start(): void {
    if (this.#isOver) return;
    const child = fork(PROGRAM, [this.#role], {
      env: { ...process.env, CHAOS_SETTINGS: JSON.stringify(this.#settings) },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    child.once('exit', () => this.start());
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
