// Accepting a message: the checks in Meta's order, the durable record, and the statuses that will follow.
import { inTransaction } from '../database.ts';
import type { Faults } from '../faults.ts';
import { GraphError } from './graph-error.ts';
import { checkPairRate, checkPortfolioLimit, checkThroughput, isWindowOpen } from './limits.ts';
import type { Tier } from './limits.ts';
import { createMessageId } from './message-store.ts';
import type { StoredMessage } from './message-store.ts';
import { normaliseNumber } from './phone-store.ts';
import type { Phone } from './phone-store.ts';
import type { SendRequest } from './send-request.ts';
import { renderTemplate } from './template-rendering.ts';
import type { RenderedMessage } from './template-rendering.ts';
import type { Template } from './template-types.ts';
import { statusValue } from './webhook-payloads.ts';
import type { DeliveryStatus } from './webhook-payloads.ts';
import type { WhatsAppContext } from './context.ts';

type MessageStatus = 'accepted' | 'held_for_quality_assessment';

export interface SendAnswer {
  messaging_product: 'whatsapp';
  contacts: { input: string; wa_id?: string; user_id?: string }[];
  messages: { id: string; message_status?: MessageStatus }[];
}

function findRecipient(context: WhatsAppContext, request: SendRequest): Phone {
  if (request.to !== undefined) return context.phones.get(normaliseNumber(request.to));
  const phone = context.phones.findByUserId(request.recipient ?? '');
  if (!phone)
    throw new GraphError(131009, `Parameter value is not valid: no user has the id "${request.recipient}"`);
  return phone;
}

function findTemplate(context: WhatsAppContext, name: string, language: string): Template {
  const template = context.templates.find(name, language);
  if (template?.status === 'PAUSED')
    throw new GraphError(132015, `template (${name}) in ${language} is paused for low quality`);
  if (template?.status === 'DISABLED')
    throw new GraphError(132016, `template (${name}) in ${language} is disabled for low quality`);
  if (template?.status !== 'APPROVED') {
    const reason = template ? `is ${template.status}, not approved, in` : 'does not exist in';
    throw new GraphError(132001, `template name (${name}) ${reason} ${language}`);
  }
  return template;
}

interface Content extends RenderedMessage {
  template: Template | null;
}

function renderContent(context: WhatsAppContext, request: SendRequest): Content {
  if (request.type === 'text') {
    return { template: null, header: null, body: request.text.body, footer: null, buttons: [] };
  }
  const template = findTemplate(context, request.template.name, request.template.language.code);
  return { template, ...renderTemplate(template, request.template.components) };
}

function checkMayReceive(phone: Phone, content: Content, windowIsOpen: boolean): void {
  if (!phone.isOnWhatsApp) throw new GraphError(131026, 'Message Undeliverable.');
  if (!content.template && !windowIsOpen) {
    throw new GraphError(
      131047,
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    );
  }
  if (content.template?.category === 'MARKETING' && phone.hasStoppedMarketing) {
    throw new GraphError(
      131050,
      'The recipient has stopped receiving marketing messages from this business on WhatsApp.',
    );
  }
}

interface StatusPlan {
  messageStatus: MessageStatus;
  steps: { status: DeliveryStatus; afterMs: number; errorCode?: number }[];
}

