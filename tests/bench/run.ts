// `npm run bench -- <name>`: runs tests/bench/<name>.ts.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length));
const [name = ''] = process.argv.slice(2);
const script = new URL(`./${name}.ts`, folder);
if (!names.includes(name) || !existsSync(fileURLToPath(script))) {
  console.error(`Usage: npm run bench -- <${names.join(' | ')}>`);
  process.exit(1);
}
await import(script.href);
