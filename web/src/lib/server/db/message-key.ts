import { z } from 'zod';
import { instant } from './column.ts';

/** Where a page of the history begins: after this row. Every digit of the instant counts. */
export interface MessageKey {
  queuedAt: string;
  messageId: string;
}

const SEPARATOR = '~';
const shape = z.tuple([instant.pipe(z.iso.datetime({ offset: true })), z.uuid()]);

export function messageKey(queuedAt: string, messageId: string): string {
  return `${queuedAt}${SEPARATOR}${messageId}`;
}

/** Null for anything that is not a key: the address bar is open to everybody. */
export function parseMessageKey(text: string | null): MessageKey | null {
  const parsed = shape.safeParse(text?.split(SEPARATOR));
  return parsed.success ? { queuedAt: parsed.data[0], messageId: parsed.data[1] } : null;
}
