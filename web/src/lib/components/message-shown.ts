import type { Message } from '#lib/server/db/messages.ts';

/** A message of the history, with its phone as people write it. */
export type MessageShown = Message & { phoneText: string };
