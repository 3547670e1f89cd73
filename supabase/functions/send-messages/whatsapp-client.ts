// Sending one message. Never retried here: WhatsApp knows no idempotency key.
import { z } from 'zod';
import type { Graph } from '../_shared/graph.ts';
import { toRequest } from './claimed-message.ts';
import type { ClaimedMessage } from './claimed-message.ts';

const accepted = z.looseObject({
  messages: z
    .tuple([z.looseObject({ id: z.string().min(1), message_status: z.string().optional() })])
    .rest(z.unknown()),
});

/** Taken, and not let out yet: a young portfolio's messages are looked at first. They may still fail, and are never sent again. */
const HELD = ['held_for_quality_assessment', 'paused'];

/** WhatsApp took the message. That is not yet "sent": a young portfolio's messages are held for a while. */
export interface Acceptance {
  wamid: string;
  delivery: 'accepted' | 'held';
}

export interface WhatsAppClient {
  send(message: ClaimedMessage): Promise<Acceptance>;
}

export function createWhatsAppClient(graph: Graph, phoneNumberId: string): WhatsAppClient {
  return {
    async send(message) {
      const { messages } = await graph.post(`${phoneNumberId}/messages`, toRequest(message), accepted);
      const [{ id, message_status: status }] = messages;
      return { wamid: id, delivery: status !== undefined && HELD.includes(status) ? 'held' : 'accepted' };
    },
  };
}
