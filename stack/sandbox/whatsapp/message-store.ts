// Every message that passed, both ways. The outbound rows are the independent witness of what was really sent: a row is
// written when a send is accepted, and never changed but for its status times.
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { RenderedButton } from './template-rendering.ts';

export interface StoredMessage {
  id: string;
  number: string;
  direction: 'in' | 'out';
  kind: 'text' | 'template' | 'button';
  header: string | null;
  body: string;
  footer: string | null;
  buttons: RenderedButton[];
  templateName: string | null;
  language: string | null;
  category: string | null;
  callbackData: string | null;
  contextId: string | null;
  /** The JSON that was posted, for outbound messages. */
  request: unknown;
  /** True for a template that opened a conversation outside the service window: these count against the portfolio's limit. */
  countsAgainstLimit: boolean;
  createdAt: number;
  sentAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  failedAt: number | null;
  failedCode: number | null;
}

const schema = `create table if not exists wa_messages (
  seq integer primary key autoincrement,
  id text not null unique,
  number text not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  header text,
  body text not null,
  footer text,
  buttons text not null,
  template_name text,
  language text,
  category text,
  callback_data text,
  context_id text,
  request text not null,
  counts_against_limit integer not null,
  created_at integer not null,
  sent_at integer,
  delivered_at integer,
  read_at integer,
  failed_at integer,
  failed_code integer
) strict;
create index if not exists wa_messages_number on wa_messages (number, seq);
create index if not exists wa_messages_created on wa_messages (direction, created_at)`;

interface MessageRow {
  id: string;
  number: string;
  direction: StoredMessage['direction'];
  kind: StoredMessage['kind'];
  header: string | null;
  body: string;
  footer: string | null;
  buttons: string;
  template_name: string | null;
  language: string | null;
  category: string | null;
  callback_data: string | null;
  context_id: string | null;
  request: string;
  counts_against_limit: number;
  created_at: number;
  sent_at: number | null;
  delivered_at: number | null;
  read_at: number | null;
  failed_at: number | null;
  failed_code: number | null;
}

const toMessage = (row: MessageRow): StoredMessage => ({
  id: row.id,
  number: row.number,
  direction: row.direction,
  kind: row.kind,
  header: row.header,
  body: row.body,
  footer: row.footer,
  buttons: JSON.parse(row.buttons) as RenderedButton[],
  templateName: row.template_name,
  language: row.language,
  category: row.category,
  callbackData: row.callback_data,
  contextId: row.context_id,
  request: JSON.parse(row.request) as unknown,
  countsAgainstLimit: row.counts_against_limit === 1,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  deliveredAt: row.delivered_at,
  readAt: row.read_at,
  failedAt: row.failed_at,
  failedCode: row.failed_code,
});

/** A message is on the member's phone once delivered; one that no `delivered` status is planned for, at once. */
export const isOnPhone = (message: StoredMessage, at: Date): boolean =>
  message.direction === 'in' ||
  (message.failedAt === null && (message.deliveredAt === null || message.deliveredAt <= at.getTime()));

export const isUnread = (message: StoredMessage, at: Date): boolean =>
  message.direction === 'out' && message.readAt === null && isOnPhone(message, at);

/** A wamid looks like Meta's: base64 of the number, a direction byte and a random part. */
export function createMessageId(number: string, direction: 'in' | 'out'): string {
  const head = Buffer.from([0x1c, 0x18, number.length]);
  const tail = Buffer.from([0x15, 0x02, 0x00, direction === 'out' ? 0x11 : 0x12, 0x18, 0x12]);
  const random = Buffer.from(randomBytes(9).toString('hex').toUpperCase());
  return `wamid.${Buffer.concat([head, Buffer.from(number), tail, random, Buffer.from([0])]).toString('base64')}`;
}

export function createMessageStore(db: DatabaseSync) {
  db.exec(schema);
  const rows = (sql: string, ...values: (string | number)[]) =>
    (db.prepare(sql).all(...values) as unknown as MessageRow[]).map(toMessage);
  const count = (sql: string, ...values: number[]) =>
    (db.prepare(sql).get(...values) as { count: number }).count;

  return {
    insert(message: StoredMessage): void {
      const row = {
        id: message.id,
        number: message.number,
        direction: message.direction,
        kind: message.kind,
        header: message.header,
        body: message.body,
        footer: message.footer,
        buttons: JSON.stringify(message.buttons),
        template_name: message.templateName,
        language: message.language,
        category: message.category,
        callback_data: message.callbackData,
        context_id: message.contextId,
        request: JSON.stringify(message.request),
        counts_against_limit: message.countsAgainstLimit ? 1 : 0,
        created_at: message.createdAt,
        sent_at: message.sentAt,
        delivered_at: message.deliveredAt,
        read_at: message.readAt,
        failed_at: message.failedAt,
        failed_code: message.failedCode,
      };
      const columns = Object.keys(row);
      db.prepare(
        `insert into wa_messages (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      ).run(...Object.values(row));
    },
    find: (id: string): StoredMessage | undefined => rows('select * from wa_messages where id = ?', id)[0],
    all: () => rows('select * from wa_messages order by seq'),
    sends: () => rows(`select * from wa_messages where direction = 'out' order by seq`),
    thread: (number: string) => rows('select * from wa_messages where number = ? order by seq', number),
    markRead: (id: string, at: Date) =>
      void db.prepare('update wa_messages set read_at = ? where id = ?').run(at.getTime(), id),
    sendsSince: (time: number) =>
      count(`select count(*) as count from wa_messages where direction = 'out' and created_at > ?`, time),
    peopleReachedSince: (time: number) =>
      count(
        `select count(distinct number) as count from wa_messages
         where direction = 'out' and counts_against_limit = 1 and created_at > ?`,
        time,
      ),
    wasReachedSince: (number: string, time: number) =>
      rows(
        'select * from wa_messages where number = ? and counts_against_limit = 1 and created_at > ? limit 1',
        number,
        time,
      ).length > 0,
  };
}

export type MessageStore = ReturnType<typeof createMessageStore>;
