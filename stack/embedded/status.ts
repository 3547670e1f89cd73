import { z } from 'zod';
import { runningSupervisor } from './home.ts';
import { readKeys } from './keys.ts';
import type { Keys } from './keys.ts';
import { portsFrom } from './paths.ts';
import type { Home, Ports } from './paths.ts';
import { StackProblem } from './problem.ts';
import { readSettings } from './settings.ts';
import { stackUrls } from './urls.ts';
import type { StackUrls } from './urls.ts';

const healthShape = z.object({
  status: z.string(),
  pid: z.number(),
  parts: z.record(z.string(), z.string()),
});

export interface KnownStack {
  home: Home;
  ports: Ports;
  keys: Keys;
  urls: StackUrls;
}

/** The stack of a home that was started at least once. */
export function knownStack(home: Home): KnownStack {
  const keys = readKeys(home);
  if (!keys)
    throw new StackProblem(
      `No stack was ever started on ${home.root}: start one with "npm run stack -- up".`,
    );
  const ports = portsFrom(readSettings(home).port);
  return { home, ports, keys, urls: stackUrls(ports, keys) };
}

/** The same, and it must be running. */
export function runningStack(home: Home): KnownStack {
  const stack = knownStack(home);
  if (!runningSupervisor(home)) {
    throw new StackProblem(`The stack on ${home.root} is not running: start it with "npm run stack -- up".`);
  }
  return stack;
}

export interface Status {
  running: boolean;
  ready: boolean;
  pid: number | null;
  home: string;
  urls: Record<string, string>;
  keys: string[];
  parts: Record<string, string>;
}

export async function readStatus(home: Home): Promise<Status> {
  const { urls, keys } = knownStack(home);
  const { hasSandbox } = readSettings(home);
  const supervisor = runningSupervisor(home);
  const health = supervisor ? await readHealth(urls.api) : undefined;
  const mine = health?.pid === supervisor?.pid ? health : undefined;
  return {
    running: supervisor !== undefined,
    ready: mine?.status === 'ready',
    pid: supervisor?.pid ?? null,
    home: home.root,
    urls: {
      api: urls.api,
      rest: `${urls.api}/rest/v1`,
      auth: `${urls.api}/auth/v1`,
      functions: urls.functions,
      health: `${urls.api}/health`,
      dashboard: urls.dashboard,
      ...(hasSandbox ? { sandbox: urls.sandbox } : {}),
      database: urls.database,
    },
    keys: Object.keys(keys).filter((name) => name !== 'sandbox'),
    parts: mine?.parts ?? {},
  };
}

export async function readHealth(api: string): Promise<z.infer<typeof healthShape> | undefined> {
  try {
    const response = await fetch(`${api}/health`, { signal: AbortSignal.timeout(3000) });
    return healthShape.parse(await response.json());
  } catch {
    return undefined; // nobody there, or somebody else
  }
}

/** For people. */
export function describeStatus(status: Status): string {
  const state = status.ready ? 'ready' : status.running ? 'running, not ready' : 'stopped';
  const parts = Object.entries(status.parts).map(([name, part]) => `${name} ${part}`);
  return [
    `state      ${state}${status.pid === null ? '' : ` (process ${status.pid})`}`,
    `home       ${status.home}`,
    ...Object.entries(status.urls).map(([name, url]) => `${name.padEnd(10)} ${url}`),
    `keys       ${status.keys.join(', ')} (in keys.json of the home)`,
    ...(parts.length > 0 ? [`parts      ${parts.join(', ')}`] : []),
  ].join('\n');
}
