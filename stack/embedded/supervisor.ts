import { statfsSync } from 'node:fs';
import { buildDashboard, prepareDashboard } from './dashboard.ts';
import { createClub, hasClub, seedDemo } from './club.ts';
import { startCronWorker } from './cron-worker.ts';
import { prepareDatabase, setVaultSecrets, withConnection } from './database.ts';
import { clubEnvironment, sandboxVariables, serviceEnvironment } from './environment.ts';
import type { ServiceEnvironment, Variables } from './environment.ts';
import { requireFree } from './free-ports.ts';
import { functionsOff, prepareFunctions } from './functions.ts';
import type { EdgeFunction } from './functions.ts';
import { createGateway, listen } from './gateway.ts';
import { claimHome, endOrphans, makeHome, releaseHome } from './home.ts';
import { keysOf } from './keys.ts';
import type { Keys } from './keys.ts';
import { startLite } from './lite.ts';
import { borrowConsole, openLog } from './log.ts';
import type { StackLog } from './log.ts';
import { startNetWorker } from './net-worker.ts';
import type { Part } from './part.ts';
import { portsFrom } from './paths.ts';
import type { Home, Ports } from './paths.ts';
import { adminUrl, ownerUrl, preparePostgres } from './postgres-server.ts';
import { StackProblem } from './problem.ts';
import { prepareSandbox, registerBookingWebhook, registerTelegramWebhook } from './sandbox-part.ts';
import { writeSettings } from './settings.ts';
import { readSupabaseConfig } from './supabase-config.ts';
import { stackUrls } from './urls.ts';
import type { StackUrls } from './urls.ts';

export interface StackOptions {
  home: Home;
  port: number;
  isEmpty: boolean;
  hasSandbox: boolean;
  hasCron: boolean;
  /** Tests of functions do without the dashboard and its build. */
  hasDashboard: boolean;
  isQuiet: boolean;
  environment: NodeJS.ProcessEnv;
  now: () => Date;
}

export interface Health {
  isReady: boolean;
  parts: Record<string, string>;
}

export interface RunningStack {
  home: Home;
  ports: Ports;
  keys: Keys;
  urls: StackUrls;
  sandboxed: string[];
  health(): Health;
  stop(): Promise<void>;
}

const LEAST_SPACE = 300 * 1024 * 1024;

/** Starts everything in order. On failure, or told to stop, stops what it started and throws; nothing is left running. */
export async function startStack(options: StackOptions, stop?: AbortSignal): Promise<RunningStack> {
  const { home } = options;
  makeHome(home);
  claimHome(home);
  const log = openLog(home, { quiet: options.isQuiet });
  const stack = new Stack(options, log);
  const stopped = new Promise<never>((_resolve, reject) => {
    const give = () => reject(new StackProblem('Stopped before it was ready.'));
    stop?.addEventListener('abort', () => void stack.stop().then(give), { once: true });
  });
  try {
    // A step may wait for ever for what has just been stopped, so nobody waits for the step.
    await Promise.race([stack.start(), stopped]);
    return stack;
  } catch (error) {
    await stack.stop();
    throw stop?.aborted ? new StackProblem('Stopped before it was ready.', { cause: error }) : error;
  }
}

class Stack implements RunningStack {
  readonly home: Home;
  readonly ports: Ports;
  keys!: Keys;
  urls!: StackUrls;
  sandboxed: string[] = [];
  private readonly options: StackOptions;
  private readonly log: StackLog;
  private readonly parts: Part[] = [];
  private readonly own = new Map<string, 'starting' | 'ready'>();
  private readonly stops: (() => Promise<void>)[] = [];
  private isComplete = false;
  private stopped: Promise<void> | undefined;

  constructor(options: StackOptions, log: StackLog) {
    this.options = options;
    this.log = log;
    this.home = options.home;
    this.ports = portsFrom(options.port);
  }

  async start(): Promise<void> {
    const say = this.log.for('stack');
    const orphans = await endOrphans(this.home);
    if (orphans.length > 0) say.line(`ended what a killed stack left behind: ${orphans.join(', ')}`);
    await this.requireRoom();
    const { hasSandbox, hasCron, port } = this.options;
    this.keys = await keysOf(this.home);
    this.urls = stackUrls(this.ports, this.keys);
    const sandbox = hasSandbox ? sandboxVariables(this.keys, this.ports) : undefined;
    const services = serviceEnvironment(this.options.environment, sandbox);
    this.sandboxed = services.sandboxed;
    writeSettings(this.home, { port, hasSandbox, hasCron });

    const building = this.options.hasDashboard
      ? buildDashboard(this.log.for('dashboard'))
      : Promise.resolve();
    building.catch(() => undefined); // awaited below; a failure of another part may come first
    await this.startDatabase();
    const off = functionsOff(services);
    for (const sentence of off.values()) say.line(sentence);
    const functions = await prepareFunctions(this.home, this.log, this.functionVariables(services), off);
    await this.startGateway(functions, off);
    if (sandbox) await this.run(prepareSandbox(this.home, this.ports, sandbox, this.log.for('sandbox')));
    await Promise.all(functions.map(({ part }) => this.run(part)));
    if (sandbox && services.sandboxed.includes('telegram')) {
      await registerTelegramWebhook(sandbox.telegram, this.urls.functions);
    }
    if (sandbox && services.sandboxed.includes('booking')) {
      await registerBookingWebhook(sandbox.booking, this.urls.functions);
    }
    await building;
    if (this.options.hasDashboard) {
      await this.run(prepareDashboard(this.home, this.ports, this.keys, this.log.for('dashboard')));
    }
    await this.startWorkers();
    this.isComplete = true;
    say.line('ready');
  }

