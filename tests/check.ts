// `npm run check`: format, lint and types, one after the other; says which of them found something.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPO } from '../stack/embedded/paths.ts';

const WEB = join(REPO, 'web');
const checks = [
  { name: 'format', bin: 'prettier', args: ['--check', '--log-level=warn', '.'], cwd: REPO },
  { name: 'lint', bin: 'eslint', args: ['--max-warnings=0', '.'], cwd: REPO },
  { name: 'types', bin: 'tsc', args: ['-p', '.'], cwd: REPO },
  { name: 'dashboard set-up', bin: 'svelte-kit', args: ['sync'], cwd: WEB },
  { name: 'dashboard types', bin: 'svelte-check', args: ['--fail-on-warnings'], cwd: WEB },
].filter(({ cwd }) => existsSync(join(cwd, 'tsconfig.json')));

const failed = checks.filter(({ name, bin, args, cwd }) => {
  console.log(`— ${name}`);
  const result = spawnSync(process.execPath, [join(REPO, 'node_modules/.bin', bin), ...args], {
    cwd,
    stdio: 'inherit',
  });
  return result.status !== 0;
});
console.log(
  failed.length === 0 ? 'All checks passed.' : `Not clean: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