/** What will become of the message, unless a fault says otherwise: sent, then delivered. */
function planStatuses(context: WhatsAppContext, number: string): StatusPlan {
  const { sentMs, deliveredMs } = context.delays;
  const fits = (options: Record<string, unknown>) =>
    options.number === undefined || options.number === number;
  const take = (kind: Parameters<Faults['take']>[1]) => context.faults.take('whatsapp', kind, fits);
  const held = take('held');
  const holdMs = held ? Number(held.options.seconds) * 1000 : 0;
  const messageStatus: MessageStatus = held ? 'held_for_quality_assessment' : 'accepted';
  if (held?.options.fails === true) {
    return { messageStatus, steps: [{ status: 'failed', afterMs: holdMs, errorCode: 135000 }] };
  }
  if (take('silent')) return { messageStatus, steps: [] };
  const failure = take('fail_later');
  if (failure) {
    return {
      messageStatus,
      steps: [{ status: 'failed', afterMs: holdMs + sentMs, errorCode: Number(failure.options.code) }],
    };
  }
  const isEarly = take('early_status') !== null;
  const isReversed = take('reverse') !== null;
  const sentAfter = isEarly ? 0 : holdMs + sentMs;
  const deliveredAfter = isEarly ? 0 : holdMs + deliveredMs;
  const sent = { status: 'sent' as const, afterMs: isReversed ? deliveredAfter : sentAfter };
  const delivered = { status: 'delivered' as const, afterMs: isReversed ? sentAfter : deliveredAfter };
  return {
    messageStatus,
    steps: take('skip_delivered') ? [sent] : isReversed ? [delivered, sent] : [sent, delivered],
  };
}

function toMessage(
  request: SendRequest,
  phone: Phone,
  content: Content,
  at: Date,
  countsAgainstLimit: boolean,
): StoredMessage {
  return {
    id: createMessageId(phone.number, 'out'),
    number: phone.number,
    direction: 'out',
    kind: request.type,
    header: content.header,
    body: content.body,
    footer: content.footer,
    buttons: content.buttons,
    templateName: content.template?.name ?? null,
    language: content.template?.language ?? null,
    category: content.template?.category ?? null,
    callbackData: request.biz_opaque_callback_data ?? null,
    contextId: request.context?.message_id ?? null,
    request,
    countsAgainstLimit,
    createdAt: at.getTime(),
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    failedCode: null,
  };
}

function recordWithStatuses(
  context: WhatsAppContext,
  phone: Phone,
  message: StoredMessage,
  plan: StatusPlan,
): void {
  for (const step of plan.steps) {
    const at = message.createdAt + step.afterMs;
    if (step.status === 'sent') message.sentAt = at;
    if (step.status === 'delivered') message.deliveredAt = at;
    if (step.status === 'failed') [message.failedAt, message.failedCode] = [at, step.errorCode ?? null];
    const isPriced = step.status !== 'failed';
    const status = { status: step.status, at: new Date(at), isPriced, errorCode: step.errorCode };
    context.webhook.notify('messages', statusValue(context.metadata, phone, message, status), new Date(at));
  }
  context.messages.insert(message);
}

/** All or nothing: the message, its place in the limits and its future webhooks are one transaction. */
export function acceptMessage(context: WhatsAppContext, request: SendRequest, tier: Tier): SendAnswer {
  const at = context.now();
  return inTransaction(context.db, () => {
    const phone = findRecipient(context, request);
    if (phone.number === context.metadata.display_phone_number)
      throw new GraphError(131021, 'Recipient cannot be sender');
    const content = renderContent(context, request);
    const windowIsOpen = isWindowOpen(phone, at);
    checkMayReceive(phone, content, windowIsOpen);
    checkThroughput(context.messages, at);
    const countsAgainstLimit = content.template !== null && !windowIsOpen;
    if (countsAgainstLimit) checkPortfolioLimit(context.messages, phone.number, tier, at);
    checkPairRate(context.phones, phone, at);

    const message = toMessage(request, phone, content, at, countsAgainstLimit);
    const plan = planStatuses(context, phone.number);
    recordWithStatuses(context, phone, message, plan);
    const contact = request.to === undefined ? {} : { wa_id: phone.number };
    return {
      messaging_product: 'whatsapp',
      contacts: [{ input: request.to ?? request.recipient ?? '', ...contact, user_id: phone.userId }],
      messages: [{ id: message.id, ...(content.template ? { message_status: plan.messageStatus } : {}) }],
    };
  });
}
