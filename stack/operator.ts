import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { databaseUrl } from './database-url.ts';
import { withConnection } from './embedded/database.ts';
import { StackProblem } from './embedded/problem.ts';

const USAGE =
  'npm run operator -- add <email> --club <id> --role owner|operator|moderator|analyst [--home DIR]';

const requestShape = z.object({
  email: z.email('The e-mail address is not one.'),
  club: z.coerce.number('--club takes the id of a club.').int().positive(),
  role: z.enum(
    ['owner', 'operator', 'moderator', 'analyst'],
    '--role is owner, operator, moderator or analyst.',
  ),
});

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { club: { type: 'string' }, role: { type: 'string' }, home: { type: 'string' } },
  });
  const [action, email] = positionals;
  const request = requestShape.safeParse({ email, club: values.club, role: values.role });
  if (action !== 'add' || !request.success) {
    const causes = request.success ? [] : request.error.issues.map((issue) => issue.message);
    throw new StackProblem([...causes, `Usage: ${USAGE}`].join(' '));
  }

  const { club, role } = request.data;
  const password = randomBytes(12).toString('base64url');
  await withConnection(databaseUrl(values.home), async (sql) => {
    const address = request.data.email.toLowerCase();
    const [known] = await sql`select from auth.users where email = ${address}`;
    await sql`select core.add_operator(${club}, ${address}, ${password}, ${role}, now())`;
    console.log(`${address} is now ${role} of club ${club}.`);
    console.log(known ? 'They keep their password.' : `Password, shown only here: ${password}`);
  });
}

try {
  await main();
} catch (error) {
  // What a person can mend is one sentence: ours, or the database's own about the club, the role or the address.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
