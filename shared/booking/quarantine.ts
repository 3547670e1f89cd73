// Reading a page row by row: one that cannot be read is set aside with its reason, and never stops the others.
import { z } from 'zod';
import type { QuarantinedRow } from './rows.ts';

/** The row is the platform's, but not one that can be kept; the message says why. */
export class UnreadableRowError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableRowError';
  }
}

export interface ReadRows<Row> {
  rows: Row[];
  quarantined: QuarantinedRow[];
}

/** Reads each row with `read`, which answers null for a row that is none of ours, and throws when it cannot be read. */
export async function readRows<Row>(
  given: readonly unknown[],
  read: (raw: unknown) => Row | null,
): Promise<ReadRows<Row>> {
  const rows: Row[] = [];
  const quarantined: QuarantinedRow[] = [];
  for (const raw of given) {
    try {
      const row = read(raw);
      if (row !== null) rows.push(row);
    } catch (error) {
      const reason = reasonOf(error);
      // A row that is nothing at all is kept as an empty one: the column of the raw row is never null.
      quarantined.push({ external_id: await idOf(raw), reason, raw: raw ?? {} });
    }
  }
  return { rows, quarantined };
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableRowError) return error.message;
  if (!(error instanceof z.ZodError)) throw error;
  return error.issues.map(({ path, message }) => `${path.join('.') || 'the row'}: ${message}`).join('; ');
}

/** The row's own id, else one that the same row always gets. */
async function idOf(raw: unknown): Promise<string> {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
  if ((typeof id === 'number' && id > 0) || (typeof id === 'string' && /[^0\s]/.test(id))) return String(id);
  const bytes = new TextEncoder().encode(JSON.stringify(raw) ?? 'undefined');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
