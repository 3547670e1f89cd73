// The queue itself, without the question who may be written to: what pg-boss and graphile-worker do too.
import type { Sql } from 'postgres';
import { NOW } from '../club/size.ts';
import { now } from './clock.ts';
import { BATCH } from './contender.ts';
import type { Contender } from './contender.ts';
import { Workers } from './workers.ts';
import type { Turn } from './workers.ts';

interface Taken {
  club_id: string;
  message_id: string;
  token: string;
}

const TAKE = {
  name: 'take_due',
  text: 'select club_id, message_id, token from outbox.take_due($1, 60, $2::bigint[], $2::bigint[], $3)',
};
const ACK = { name: 'ack', text: 'select outbox.ack($1::bigint[], $2::uuid[], $3::uuid[]) as acked' };

/** Whatever is not in the queue goes to its end. */
export async function fillQueue(admin: Sql, waiting: number): Promise<void> {
  await admin`
    insert into outbox.queue (club_id, message_id, run_at)
    select
      message.club_id,
      message.message_id,
      coalesce((select max(queued.run_at) from outbox.queue as queued), ${NOW}::timestamptz - interval '1 hour')
        + row_number() over (order by message.client_id) * interval '10 microseconds'
    from outbox.messages as message
    where not exists (
      select from outbox.queue as queued
      where queued.club_id = message.club_id and queued.message_id = message.message_id
    )
    limit greatest(${waiting} - (select count(*) from outbox.queue), 0)`;
  await admin`vacuum (analyze) outbox.queue`;
}

export async function outboxQueue(url: string, admin: Sql, clubIds: number[]): Promise<Contender> {
  const workers = await Workers.connect(url);
  const turn: Turn = async (client, batch) => {
    const { rows } = await client.query<Taken>({ ...TAKE, values: [batch, clubIds, now()] });
    const columns = [
      rows.map(({ club_id }) => club_id),
      rows.map(({ message_id }) => message_id),
      rows.map(({ token }) => token),
    ];
    if (rows.length > 0) await client.query({ ...ACK, values: columns });
    return rows.length;
  };
  return {
    name: 'outbox, the queue itself',
    inside: `outbox.take_due and outbox.ack of ${BATCH} messages a call, fenced by a token each; no checks, no history`,
    jobsInRound: 20_000,
    table: 'outbox.queue',
    fill: (waiting) => fillQueue(admin, waiting),
    drain: (jobs, limitMs) => workers.drain(turn, jobs, limitMs),
    close: () => workers.close(),
  };
}
