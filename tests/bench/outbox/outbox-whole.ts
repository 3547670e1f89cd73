// Claiming as production does it: every check again, contact and attempt written, a commit before each call and one after it.
import type { Client } from 'pg';
import type { Sql } from 'postgres';
import { now } from './clock.ts';
import { BATCH } from './contender.ts';
import type { Contender } from './contender.ts';
import { fillQueue } from './outbox-queue.ts';
import { Workers } from './workers.ts';
import type { Turn } from './workers.ts';

interface Claimed {
  club_id: number;
  message_id: string;
  token: string;
}

const CLAIM = { name: 'claim', text: 'select api.claim_messages($1, 60, $2) as claimed' };
const START = { name: 'start', text: 'select api.start_send($1, $2, $3, $4) as is_mine' };
const SETTLE = { name: 'settle', text: 'select api.settle_message($1, $2, $3, $4, $5) as status' };

async function send(client: Client, { club_id, message_id, token }: Claimed): Promise<void> {
  const started = await client.query<{ is_mine: boolean }>({
    ...START,
    values: [club_id, message_id, token, now()],
  });
  const report = { outcome: 'accepted', wamid: `wamid.${message_id}`, delivery: 'accepted' };
  const settled = await client.query<{ status: string }>({
    ...SETTLE,
    values: [club_id, message_id, token, report, now()],
  });
  if (!started.rows[0]!.is_mine || settled.rows[0]!.status !== 'sent') {
    throw new Error(`Message ${message_id} was to be sent, and is "${settled.rows[0]!.status}".`);
  }
}

/** As if nothing had been sent: the same messages wait again. */
async function forgetSent(admin: Sql): Promise<void> {
  await admin`truncate campaigns.contacts, campaigns.outreaches, outbox.attempts`;
  await admin`
    update outbox.messages
    set status = 'queued', wamid = null, delivery = null, accepted_at = null
    where status <> 'queued'`;
  await admin`vacuum (analyze) outbox.messages`;
}

export async function outboxWhole(url: string, admin: Sql): Promise<Contender> {
  const workers = await Workers.connect(url);
  const turn: Turn = async (client, batch) => {
    const { rows } = await client.query<{ claimed: Claimed[] }>({ ...CLAIM, values: [batch, now()] });
    const { claimed } = rows[0]!;
    for (const message of claimed) await send(client, message);
    return claimed.length;
  };
  return {
    name: 'outbox, as production runs it',
    inside:
      `api.claim_messages of ${BATCH} with every check of who may be written to, then api.start_send and api.settle_message ` +
      'of each, a commit each; without WhatsApp',
    jobsInRound: 2_000,
    table: 'outbox.queue',
    async fill(waiting) {
      await forgetSent(admin);
      await fillQueue(admin, waiting);
    },
    drain: (jobs, limitMs) => workers.drain(turn, jobs, limitMs),
    close: () => workers.close(),
  };
}
