import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import type { Sql } from 'postgres';
import { withConnection } from './database.ts';
import { errorMessage } from './problem.ts';

/** The real psql where it is installed, with all its arguments; else a small prompt that knows `-c`. */
export async function openSql(databaseUrl: string, args: string[]): Promise<number> {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  // The password goes by the environment, where other users of the machine do not see it.
  const result = spawnSync('psql', ['-d', url.href, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PGPASSWORD: password },
  });
  if (result.error === undefined) return result.status ?? 1;
  return withConnection(databaseUrl, (sql) => runSmall(sql, args));
}

async function runSmall(sql: Sql, args: string[]): Promise<number> {
  const commands = args.flatMap((argument, index) => (args[index - 1] === '-c' ? [argument] : []));
  if (commands.length > 0) {
    for (const command of commands) if (!(await execute(sql, command))) return 1;
    return 0;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: 'regulars=> ' });
  process.stdout.write(
    'psql is not installed; this is a small stand-in. One statement a line, \\q to leave.\n',
  );
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim() === '\\q') break;
    if (line.trim() !== '') await execute(sql, line);
    prompt.prompt();
  }
  prompt.close();
  return 0;
}

async function execute(sql: Sql, command: string): Promise<boolean> {
  try {
    const rows = await sql.unsafe(command);
    if (rows.length > 0) console.table(rows.map((row) => ({ ...row })));
    process.stdout.write(`${rows.command ?? 'OK'} ${rows.count ?? ''}\n`);
    return true;
  } catch (error) {
    process.stderr.write(`ERROR: ${errorMessage(error)}\n`);
    return false;
  }
}