  health(): Health {
    const parts = {
      ...Object.fromEntries(this.parts.map(({ name, state }) => [name, state])),
      ...Object.fromEntries(this.own),
    };
    const isReady = this.isComplete && Object.values(parts).every((state) => state === 'ready');
    return { isReady, parts };
  }

  /** In the opposite order, once; whoever asks again waits for the same end. */
  stop(): Promise<void> {
    this.stopped ??= this.stopAll();
    return this.stopped;
  }

  private async stopAll(): Promise<void> {
    const say = this.log.for('stack');
    this.isComplete = false;
    for (const stop of this.stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        say.line(`a part did not stop cleanly: ${String(error)}`);
      }
    }
    releaseHome(this.home);
    say.line('stopped');
    await this.log.close();
  }

  private async requireRoom(): Promise<void> {
    const { bavail, bsize } = statfsSync(this.home.root);
    if (bavail * bsize < LEAST_SPACE) {
      throw new StackProblem(
        `Only ${Math.floor((bavail * bsize) / 1024 / 1024)} MB are free on the disk of ${this.home.root}: free at least 300 MB, then start again.`,
      );
    }
    await requireFree(this.ports.gateway, 'gateway');
    await requireFree(this.ports.postgres, 'Postgres');
    if (this.options.hasDashboard) await requireFree(this.ports.dashboard, 'dashboard');
    if (this.options.hasSandbox) await requireFree(this.ports.sandbox, 'sandbox');
  }

  /** A stop that comes during the start must not be followed by another part. */
  private goOn(): void {
    if (this.stopped) throw new StackProblem('Stopped while it was starting.');
  }

  private async run(part: Part): Promise<void> {
    this.goOn();
    this.parts.push(part);
    this.stops.push(() => part.stop());
    await part.start();
  }

  private async startDatabase(): Promise<void> {
    this.goOn();
    const { home, keys, ports } = this;
    const { isEmpty, environment, now } = this.options;
    await this.run(
      await preparePostgres({ home, port: ports.postgres, keys, log: this.log.for('postgres') }),
    );
    await prepareDatabase({ port: ports.postgres, keys, cliHome: home.root });
    await withConnection(ownerUrl(keys, ports.postgres), async (sql) => {
      await setVaultSecrets(sql, { functions_url: this.urls.functions, cron_key: keys.cronKey });
      if (await hasClub(sql)) return;
      if (isEmpty) await createClub(sql, clubEnvironment(environment), now());
      else await seedDemo(sql);
    });
  }

  private async startGateway(functions: EdgeFunction[], off: ReadonlyMap<string, string>): Promise<void> {
    this.goOn();
    const config = readSupabaseConfig();
    const portOf = new Map(functions.map(({ name, port }) => [name, port]));
    const lite = await startLite({
      databaseUrl: this.urls.database,
      keys: this.keys,
      config,
      siteUrl: this.urls.dashboard,
    });
    const giveBack = borrowConsole(this.log.for('api'));
    this.stops.push(async () => {
      await lite.stop();
      giveBack();
    });
    const gateway = createGateway({
      lite: lite.fetch,
      functionPort: (name) => portOf.get(name),
      functionOff: (name) => off.get(name),
      config,
      jwtSecret: this.keys.jwtSecret,
      health: () => this.health(),
    });
    const listening = await listen(gateway, this.ports.gateway);
    this.stops.push(() => listening.stop());
    this.own.set('gateway', 'ready');
  }

  private async startWorkers(): Promise<void> {
    this.goOn();
    const url = adminUrl(this.keys, this.ports.postgres);
    const net = await startNetWorker(url, this.log.for('net'));
    this.stops.push(() => net.stop());
    this.own.set('net', 'ready');
    if (!this.options.hasCron) return;
    const cron = await startCronWorker({ adminUrl: url, log: this.log.for('cron'), now: this.options.now });
    this.stops.push(() => cron.stop());
    this.own.set('cron', 'ready');
  }

  private functionVariables({ variables }: ServiceEnvironment): Variables {
    const { publishableKey, secretKey, cronKey } = this.keys;
    return {
      ...variables,
      SUPABASE_URL: this.urls.api,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: publishableKey }),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey, cron: cronKey }),
      CRON_SECRET: cronKey,
      DASHBOARD_URL: this.urls.dashboard,
    };
  }
}
