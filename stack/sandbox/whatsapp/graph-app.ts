// The Graph API as far as a business number needs it: messages, templates, the number's limit, the app's subscription.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { inTransaction } from '../database.ts';
import type { WhatsAppContext } from './context.ts';
import { GraphError, unknownObject } from './graph-error.ts';
import type { Tier } from './limits.ts';
import { parseSendRequest } from './send-request.ts';
import { acceptMessage } from './sending.ts';
import { listTemplates } from './template-listing.ts';
import { parseNewTemplate } from './template-rules.ts';
import { templateStatusValue } from './webhook-payloads.ts';

/** Versions alive in November 2026. */
const versions = ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'];

const traceId = () => `A${randomBytes(16).toString('base64url')}`;

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const error = new GraphError(100, 'The request body is not valid JSON', {
      message: '(#100) Invalid parameter',
    });
    error.cause = cause;
    throw error;
  }
}

/** Answers a fault with what a proxy in front of the API would say: no JSON, nothing to go by. */
const brokenGateway = (c: Context, status: number) =>
  c.html(
    '<!DOCTYPE html><html><title>Error</title><p>Sorry, something went wrong.</p></html>',
    status as ContentfulStatusCode,
  );

async function answerSend(c: Context, context: WhatsAppContext, tier: () => Tier): Promise<Response> {
  const body = await readJson(c);
  const to = String((body as { to?: unknown } | null)?.to ?? '').replace(/\D/g, '');
  const take = (kind: string) =>
    context.faults.take('whatsapp', kind, (options) => options.number === undefined || options.number === to);

  const slow = take('slow');
  if (slow) await sleep(Number(slow.options.ms));
  const broken = take('http_error');
  if (broken) return brokenGateway(c, Number(broken.options.status));
  const refusal = take('error');
  if (refusal) throw new GraphError(Number(refusal.options.code), 'Asked for by a sandbox fault.');

  const request = parseSendRequest(body);
  const answer = acceptMessage(context, request, tier());
  // From here the message is on its way, whatever the caller gets to see.
  const late = take('accept_then_slow');
  if (late) await sleep(Number(late.options.ms));
  const lost = take('accept_then_error');
  if (lost) return brokenGateway(c, Number(lost.options.status));
  return c.json(answer);
}

function createTemplate(context: WhatsAppContext, input: unknown) {
  const definition = parseNewTemplate(input);
  const approveAt = new Date(context.now().getTime() + context.delays.templateReviewMs);
  return inTransaction(context.db, () => {
    const template = context.templates.add(definition, 'PENDING', approveAt);
    context.webhook.notify(
      'message_template_status_update',
      templateStatusValue(template, 'APPROVED', 'NONE'),
      approveAt,
    );
    return { id: template.id, status: 'PENDING', category: template.category };
  });
}

function phoneFields(context: WhatsAppContext, tier: Tier): Record<string, unknown> {
  return {
    display_phone_number: `+${context.metadata.display_phone_number}`,
    verified_name: 'Vltava Fit',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: tier,
  };
}

/** `tier` is read at every send: a test may change it. */
export function createGraphApp(context: WhatsAppContext, tier: () => Tier): Hono {
  const { credentials } = context;
  const app = new Hono();

  app.onError((error, c) => {
    const graphError = error instanceof GraphError ? error : new GraphError(131000, 'Something went wrong.');
    if (graphError !== error) console.error('whatsapp sandbox:', error);
    return c.json(graphError.toBody(traceId()), graphError.status as ContentfulStatusCode);
  });

  app.use('/:version/*', async (c, next) => {
    if (!versions.includes(c.req.param('version'))) {
      throw new GraphError(2500, undefined, {
        message: `Unknown path components: /${c.req.param('version')}`,
      });
    }
    if (c.req.header('authorization') !== `Bearer ${credentials.token}`) {
      throw new GraphError(190, undefined, {
        message: 'Invalid OAuth access token - Cannot parse access token',
      });
    }
    await next();
  });

  const own = (expected: string, method: 'get' | 'post', id: string) => {
    if (id !== expected) throw unknownObject(method, id);
  };

  app.post('/:version/:id/messages', async (c) => {
    own(credentials.phoneNumberId, 'post', c.req.param('id'));
    return answerSend(c, context, tier);
  });
  app.get('/:version/:id/message_templates', (c) => {
    own(credentials.businessAccountId, 'get', c.req.param('id'));
    return c.json(listTemplates(context.templates.all(), new URL(c.req.url)));
  });
  app.post('/:version/:id/message_templates', async (c) => {
    own(credentials.businessAccountId, 'post', c.req.param('id'));
    return c.json(createTemplate(context, await readJson(c)));
  });
  app.post('/:version/:id/subscribed_apps', (c) => {
    own(credentials.businessAccountId, 'post', c.req.param('id'));
    return c.json({ success: true });
  });
  app.get('/:version/:id', (c) => {
    own(credentials.phoneNumberId, 'get', c.req.param('id'));
    const known = phoneFields(context, tier());
    const fields = (c.req.query('fields') ?? 'verified_name,display_phone_number,quality_rating').split(',');
    const unknown = fields.find((field) => field !== 'id' && !(field in known));
    if (unknown !== undefined) {
      throw new GraphError(100, undefined, {
        message: `(#100) Tried accessing nonexisting field (${unknown})`,
      });
    }
    const picked = fields.filter((field) => field !== 'id').map((field) => [field, known[field]]);
    return c.json({ ...Object.fromEntries(picked), id: credentials.phoneNumberId });
  });
  app.all('/*', (c) => {
    const method = c.req.method === 'GET' ? 'get' : 'post';
    throw unknownObject(method, new URL(c.req.url).pathname.split('/').at(-1) ?? '');
  });
  return app;
}
