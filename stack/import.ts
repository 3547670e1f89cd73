import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ImportFiles } from '../shared/csv-import/check-import.ts';
import { FILE_KINDS } from '../shared/csv-import/columns.ts';
import type { CsvFile } from '../shared/csv-import/csv-table.ts';
import { databaseUrl } from './database-url.ts';
import { withConnection } from './embedded/database.ts';
import { errorMessage, StackProblem } from './embedded/problem.ts';
import { applyFiles, checkFiles, ImportRefusedError } from './import/import-files.ts';
import { countLines, problemLines } from './import/report.ts';

const USAGE =
  'npm run import -- --club <id> [--clients FILE] [--visits FILE] [--payments FILE] [--consents FILE] [--check] [--home DIR]';

const requestShape = z
  .object({
    club: z.coerce.number('--club takes the id of a club.').int().positive(),
    clients: z.string().optional(),
    visits: z.string().optional(),
    payments: z.string().optional(),
    consents: z.string().optional(),
  })
  .refine((given) => FILE_KINDS.some((kind) => given[kind] !== undefined), 'There is no file to import.');

function readCsv(given: string): CsvFile {
  // npm runs every script in the repository; INIT_CWD is where the person stands.
  const path = resolve(process.env.INIT_CWD ?? '.', given);
  try {
    return { name: basename(path), content: readFileSync(path) };
  } catch (error) {
    throw new StackProblem(`${path} cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      club: { type: 'string' },
      clients: { type: 'string' },
      visits: { type: 'string' },
      payments: { type: 'string' },
      consents: { type: 'string' },
      check: { type: 'boolean', default: false },
      home: { type: 'string' },
    },
  });
  const given = requestShape.safeParse(values);
  if (!given.success) {
    const causes = given.error.issues.map((issue) => issue.message);
    throw new StackProblem([...causes, `Usage: ${USAGE}`].join(' '));
  }
  const files: ImportFiles = {};
  for (const kind of FILE_KINDS) {
    const path = given.data[kind];
    if (path !== undefined) files[kind] = readCsv(path);
  }

  const request = { clubId: given.data.club, files, now: new Date() };
  await withConnection(databaseUrl(values.home), async (sql) => {
    const checked = await checkFiles(sql, request);
    for (const line of problemLines(checked.warnings)) console.warn(`Warning: ${line}`);
    if (values.check) {
      console.log('The files can be imported; nothing was changed.');
      return;
    }
    for (const line of countLines(await applyFiles(sql, checked, request))) console.log(line);
  });
}

try {
  await main();
} catch (error) {
  if (error instanceof ImportRefusedError)
    for (const line of problemLines(error.problems)) console.error(line);
  // What a person can mend is one sentence: ours, or the database's own about the club.
  console.error(errorMessage(error));
  process.exitCode = 1;
}
