import type { StuckMessage } from '#lib/message.ts';

/** A message that is stuck, with its phone as people write it. */
export type StuckShown = StuckMessage & { phoneText: string };
