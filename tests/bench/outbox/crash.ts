// `npm run bench -- outbox --crash [--kills 100] [--seed N]`: the long run of tests/chaos/outbox.test.ts. Ends with 1 when the auditor
// finds anything.
import { parseArgs } from 'node:util';
import { runOutbox } from '../../chaos/outbox/run.ts';

export async function runCrash(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      crash: { type: 'boolean' },
      kills: { type: 'string', default: '100' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  console.log(`Killing Postgres, workers and the webhook ${kills} times, seed ${seed}; Ctrl-C stops it.`);
  const report = await runOutbox({ seed, kills, say: (line) => console.log(line) });
  const { verdict } = report;
  console.log(
    `kills ${JSON.stringify(report.kills)}; messages ${report.messages} ${JSON.stringify(report.byStatus)}; ` +
      `attempts ${report.attempts}, of which nobody knew at first ${report.uncertainAttempts}; opt-outs ${report.optOuts}`,
  );
  const counts = Object.entries(verdict).map(
    ([kind, found]: [string, string[]]) => `${kind} ${found.length}`,
  );
  console.log(counts.join(', '));
  const found = Object.entries(verdict).filter(([, ids]: [string, string[]]) => ids.length > 0);
  if (found.length === 0) return;
  console.error(JSON.stringify(Object.fromEntries(found), null, 2));
  process.exitCode = 1;
}
