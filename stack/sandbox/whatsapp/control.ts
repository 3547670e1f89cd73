// Control of the WhatsApp stand-in: what tests ask it, and what the page's phones do.
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../database.ts';
import { createFaultControl } from '../faults.ts';
import { profileName } from './context.ts';
import type { WhatsAppContext } from './context.ts';
import { isKnownErrorCode } from './graph-error.ts';
import { isWindowOpen, tiers } from './limits.ts';
import type { Tier } from './limits.ts';
import type { MemberActions } from './member-actions.ts';
import { isOnPhone, isUnread } from './message-store.ts';
import type { StoredMessage } from './message-store.ts';
import { normaliseNumber } from './phone-store.ts';
import { templateStatusValue } from './webhook-payloads.ts';

const forNumber = {
  number: z
    .string()
    .transform((value) => normaliseNumber(value))
    .optional(),
};
const errorCode = z.int().refine(isKnownErrorCode, 'is not a code of Meta’s error reference');
const milliseconds = z.int().min(0).max(600_000);
const serverError = z.int().min(500).max(599);

const faultOptions: Record<string, z.ZodType> = {
  error: z.strictObject({ ...forNumber, code: errorCode }),
  http_error: z.strictObject({ ...forNumber, status: serverError.default(502) }),
  slow: z.strictObject({ ...forNumber, ms: milliseconds }),
  accept_then_slow: z.strictObject({ ...forNumber, ms: milliseconds }),
  accept_then_error: z.strictObject({ ...forNumber, status: serverError.default(502) }),
  held: z.strictObject({
    ...forNumber,
    seconds: z.number().min(0).default(5),
    fails: z.boolean().default(false),
  }),
  fail_later: z.strictObject({ ...forNumber, code: errorCode }),
  silent: z.strictObject(forNumber),
  early_status: z.strictObject(forNumber),
  reverse: z.strictObject(forNumber),
  skip_delivered: z.strictObject(forNumber),
  duplicate: z.strictObject({}),
  batch: z.strictObject({ seconds: z.number().positive().default(2) }),
};

const replyBody = z.strictObject({ text: z.string().min(1).max(4096), context_id: z.string().nullish() });
const tapBody = z.strictObject({ payload: z.string(), message_id: z.string().optional() });
const phoneBody = z.strictObject({
  is_on_whatsapp: z.boolean().optional(),
  is_number_hidden: z.boolean().optional(),
});
const tierBody = z.strictObject({ tier: z.enum(Object.keys(tiers) as [Tier, ...Tier[]]) });
const templateBody = z.strictObject({
  status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED']),
  reason: z.string().default('NONE'),
});

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

/** The status a message has by now: its future is already planned, but not yet true. */
function statusOf(message: StoredMessage, now: number): string {
  const reached = (time: number | null) => time !== null && time <= now;
  if (message.direction === 'in') return 'received';
  if (reached(message.readAt)) return 'read';
  if (reached(message.deliveredAt)) return 'delivered';
  if (reached(message.failedAt)) return 'failed';
  return reached(message.sentAt) ? 'sent' : 'accepted';
}

const describeMessage = (message: StoredMessage, now: Date) => ({
  id: message.id,
  number: message.number,
  direction: message.direction,
  kind: message.kind,
  template: message.templateName,
  language: message.language,
  header: message.header,
  body: message.body,
  footer: message.footer,
  buttons: message.buttons,
  callback_data: message.callbackData,
  context_id: message.contextId,
  at: iso(message.createdAt),
  status: statusOf(message, now.getTime()),
  is_on_phone: isOnPhone(message, now),
  error_code: message.failedCode,
});

