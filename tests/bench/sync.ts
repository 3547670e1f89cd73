// How a big club is synced: the first sync through the real function, the minute's tick, and four clubs at once. The whole of it
// takes about half an hour at the platform's pace; `--clients 1000 --visits 20000 --minutes 1` gives a first impression.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startTestStack } from '../stack.ts';
import { missedAims, whole } from './sync/bench.ts';
import { firstSync } from './sync/first-sync.ts';
import { fourClubs } from './sync/four-clubs.ts';
import { Platform } from './sync/platform.ts';
import { quietTick, ticksBesideRebuild } from './sync/ticks.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    clients: { type: 'string', default: '10000' },
    visits: { type: 'string', default: '500000' },
    minutes: { type: 'string', default: '2.5' },
    seed: { type: 'string', default: '1' },
  },
});
const size = { clients: Number(values.clients), visits: Number(values.visits), seed: Number(values.seed) };

const stack = await startTestStack({ isEmpty: true, hasDashboard: false });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stack.stop().then(() => process.exit(1)));
}
try {
  const platform = new Platform(stack.urls.sandbox);
  const totals = await platform.load(size);
  const bench = { stack, platform, size, durationMs: Number(values.minutes) * 60_000 };
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}`);
  console.log(
    `${whole(totals.clients)} clients with ${whole(totals.records)} bookings (${whole(size.visits)} visits), ` +
      `${whole(totals.transactions)} payments, ${whole(totals.goods)} sales, ${whole(totals.memberships)} cards`,
  );
  await firstSync(bench, totals);
  await quietTick(bench);
  await ticksBesideRebuild(bench);
  await fourClubs(bench);
  console.log(missedAims() === 0 ? '\nall aims met' : `\n${missedAims()} aims missed`);
} finally {
  await stack.stop();
}
