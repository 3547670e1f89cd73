import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPO = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Everything one stack keeps: its keys, its data, its logs, and who is running. */
export interface Home {
  root: string;
  keys: string;
  postgres: string;
  run: string;
  logs: string;
  log: string;
  settings: string;
}

export function homeAt(folder: string | undefined): Home {
  const root = resolve(folder ?? process.env.REGULARS_HOME ?? join(REPO, '.regulars'));
  return {
    root,
    keys: join(root, 'keys.json'),
    postgres: join(root, 'postgres'),
    run: join(root, 'run'),
    logs: join(root, 'logs'),
    log: join(root, 'logs', 'stack.log'),
    settings: join(root, 'stack.json'),
  };
}

export const DEFAULT_PORT = 54321;

/** Four neighbouring ports, as the documentation draws them. */
export interface Ports {
  gateway: number;
  postgres: number;
  dashboard: number;
  sandbox: number;
}

export function portsFrom(base: number): Ports {
  return { gateway: base, postgres: base + 1, dashboard: base + 2, sandbox: base + 3 };
}
