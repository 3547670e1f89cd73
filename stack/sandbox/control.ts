// Control of the sandbox as a whole. For tests and the page: never reachable from outside the machine.
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { WebhookQueue } from './delivery/webhook-queue.ts';
import { GraphError } from './whatsapp/graph-error.ts';
import { MemberActionError } from './whatsapp/member-actions.ts';
import type { WhatsAppSandbox } from './whatsapp/service.ts';
import { HandshakeError } from './whatsapp/webhook.ts';

export interface ControlDeps {
  clock: Clock;
  queue: WebhookQueue;
  whatsapp: WhatsAppSandbox;
  telegram: { control: Hono };
  claude: { control: Hono };
}

const webhooksBody = z.strictObject({ whatsapp: z.strictObject({ url: z.url() }).nullable() });
const clockBody = z.union([
  z.strictObject({ offset_seconds: z.int() }),
  z.strictObject({ advance_seconds: z.int() }),
]);

function toAnswer(error: Error): { status: ContentfulStatusCode; message: string } {
  if (error instanceof HTTPException)
    return { status: error.status as ContentfulStatusCode, message: error.message };
  if (error instanceof z.ZodError) return { status: 400, message: z.prettifyError(error) };
  if (error instanceof SyntaxError) return { status: 400, message: `The body is not JSON: ${error.message}` };
  if (error instanceof HandshakeError) return { status: 400, message: error.message };
  if (error instanceof MemberActionError) return { status: 404, message: error.message };
  if (error instanceof GraphError) return { status: 400, message: error.details ?? error.message };
  console.error('[sandbox] control failed.', error);
  return { status: 500, message: error.message };
}

export function createControl({ clock, queue, whatsapp, telegram, claude }: ControlDeps): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    const { status, message } = toAnswer(error);
    return c.json({ error: message }, status);
  });
  // A page of another origin, open in the same browser, has no business here.
  app.use('*', async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && URL.parse(origin)?.host !== new URL(c.req.url).host) {
      throw new HTTPException(403, { message: `The sandbox takes no orders from ${origin}.` });
    }
    await next();
  });

  const webhooks = () => ({
    whatsapp: { url: whatsapp.webhook.url(), is_verified: whatsapp.webhook.isVerified() },
    calls: queue.summary(),
  });
  app.get('/webhooks', (c) => c.json(webhooks()));
  app.post('/webhooks', async (c) => {
    const body = webhooksBody.parse(await c.req.json());
    if (body.whatsapp) await whatsapp.webhook.subscribe(body.whatsapp.url);
    else whatsapp.webhook.remove();
    return c.json(webhooks());
  });

  const time = () => ({ now: clock.now().toISOString(), offset_seconds: clock.offsetSeconds() });
  app.get('/clock', (c) => c.json(time()));
  app.post('/clock', async (c) => {
    const body = clockBody.parse(await c.req.json());
    clock.setOffsetSeconds(
      'offset_seconds' in body ? body.offset_seconds : clock.offsetSeconds() + body.advance_seconds,
    );
    queue.wake();
    return c.json(time());
  });

  app.route('/whatsapp', whatsapp.control);
  app.route('/telegram', telegram.control);
  app.route('/claude', claude.control);
  return app;
}
