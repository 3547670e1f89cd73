// Jobs a second of the outbox and of two well-known queues: one server, durable commits, four connections, the same numbers waiting.
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { whole } from '../club/report.ts';
import { startServer } from '../club/server.ts';
import type { Server } from '../club/server.ts';
import { wallMs } from '../club/timing.ts';
import { BATCH, CONNECTIONS } from './contender.ts';
import type { Contender } from './contender.ts';
import { graphileWorkers } from './graphile-worker.ts';
import { makeClubs, makeMessages } from './messages.ts';
import { measurePinned } from './old-snapshot.ts';
import { outboxQueue } from './outbox-queue.ts';
import { outboxWhole } from './outbox-whole.ts';
import { pgBoss } from './pg-boss.ts';
import { aims, compare, tell, tellRate, title } from './report.ts';
import { measureRounds } from './rounds.ts';

const FEW = 10_000;
const AIMS = { pgBoss: 1.5, graphileWorker: 1, manyBesideFew: 0.9 };

interface Options {
  waiting: number;
  rounds: number;
  isKept: boolean;
  hasSnapshot: boolean;
}

function optionsOf(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      waiting: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '7' },
      keep: { type: 'boolean', default: false },
      'no-snapshot': { type: 'boolean', default: false },
    },
  });
  return {
    waiting: Number(values.waiting),
    rounds: Number(values.rounds),
    isKept: values.keep,
    hasSnapshot: !values['no-snapshot'],
  };
}

const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

/** `npm run bench -- outbox`: `--waiting 100000 --rounds 3` for a first impression, `--no-snapshot`, `--keep`. */
export async function runThroughput(args: string[]): Promise<void> {
  const options = optionsOf(args);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB; load ${load()}`,
  );
  console.log(
    `Postgres 17: durable commits, autovacuum on; ${CONNECTIONS} connections × ${BATCH} messages; the median of ${options.rounds - 1} rounds each, in turn.`,
  );
  const server = await startServer({
    name: 'outbox',
    clients: options.waiting,
    sharedBuffers: '1GB',
    runs: 1,
  });
  const end = () => endServer(server, options.isKept);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().then(() => process.exit(1)));
  }
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => undefined });
  const contenders: Contender[] = [];
  try {
    const clubIds = await makeClubs(admin);
    await makeMessages(admin, clubIds, 1, FEW);
    const queue = await outboxQueue(server.ownerUrl, admin, clubIds);
    const boss = await pgBoss(server.ownerUrl, admin);
    const [single, tuned] = await graphileWorkers(server.ownerUrl, admin);
    const whole = await outboxWhole(server.ownerUrl, admin);
    contenders.push(queue, boss, tuned!, single!, whole);
    await compareAll({ admin, clubIds, contenders, ...options });
    if (options.hasSnapshot)
      await measurePinned(server.ownerUrl, admin, [queue, boss, tuned!], options.waiting);
    const { met, missed } = aims();
    console.log(`\n${met} aims met, ${missed} missed; load at the end ${load()}`);
  } finally {
    await Promise.all(contenders.map((contender) => contender.close()));
    await admin.end({ timeout: 5 });
    await end();
  }
}

async function compareAll({
  admin,
  clubIds,
  contenders,
  waiting,
  rounds,
}: Options & { admin: Sql; clubIds: number[]; contenders: Contender[] }): Promise<void> {
  title('What is inside each figure');
  for (const { name, inside } of contenders) tell(name, inside);
  const few = await measureRounds(contenders, FEW, rounds);
  tellRates(`${whole(FEW)} waiting`, few);
  const seedMs = await wallMs(async () => {
    await makeMessages(admin, clubIds, FEW + 1, waiting);
    await admin`vacuum (analyze)`;
    for (const contender of contenders) await contender.fill(waiting);
    await admin`checkpoint`;
  });
  tell('filled', `${(seedMs / 1_000).toFixed(0)} s`);
  const many = await measureRounds(contenders, waiting, rounds);
  tellRates(`${whole(waiting)} waiting`, many);

  const [queue, boss, tuned, , sending] = contenders;
  title('Aims');
  const own = { what: queue!.name, rate: many.get(queue!)! };
  compare({ ...own, beside: boss!.name, besideRate: many.get(boss!)!, aim: AIMS.pgBoss });
  compare({ ...own, beside: tuned!.name, besideRate: many.get(tuned!)!, aim: AIMS.graphileWorker });
  for (const contender of [queue!, sending!]) {
    compare({
      what: `${contender.name}`,
      rate: many.get(contender)!,
      beside: `the same with ${whole(FEW)} waiting`,
      besideRate: few.get(contender)!,
      aim: AIMS.manyBesideFew,
    });
  }
}

function tellRates(words: string, rates: Map<Contender, number>): void {
  title(words);
  for (const [{ name }, value] of rates) tellRate(name, value);
}

async function endServer(server: Server, isKept: boolean): Promise<void> {
  await server.stop();
  if (isKept) console.log(`\nkept: npm run stack -- up --home ${server.home} --empty --no-cron`);
  else server.forget();
}
