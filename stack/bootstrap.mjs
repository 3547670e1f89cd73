// The only file that runs before anything is installed, on whatever Node the machine has (20 or newer): plain JavaScript.
// It installs the packages when they are missing or other than the lock file says, then runs the real command on Node 24.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repo = join(dirname(fileURLToPath(import.meta.url)), '..');
const node24 = join(repo, 'node_modules/.bin/node');

const commands = {
  start: ['stack/embedded/cli.ts', 'start'],
  stack: ['stack/embedded/cli.ts'],
  operator: ['stack/operator.ts'],
  import: ['stack/import.ts'],
  where: ['stack/where.ts'],
  test: ['tests/run.ts'],
  check: ['tests/check.ts'],
  bench: ['tests/bench/run.ts'],
  eval: ['tests/eval/run.ts'],
};

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // missing or damaged: both mean "install"
  }
}

/** npm keeps what it installed in node_modules/.package-lock.json. */
function isInstalled() {
  const wanted = readJson(join(repo, 'package-lock.json'))?.packages;
  const present = readJson(join(repo, 'node_modules/.package-lock.json'))?.packages;
  if (!wanted || !present || !existsSync(node24)) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.includes('node_modules/') || optional || link || present[path]?.version === version,
  );
}

/** Runs a program until it ends, passes it our signals, and resolves with its exit code. */
function run(file, args) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: repo, stdio: 'inherit' });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.on('error', (error) => {
      console.error(`${file} could not be run: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

async function install() {
  console.log('Installing the packages of package-lock.json (once, about a minute) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) {
    console.error('The packages could not be installed: see npm above, then run the same command again.');
    process.exit(code);
  }
}

const [command, ...rest] = process.argv.slice(2);
if (!(command in commands)) {
  console.error(`Usage: node stack/bootstrap.mjs <${Object.keys(commands).join(' | ')}> [arguments]`);
  process.exit(1);
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 20 or newer, then run the same command again.`,
  );
  process.exit(1);
}
if (!isInstalled()) await install();
const [script, ...first] = commands[command];
process.exitCode = await run(node24, [join(repo, script), ...first, ...rest]);
