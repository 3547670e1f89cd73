import { parseArgs } from 'node:util';
import { callFunction, parseBody } from './call.ts';
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo.ts';
import { firstRun } from './first-run.ts';
import { DEFAULT_PORT, homeAt } from './paths.ts';
import type { Home } from './paths.ts';
import { adminUrl } from './postgres-server.ts';
import { StackProblem } from './problem.ts';
import { openSql } from './psql.ts';
import { describeStatus, knownStack, readStatus, runningStack } from './status.ts';
import type { RunningStack, StackOptions } from './supervisor.ts';
import { tick } from './tick.ts';
import { runUntilStopped, startDetached, stopHome } from './up.ts';

const HELP = `npm run stack -- <command>

  up [--home DIR] [--port N] [--empty] [--no-sandbox] [--no-cron] [--detach]
                          start everything; Ctrl-C stops it (with --detach: down)
  down                    stop it
  status [--json]         addresses and the state of each part
  psql [arguments]        open the database
  call <function> [json]  call a function as cron would and print its answer
  tick                    run every scheduled job once (for --no-cron)

Every command takes --home DIR (default .regulars in the repository).
Ports: gateway N (default ${DEFAULT_PORT}), Postgres N+1, dashboard N+2, sandbox N+3.`;

const OPTIONS = {
  home: { type: 'string' },
  port: { type: 'string' },
  empty: { type: 'boolean', default: false },
  sandbox: { type: 'boolean', default: true },
  cron: { type: 'boolean', default: true },
  detach: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowNegative: true, allowPositionals: true });
  } catch (error) {
    throw new StackProblem(`${error instanceof Error ? error.message : error}\n\n${HELP}`, { cause: error });
  }
}

/** psql has options of its own: only --home in front of them is ours. */
function splitPsql(args: string[]): { home: Home; rest: string[] } {
  if (args[0] === '--home') return { home: homeAt(args[1]), rest: args.slice(2) };
  if (args[0]?.startsWith('--home='))
    return { home: homeAt(args[0].slice('--home='.length)), rest: args.slice(1) };
  return { home: homeAt(undefined), rest: args };
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function stackOptions(values: Values): StackOptions {
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_532) {
    throw new StackProblem(`--port must be a number from 1 to 65532, not "${values.port}".`);
  }
  return {
    home: homeAt(values.home),
    port,
    isEmpty: values.empty,
    hasSandbox: values.sandbox,
    hasCron: values.cron,
    hasDashboard: true,
    isQuiet: values.quiet,
    environment: process.env,
    now: () => new Date(),
  };
}

function describeReady(stack: RunningStack): string {
  const { urls, sandboxed, home } = stack;
  return [
    '',
    `  dashboard  ${urls.dashboard}`,
    ...(sandboxed.length > 0
      ? [`  sandbox    ${urls.sandbox}  (stands in for: ${sandboxed.join(', ')})`]
      : []),
    `  API        ${urls.api}`,
    `  database   npm run stack -- psql`,
    `  home       ${home.root}`,
    '',
  ].join('\n');
}

async function up(values: Values, args: string[]): Promise<void> {
  const options = stackOptions(values);
  if (values.detach) {
    await startDetached(
      options.home,
      args.filter((argument) => argument !== '--detach'),
    );
    say(describeStatus(await readStatus(options.home)));
    say('ready; stop it with: npm run stack -- down');
    return;
  }
  await runUntilStopped(options, async (stack) => {
    if (!options.isQuiet) say(`${describeReady(stack)}\n  ready; Ctrl-C stops everything\n`);
  });
}

async function start(values: Values): Promise<void> {
  await runUntilStopped(stackOptions(values), async (stack) => {
    await firstRun(stack, say);
    say(describeReady(stack));
    say(`  Sign in with any of these; the password is ${DEMO_PASSWORD}`);
    for (const { role, email } of DEMO_LOGINS) say(`    ${role.padEnd(10)} ${email}`);
    say('\n  Three things to try:');
    say(`    1. Open ${stack.urls.dashboard}, sign in as the owner and see who needs a message today.`);
    say(
      `    2. Open ${stack.urls.sandbox}, approve a card in the Telegram chat and watch it reach the member's phone.`,
    );
    say('    3. Answer STOP from that phone: the dashboard shows that she is never messaged again.');
    say('\n  ready; Ctrl-C stops everything\n');
  });
}

async function call(home: Home, [name, body]: string[]): Promise<number> {
  if (name === undefined)
    throw new StackProblem(`Which function? For example: npm run stack -- call crm-sync '{"mode":"full"}'`);
  const { urls, keys } = runningStack(home);
  const target = { functionsUrl: urls.functions, cronKey: keys.cronKey };
  const answer = await callFunction(target, name, parseBody(body), (_answer, round) => {
    if (round > 1) process.stderr.write(`step ${round}\n`);
  });
  say(JSON.stringify(answer.body, null, 2));
  return answer.status < 400 ? 0 : 1;
}

async function runTick(home: Home): Promise<number> {
  const { keys, ports } = runningStack(home);
  const { runs, answers } = await tick(adminUrl(keys, ports.postgres));
  for (const { job, status, message } of runs)
    say(`${(job.jobname ?? job.jobid).padEnd(32)} ${status} ${message}`);
  for (const { id, status_code: code, error_msg: error } of answers) say(`request ${id} ${code ?? error}`);
  const failed =
    runs.some(({ status }) => status === 'failed') ||
    answers.some((answer) => (answer.status_code ?? 500) >= 400);
  return failed ? 1 : 0;
}

export async function main(argv: string[]): Promise<number> {
  const [command, ...args] = argv;
  if (command === 'psql') {
    const { home, rest } = splitPsql(args);
    return openSql(knownStack(home).urls.database, rest);
  }
  const { values, positionals } = parse(args);
  const home = homeAt(values.home);
  if (values.help || command === undefined || command === 'help' || command === '--help') {
    say(HELP);
    return command === undefined ? 1 : 0;
  }
  switch (command) {
    case 'up':
      await up(values, args);
      return 0;
    case 'start':
      await start(values);
      return 0;
    case 'down': {
      const stopped = await stopHome(home);
      say(stopped.length === 0 ? `nothing was running on ${home.root}` : `stopped: ${stopped.join(', ')}`);
      return 0;
    }
    case 'status': {
      const status = await readStatus(home);
      say(values.json ? JSON.stringify(status, null, 2) : describeStatus(status));
      return status.running ? 0 : 1;
    }
    case 'call':
      return call(home, positionals);
    case 'tick':
      return runTick(home);
    default:
      throw new StackProblem(`There is no command "${command}".\n\n${HELP}`);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A person reads one sentence; anything unforeseen keeps its stack so that it can be mended.
  console.error(error instanceof StackProblem ? error.message : error);
  process.exit(1);
}
