// The members' phones: what WhatsApp knows about each number. Any valid number is on WhatsApp unless told otherwise.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { GraphError } from './graph-error.ts';

export interface Phone {
  /** Digits without a plus, as WhatsApp writes a wa_id. */
  number: string;
  userId: string;
  isOnWhatsApp: boolean;
  /** The user has a username and hides the number: webhooks then carry only the user id. */
  isNumberHidden: boolean;
  hasStoppedMarketing: boolean;
  lastInboundAt: number | null;
  burstStartedAt: number;
  burstCount: number;
}

const schema = `create table if not exists wa_phones (
  number text primary key,
  user_id text not null unique,
  is_on_whatsapp integer not null default 1,
  is_number_hidden integer not null default 0,
  has_stopped_marketing integer not null default 0,
  last_inbound_at integer,
  burst_started_at integer not null default 0,
  burst_count integer not null default 0
) strict`;

interface PhoneRow {
  number: string;
  user_id: string;
  is_on_whatsapp: number;
  is_number_hidden: number;
  has_stopped_marketing: number;
  last_inbound_at: number | null;
  burst_started_at: number;
  burst_count: number;
}

const toPhone = (row: PhoneRow): Phone => ({
  number: row.number,
  userId: row.user_id,
  isOnWhatsApp: row.is_on_whatsapp === 1,
  isNumberHidden: row.is_number_hidden === 1,
  hasStoppedMarketing: row.has_stopped_marketing === 1,
  lastInboundAt: row.last_inbound_at,
  burstStartedAt: row.burst_started_at,
  burstCount: row.burst_count,
});

/** Digits of a number in any usual spelling, with country code. Throws the error Meta gives for anything else. */
export function normaliseNumber(input: string): string {
  const parsed = parsePhoneNumberFromString(`+${input.replace(/[^\d]/g, '')}`);
  if (!/^\+?[\d\s().-]+$/.test(input) || !parsed?.isPossible()) {
    throw new GraphError(
      131009,
      `Parameter value is not valid: "${input}" is not a phone number with country code`,
    );
  }
  return parsed.number.slice(1);
}

/** Business-scoped user id: two letters of the country, a dot and digits that stay the same for a number. */
function userIdOf(number: string): string {
  const country = parsePhoneNumberFromString(`+${number}`)?.country ?? 'ZZ';
  const digits = BigInt(`0x${createHash('sha256').update(number).digest('hex').slice(0, 15)}`);
  return `${country}.${digits.toString().padStart(18, '0')}`;
}

export function createPhoneStore(db: DatabaseSync) {
  db.exec(schema);
  const select = db.prepare('select * from wa_phones where number = ?');
  const insert = db.prepare(
    'insert into wa_phones (number, user_id, is_on_whatsapp) values (?, ?, ?) on conflict do nothing',
  );

  function get(number: string): Phone {
    const known = select.get(number);
    if (known) return toPhone(known as unknown as PhoneRow);
    const isValid = parsePhoneNumberFromString(`+${number}`)?.isValid() ?? false;
    insert.run(number, userIdOf(number), isValid ? 1 : 0);
    return toPhone(select.get(number) as unknown as PhoneRow);
  }
  const set = (number: string, column: string, value: number) => {
    get(number);
    db.prepare(`update wa_phones set ${column} = ? where number = ?`).run(value, number);
  };

  return {
    get,
    all: (): Phone[] => (db.prepare('select * from wa_phones').all() as unknown as PhoneRow[]).map(toPhone),
    findByUserId(userId: string): Phone | undefined {
      const row = db.prepare('select * from wa_phones where user_id = ?').get(userId);
      return row ? toPhone(row as unknown as PhoneRow) : undefined;
    },
    setOnWhatsApp: (number: string, value: boolean) => set(number, 'is_on_whatsapp', value ? 1 : 0),
    setNumberHidden: (number: string, value: boolean) => set(number, 'is_number_hidden', value ? 1 : 0),
    setStoppedMarketing: (number: string, value: boolean) =>
      set(number, 'has_stopped_marketing', value ? 1 : 0),
    noteInbound: (number: string, at: Date) => set(number, 'last_inbound_at', at.getTime()),
    setBurst(number: string, startedAt: number, count: number) {
      db.prepare('update wa_phones set burst_started_at = ?, burst_count = ? where number = ?').run(
        startedAt,
        count,
        number,
      );
    },
  };
}

export type PhoneStore = ReturnType<typeof createPhoneStore>;
