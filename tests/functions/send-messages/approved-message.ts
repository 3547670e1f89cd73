// One approved message to one member, and ways to send it.
import type { Database } from '../../../supabase/functions/_shared/database.ts';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import { createApp } from '../../../supabase/functions/send-messages/app.ts';
import { createWhatsAppClient } from '../../../supabase/functions/send-messages/whatsapp-client.ts';
import { addMember, approveMessage } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

const TIMEOUT_MS = 300;

export type ApprovedMessage = Awaited<ReturnType<typeof openApprovedMessage>>;

export async function openApprovedMessage() {
  const world = await openMessaging({ whatsappTimeoutMs: TIMEOUT_MS });
  await world.run('sync-templates', { mode: 'submit' });
  const member = await addMember(world);
  return {
    world,
    member,
    messageId: await approveMessage(world, member),
    /** What reached WhatsApp. */
    sends: async () => (await world.outside.control('GET', '/whatsapp/sends')).sends,
    send: async () => (await world.run('send-messages')).body,
    /** Time passes, and the mirror stays fresh. */
    async later(ms: number): Promise<void> {
      world.pass(ms);
      await world.sync();
    },
    /** The same function on another address of WhatsApp, or over another database. */
    sendWith(change: { apiUrl?: string; phoneNumberId?: string; database?: Database }) {
      const { access, log, now } = world;
      const apiUrl = change.apiUrl ?? `${world.outside.root}/whatsapp`;
      const graph = createGraph({ apiUrl, version: 'v26.0', token: WHATSAPP.token, timeoutMs: TIMEOUT_MS });
      const whatsapp = createWhatsAppClient(graph, change.phoneNumberId ?? WHATSAPP.phoneNumberId);
      const database = change.database ?? world.database;
      const wait = () => Promise.resolve();
      return world.callFunction(createApp({ access, log, now, database, whatsapp, wait }));
    },
  };
}
