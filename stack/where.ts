import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run where <code>`: every file and line that speaks of a metric, segment, scenario or other noun. */
function gitLines(args: string[]): string[] {
  const run = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.error) {
    throw new Error(
      'git was not found: "where" reads the list of files from it. Install git, then try again.',
      {
        cause: run.error,
      },
    );
  }
  // git grep exits with 1 when it finds nothing.
  if (run.status !== 0 && run.status !== 1) throw new Error(run.stderr.trim());
  return run.stdout.split('\n').filter((line) => line !== '');
}

const { positionals } = parseArgs({ allowPositionals: true });
const [code] = positionals;
if (!code || !/^[\w-]+$/.test(code)) {
  console.error('Name one noun: npm run where early_churn');
  process.exit(1);
}

// The same noun is snake_case in SQL and kebab-case in file names.
const spellings = new Set([code, code.replaceAll('_', '-'), code.replaceAll('-', '_')]);
const files = gitLines(['ls-files', '--cached', '--others', '--exclude-standard']);
const named = files.filter((file) => [...spellings].some((spelling) => file.includes(spelling)));
const mentions = gitLines([
  'grep',
  '--untracked',
  '-nIw',
  ...[...spellings].flatMap((spelling) => ['-e', spelling]),
  '--',
  ':!package-lock.json',
]).filter((line) => !named.some((file) => line.startsWith(`${file}:`)));

if (named.length === 0 && mentions.length === 0) {
  console.error(
    `Nothing here speaks of "${code}": check the spelling in metrics.definitions or segments.definitions.`,
  );
  process.exit(1);
}
if (named.length > 0) console.log(`Files of ${code}:\n${named.map((file) => `  ${file}`).join('\n')}`);
if (mentions.length > 0) {
  const short = mentions.map((line) => `  ${line.length > 160 ? `${line.slice(0, 157)}…` : line}`);
  console.log(`Also mentioned in:\n${short.join('\n')}`);
}
