import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { databaseUrl } from './database-url.ts';
import { withConnection } from './embedded/database.ts';
import { StackProblem } from './embedded/problem.ts';

const USAGE =
  'npm run operator -- add <email> --club <id> --role owner|operator|moderator|analyst [--home DIR], or remove <email> --club <id>';

const personShape = {
  email: z.email('The e-mail address is not one.').toLowerCase(),
  club: z.coerce.number('--club takes the id of a club.').int().positive(),
};
const requestShape = z.discriminatedUnion(
  'action',
  [
    z.object({
      ...personShape,
      action: z.literal('add'),
      role: z.enum(
        ['owner', 'operator', 'moderator', 'analyst'],
        '--role is owner, operator, moderator or analyst.',
      ),
    }),
    z.object({ ...personShape, action: z.literal('remove') }),
  ],
  'Say add or remove.',
);
type Request = z.infer<typeof requestShape>;

async function add(sql: Sql, { club, email, role }: Extract<Request, { action: 'add' }>): Promise<void> {
  const password = randomBytes(12).toString('base64url');
  const [known] = await sql`select from auth.users where email = ${email}`;
  await sql`select core.add_operator(${club}, ${email}, ${password}, ${role}, now())`;
  console.log(`${email} is now ${role} of club ${club}.`);
  console.log(known ? 'They keep their password.' : `Password, shown only here: ${password}`);
}

async function remove(sql: Sql, { club, email }: Request): Promise<void> {
  const removed = await sql`
    select core.deactivate_operator(club_id, user_id, 'system:operator', now())
    from core.operators where club_id = ${club} and email = ${email}`;
  if (removed.length === 0) throw new StackProblem(`${email} is not known to club ${club}.`);
  console.log(`${email} may do nothing in club ${club} any more, in the dashboard and in Telegram.`);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { club: { type: 'string' }, role: { type: 'string' }, home: { type: 'string' } },
  });
  const [action, email] = positionals;
  const request = requestShape.safeParse({ action, email, club: values.club, role: values.role });
  if (!request.success) {
    const causes = request.error.issues.map((issue) => issue.message);
    throw new StackProblem([...causes, `Usage: ${USAGE}`].join(' '));
  }

  const asked = request.data;
  await withConnection(databaseUrl(values.home), (sql) =>
    asked.action === 'add' ? add(sql, asked) : remove(sql, asked),
  );
}

try {
  await main();
} catch (error) {
  // What a person can mend is one sentence: ours, or the database's own about the club, the role or the address.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
