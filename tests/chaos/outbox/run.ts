// A run: approved messages flow in, workers send them, and Postgres, workers and the webhook are killed or frozen at moments drawn at
// random. Then it is quiet until everything has ended, and the auditor looks.
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { audit } from './auditor.ts';
import type { History, Ledger, OptOut, Verdict } from './auditor.ts';
import { CLUB, makeApproved, makeClub, numberOf } from './members.ts';
import { FAULTS, startProvider } from './provider.ts';
import type { Provider } from './provider.ts';
import { CREDENTIALS, PACE } from './settings.ts';
import type { ProcessSettings } from './settings.ts';
import { startKillablePostgres, Victim } from './victims.ts';
import type { KillablePostgres } from './victims.ts';

const KINDS = ['postgres', 'worker', 'freeze', 'webhook'] as const;
type Kind = (typeof KINDS)[number];

export interface RunOptions {
  seed: number;
  kills: number;
  /** Members approved before each kill. */
  perKill?: number;
  say?: (line: string) => void;
}

export interface RunReport {
  kills: Record<Kind, number>;
  messages: number;
  byStatus: Record<string, number>;
  attempts: number;
  uncertainAttempts: number;
  optOuts: number;
  verdict: Verdict;
}

/** A query that waits for Postgres to be back. */
async function patiently<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: 5, onnotice: () => undefined });
    try {
      return await work(sql);
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(100);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function readLedger(url: string, provider: Provider): Promise<Ledger & { histories: History[] }> {
  const { approved, histories, optOuts } = await patiently(url, async (sql) => ({
    approved: await sql<{ id: string | null; draft: string }[]>`
      select message.message_id as id, draft.draft_id as draft
      from campaigns.drafts as draft
      left join outbox.messages as message using (club_id, draft_id)
      where draft.version > 0`,
    histories: await sql<History[]>`
      select message.message_id as "messageId", message.purpose, substring(message.phone from 2) as number, message.status,
        message.status_reason as reason,
        exists (
          select from campaigns.contacts as contact
          where contact.club_id = message.club_id and contact.draft_id = message.draft_id
        ) as "isCounted",
        coalesce((
          select json_agg(json_build_object('attempt', attempt.attempt, 'outcome', attempt.outcome) order by attempt.attempt)
          from outbox.attempts as attempt
          where attempt.club_id = message.club_id and attempt.message_id = message.message_id
        ), '[]') as attempts
      from outbox.messages as message`,
    optOuts: await sql<{ number: string; at: Date }[]>`
      select substring(phone from 2) as number, suppressed_at as at from campaigns.suppressions where cause = 'stop_word'`,
  }));
  return {
    approved: approved.map(({ id, draft }) => id ?? `draft ${draft}`),
    sends: await provider.sends(),
    histories: [...histories],
    optOuts: optOuts.map(({ number, at }): OptOut => ({ number, at: at.getTime() })),
    callMayTakeMs: 2 * PACE.callTimeoutMs + PACE.beginWithinMs,
  };
}

class Run {
  readonly #options: RunOptions;
  readonly #postgres: KillablePostgres;
  readonly #provider: Provider;
  readonly #workers: Victim[];
  readonly #webhook: Victim;
  readonly #random: ReturnType<typeof xoroshiro128plus>;
  readonly #kills: Record<Kind, number> = { postgres: 0, worker: 0, freeze: 0, webhook: 0 };
  #members = 0;

  constructor(options: RunOptions, server: KillablePostgres, provider: Provider, settings: ProcessSettings) {
    this.#options = options;
    this.#postgres = server;
    this.#provider = provider;
    this.#workers = [new Victim('worker', settings), new Victim('worker', settings)];
    this.#webhook = new Victim('webhook', settings);
    this.#random = xoroshiro128plus(options.seed);
  }

  #draw(from: number, until: number): number {
    return uniformInt(this.#random, from, until);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#draw(0, from.length - 1)]!;
  }

  start(): void {
    for (const worker of this.#workers) worker.start();
    this.#webhook.start();
  }

  /** What the schedules do: understands what is stored, queues what is approved, and lets waiting messages come due. */
  async #tick(): Promise<void> {
    await patiently(this.#postgres.ownerUrl, async (sql) => {
      await sql`select outbox.process_events(1000, now())`;
      await sql`select outbox.enqueue_approved(${CLUB}, now())`;
      // Nobody waits half a minute for the second try.
      await sql`update outbox.queue set run_at = now() where run_at > now() and token is null`;
    });
  }

  async #moreMessages(): Promise<void> {
    const from = this.#members + 1;
    this.#members += this.#options.perKill ?? 12;
    await patiently(this.#postgres.ownerUrl, async (sql) => {
      // What an earlier try got through before Postgres went away is there already.
      const [known] = await sql<{ members: number }[]>`select count(*)::int as members from crm.clients`;
      if (known!.members < this.#members)
        await sql.begin((tx) => makeApproved(tx as unknown as Sql, from, this.#members));
    });
  }

  async #disturbProvider(): Promise<void> {
    const weighted = FAULTS.flatMap((fault) => Array<typeof fault>(fault.weight).fill(fault));
    for (let count = 0; count < 3; count += 1) {
      const { kind, options } = this.#pick(weighted);
      await this.#provider.fault(kind, options);
    }
    if (this.#draw(0, 2) === 0) await this.#provider.reply(numberOf(this.#draw(1, this.#members)), 'STOP');
  }

  async #strike(kind: Kind): Promise<void> {
    this.#kills[kind] += 1;
    const worker = this.#pick(this.#workers);
    if (kind === 'postgres') this.#postgres.kill();
    else if (kind === 'worker') worker.kill();
    else if (kind === 'webhook') this.#webhook.kill();
    else {
      worker.freeze();
      await sleep(PACE.leaseSeconds * 1000 + 500);
      worker.thaw();
    }
  }

  async disturb(): Promise<void> {
    const { kills, say = () => undefined } = this.#options;
    for (let kill = 1; kill <= kills; kill += 1) {
      await this.#moreMessages();
      await this.#disturbProvider();
      await this.#tick();
      await sleep(this.#draw(50, 900));
      // Each kind comes in turn, so that a short run has all of them.
      await this.#strike(KINDS[(kill - 1) % KINDS.length]!);
      await this.#provider.deliver();
      if (kill % 10 === 0) say(`${kill} of ${kills} kills, ${this.#members} members`);
    }
  }

  /** Until every message has ended, with nothing going wrong any more. */
  async settle(): Promise<void> {
    await this.#provider.clearFaults();
    const deadline = Date.now() + 120_000;
    for (;;) {
      await this.#tick();
      await this.#provider.deliver();
      const left = await patiently(this.#postgres.ownerUrl, async (sql) => {
        const [row] = await sql<{ left: number }[]>`
          select (select count(*) from outbox.queue)::int + (select count(*) from outbox.webhook_events where processed_at is null)::int as left`;
        return row!.left;
      });
      if (left === 0) return;
      if (Date.now() > deadline) return; // the auditor says what has not ended
      await sleep(200);
    }
  }

  async report(): Promise<RunReport> {
    const ledger = await readLedger(this.#postgres.ownerUrl, this.#provider);
    const attempts = ledger.histories.flatMap((history) => history.attempts);
    const count = (statuses: string[]) =>
      Object.fromEntries(
        [...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]),
      );
    return {
      kills: this.#kills,
      messages: ledger.histories.length,
      byStatus: count(ledger.histories.map(({ status }) => status)),
      attempts: attempts.length,
      uncertainAttempts: attempts.filter(({ outcome }) => outcome === 'uncertain').length,
      optOuts: ledger.optOuts.length,
      verdict: audit(ledger),
    };
  }

  async end(): Promise<void> {
    await Promise.all([...this.#workers, this.#webhook].map((victim) => victim.end()));
  }
}

/** `change`: SQL run before the start, with which a test breaks the product on purpose. */
export async function runOutbox(
  options: RunOptions,
  change?: (sql: Sql) => Promise<unknown>,
): Promise<RunReport> {
  const server = await startKillablePostgres();
  const provider = await startProvider();
  const run = new Run(options, server, provider, {
    databaseUrl: server.adminUrl,
    keys: server.keys,
    providerUrl: provider.url,
    webhookPort: provider.webhookPort,
    credentials: CREDENTIALS,
  });
  try {
    await patiently(server.ownerUrl, makeClub);
    if (change) await patiently(server.ownerUrl, change);
    run.start();
    await run.disturb();
    await run.settle();
    return await run.report();
  } finally {
    await run.end();
    await provider.close();
    await server.stop();
  }
}
