import { callFunction } from './call.ts';
import { withConnection } from './database.ts';
import { StackProblem } from './problem.ts';
import type { RunningStack } from './supervisor.ts';

const DEMO_CLUB = 1;

/** Makes a new demo stack worth looking at: templates approved, the whole booking history in, today's messages planned. */
export async function firstRun(stack: RunningStack, say: (line: string) => void): Promise<void> {
  if (await hasPlanned(stack)) return;
  say('submitting the starter templates to WhatsApp');
  await callOrExplain(stack, 'sync-templates', { mode: 'submit' });
  say("first sync: three years of visits, about a minute at the platform's 200 requests a minute");
  await callOrExplain(stack, 'crm-sync', { mode: 'full' }, (_answer, round) =>
    say(`first sync: step ${round}`),
  );
  // Meta has read the templates by now: their approval is what planning waits for.
  await callOrExplain(stack, 'sync-templates', {});
  say('planning who needs a message today');
  await withConnection(stack.urls.database, async (sql) => {
    await sql`select campaigns.tick(now())`;
    // The lines of the last months; the schedule fills the years before.
    await sql`select metrics.tick(${DEMO_CLUB}, now()), metrics.backfill(${DEMO_CLUB}, now())`;
  });
}

async function callOrExplain(
  stack: RunningStack,
  name: string,
  body: unknown,
  progress?: (answer: unknown, round: number) => void,
): Promise<void> {
  const target = { functionsUrl: stack.urls.functions, cronKey: stack.keys.cronKey };
  const { status, body: answer } = await callFunction(target, name, body, progress);
  if (status < 400) return;
  throw new StackProblem(
    `${name} failed (${status}): ${JSON.stringify(answer)}. The log in ${stack.home.log} says more; then start again.`,
  );
}

/** Planned once, everything goes on by the schedules; a first run that was cut short is done again. */
async function hasPlanned(stack: RunningStack): Promise<boolean> {
  return withConnection(stack.urls.database, async (sql) => {
    const [row] = await sql<{ is_there: boolean }[]>`
      select exists (select from campaigns.plan_runs where club_id = ${DEMO_CLUB} and hold is null) as is_there
    `;
    return row!.is_there;
  });
}