function describePhone(context: WhatsAppContext, number: string, thread: StoredMessage[]) {
  const phone = context.phones.get(number);
  const now = context.now();
  return {
    number,
    name: profileName(context, number),
    client_id: context.findMember(number)?.clientId ?? null,
    user_id: phone.userId,
    is_on_whatsapp: phone.isOnWhatsApp,
    is_number_hidden: phone.isNumberHidden,
    has_stopped_marketing: phone.hasStoppedMarketing,
    is_window_open: isWindowOpen(phone, now),
    unread: thread.filter((message) => isUnread(message, now)).length,
    messages: thread.map((message) => describeMessage(message, now)),
  };
}

function describePhones(context: WhatsAppContext) {
  const threads = Map.groupBy(context.messages.all(), (message) => message.number);
  const numbers = new Set([...threads.keys(), ...context.phones.all().map((phone) => phone.number)]);
  return [...numbers]
    .map((number) => describePhone(context, number, threads.get(number) ?? []))
    .sort((a, b) => (b.messages.at(-1)?.at ?? '').localeCompare(a.messages.at(-1)?.at ?? ''));
}

function addPhoneRoutes(app: Hono, context: WhatsAppContext, actions: MemberActions): void {
  const thread = (number: string) => describePhone(context, number, context.messages.thread(number));
  app.get('/phones', (c) => c.json({ phones: describePhones(context) }));
  app.get('/phones/:number', (c) => c.json(thread(normaliseNumber(c.req.param('number')))));
  app.patch('/phones/:number', async (c) => {
    const number = normaliseNumber(c.req.param('number'));
    const body = phoneBody.parse(await c.req.json());
    if (body.is_on_whatsapp !== undefined) context.phones.setOnWhatsApp(number, body.is_on_whatsapp);
    if (body.is_number_hidden !== undefined) context.phones.setNumberHidden(number, body.is_number_hidden);
    return c.json(thread(number));
  });
  app.post('/phones/:number/read', (c) =>
    c.json({ read: actions.read(normaliseNumber(c.req.param('number'))) }),
  );
  app.post('/phones/:number/reply', async (c) => {
    const body = replyBody.parse(await c.req.json());
    const message = actions.reply(normaliseNumber(c.req.param('number')), body.text, body.context_id ?? null);
    return c.json({ id: message.id }, 201);
  });
  app.post('/phones/:number/tap', async (c) => {
    const body = tapBody.parse(await c.req.json());
    const message = actions.tap(normaliseNumber(c.req.param('number')), body.payload, body.message_id);
    return c.json({ id: message.id }, 201);
  });
  for (const value of ['stop', 'resume'] as const) {
    app.post(`/phones/:number/${value}`, (c) => {
      actions[value](normaliseNumber(c.req.param('number')));
      return c.json({ marketing: value });
    });
  }
}

export function createWhatsAppControl(
  context: WhatsAppContext,
  actions: MemberActions,
  tier: { get: () => Tier; set: (tier: Tier) => void },
): Hono {
  const app = new Hono();
  app.route('/', createFaultControl(context.faults, 'whatsapp', faultOptions));
  app.get('/sends', (c) => {
    const now = context.now();
    const sends = context.messages.sends();
    return c.json({
      sends: sends.map((message) => ({ ...describeMessage(message, now), request: message.request })),
    });
  });
  addPhoneRoutes(app, context, actions);
  app.get('/limit', (c) => c.json({ tier: tier.get() }));
  app.put('/limit', async (c) => {
    tier.set(tierBody.parse(await c.req.json()).tier);
    return c.json({ tier: tier.get() });
  });
  app.get('/templates', (c) => c.json({ templates: context.templates.all() }));
  app.put('/templates/:name/:language', async (c) => {
    const { status, reason } = templateBody.parse(await c.req.json());
    const { name, language } = c.req.param();
    const template = inTransaction(context.db, () => {
      const changed = context.templates.setStatus(name, language, status, reason);
      if (changed) {
        context.webhook.notify(
          'message_template_status_update',
          templateStatusValue(changed, status, reason),
          context.now(),
        );
      }
      return changed;
    });
    if (!template) return c.json({ error: `There is no template ${name} in ${language}.` }, 404);
    return c.json({ template });
  });
  return app;
}
