// A member, and Meta, who signs what it tells us.
import { createHmac } from 'node:crypto';
import { addMember } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

export const sign = (body: string | Uint8Array, secret = WHATSAPP.appSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A call of Meta's with one change. */
export const change = (value: object, field = 'messages') =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '2065', changes: [{ field, value }] }],
  });

export type MetaCalls = Awaited<ReturnType<typeof openMetaCalls>>;

export async function openMetaCalls() {
  const world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
  // Meta's word that it approved the templates.
  await world.deliver();
  await world.sql`delete from outbox.webhook_events`;
  const app = world.functions['whatsapp-webhook'];
  return {
    world,
    member: await addMember(world),
    post: (body: string | Uint8Array<ArrayBuffer>, signature: string | null = sign(body)) =>
      app.request('/whatsapp-webhook', {
        method: 'POST',
        headers: signature === null ? {} : { 'x-hub-signature-256': signature },
        body,
      }),
    get: (query: Record<string, string>) => app.request(`/whatsapp-webhook?${new URLSearchParams(query)}`),
    events: () => world.sql`select * from outbox.webhook_events order by event_id`,
    /** Now, as Meta writes it. */
    seconds: () => String(Math.floor(world.now().getTime() / 1000)),
  };
}
