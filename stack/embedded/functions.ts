import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { denoBinary } from './binaries.ts';
import type { ServiceEnvironment, ServiceName, Variables } from './environment.ts';
import type { StackLog } from './log.ts';
import { Part } from './part.ts';
import { REPO } from './paths.ts';
import type { Home } from './paths.ts';
import { accepts } from './probes.ts';
import { freePort } from './free-ports.ts';

export interface EdgeFunction {
  name: string;
  port: number;
  part: Part;
}

const FOLDER = join(REPO, 'supabase/functions');

/** The outside service without which a function can do nothing. */
const NEEDS: Record<string, ServiceName> = {
  'crm-sync': 'booking',
  'booking-webhook': 'booking',
  'draft-messages': 'telegram',
  'telegram-webhook': 'telegram',
  'send-messages': 'whatsapp',
  'sync-templates': 'whatsapp',
  'whatsapp-webhook': 'whatsapp',
};

/** Functions that are not started because their service is off, each with the sentence that says so. */
export function functionsOff({ off }: ServiceEnvironment, names = functionNames()): Map<string, string> {
  return new Map(
    names.flatMap((name): [string, string][] => {
      const missing = NEEDS[name] && off[NEEDS[name]];
      return missing ? [[name, `${name} is off: set ${missing.join(', ')} and start again.`]] : [];
    }),
  );
}

/** A folder with an index.ts is a function; `_shared` and the like are not. */
export function functionNames(folder = FOLDER): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
}

/** Each function in a Deno of its own that may reach this machine and the given hosts, and read the repository. */
export async function prepareFunctions(
  home: Home,
  log: StackLog,
  variables: Variables,
  off: ReadonlyMap<string, string>,
): Promise<EdgeFunction[]> {
  const deno = denoBinary();
  const hosts = allowedHosts(variables).join(',');
  const names = functionNames().filter((name) => !off.has(name));
  return Promise.all(
    names.map(async (name) => {
      const port = await freePort();
      const folder = join(FOLDER, name);
      const args = ['run', '--quiet', '--no-prompt', '--no-lock', '--no-remote', '--node-modules-dir=manual'];
      args.push('--config', join(folder, 'deno.json'));
      args.push('--allow-env', `--allow-read=${REPO}`, `--allow-net=${hosts}`, join(folder, 'index.ts'));
      const part = new Part(
        {
          name,
          program: { file: deno, args, env: denoEnvironment(home, port, variables), cwd: folder },
          isReady: () => accepts(port),
          readyWithinMs: 60_000,
        },
        home,
        log.for(name),
      );
      return { name, port, part };
    }),
  );
}

function denoEnvironment(home: Home, port: number, variables: Variables): NodeJS.ProcessEnv {
  return {
    ...variables,
    PATH: process.env.PATH,
    HOME: home.root,
    DENO_DIR: join(home.root, 'deno'),
    DENO_NO_UPDATE_CHECK: '1',
    DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
    NO_COLOR: '1',
    TZ: 'UTC',
  };
}

/** This machine, and the hosts that the environment itself names. */
export function allowedHosts(variables: Variables): string[] {
  const hosts = new Set(['127.0.0.1']);
  if (variables.ANTHROPIC_API_KEY !== undefined && variables.ANTHROPIC_BASE_URL === undefined) {
    hosts.add('api.anthropic.com'); // the SDK's own default
  }
  for (const [name, value] of Object.entries(variables)) {
    if (/_(URL|ROOT)$/.test(name)) hosts.add(new URL(value).host);
  }
  return [...hosts];
}
