// Values of `entry[].changes[]` as Meta's webhooks carry them.
import { toStatusError } from './graph-error.ts';
import type { StoredMessage } from './message-store.ts';
import type { Phone } from './phone-store.ts';
import type { Template } from './template-types.ts';

export interface Metadata {
  display_phone_number: string;
  phone_number_id: string;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'failed';

const unixSeconds = (at: Date) => Math.floor(at.getTime() / 1000);

const base = (metadata: Metadata) => ({ messaging_product: 'whatsapp', metadata });

/** A person who hides the number is known by the user id alone. */
const contact = (phone: Phone, name: string) => ({
  profile: { name },
  ...(phone.isNumberHidden ? {} : { wa_id: phone.number }),
  user_id: phone.userId,
});

const pricing = (message: StoredMessage) =>
  message.kind === 'template'
    ? {
        billable: true,
        pricing_model: 'PMP',
        type: 'regular',
        category: (message.category ?? 'MARKETING').toLowerCase(),
      }
    : { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' };

export function statusValue(
  metadata: Metadata,
  phone: Phone,
  message: StoredMessage,
  status: { status: DeliveryStatus; at: Date; isPriced: boolean; errorCode?: number },
) {
  return {
    ...base(metadata),
    statuses: [
      {
        id: message.id,
        status: status.status,
        timestamp: String(unixSeconds(status.at)),
        ...(phone.isNumberHidden ? {} : { recipient_id: phone.number }),
        recipient_user_id: phone.userId,
        ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
        ...(status.isPriced ? { pricing: pricing(message) } : {}),
        ...(status.errorCode === undefined ? {} : { errors: [toStatusError(status.errorCode)] }),
      },
    ],
  };
}

export function inboundValue(metadata: Metadata, phone: Phone, name: string, message: StoredMessage) {
  const content =
    message.kind === 'button'
      ? {
          type: 'button',
          button: { payload: message.buttons[0]?.payload ?? message.body, text: message.body },
        }
      : { type: 'text', text: { body: message.body } };
  return {
    ...base(metadata),
    contacts: [contact(phone, name)],
    messages: [
      {
        ...(phone.isNumberHidden ? {} : { from: phone.number }),
        from_user_id: phone.userId,
        id: message.id,
        timestamp: String(unixSeconds(new Date(message.createdAt))),
        ...content,
        ...(message.contextId === null
          ? {}
          : { context: { from: metadata.display_phone_number, id: message.contextId } }),
      },
    ],
  };
}

/** Here the timestamp is a number, not a string: so it is at Meta. */
export function preferenceValue(
  metadata: Metadata,
  phone: Phone,
  name: string,
  value: 'stop' | 'resume',
  at: Date,
) {
  return {
    ...base(metadata),
    contacts: [contact(phone, name)],
    user_preferences: [
      {
        ...(phone.isNumberHidden ? {} : { wa_id: phone.number }),
        user_id: phone.userId,
        detail:
          value === 'stop'
            ? 'User requested to stop marketing messages'
            : 'User requested to resume marketing messages',
        category: 'marketing_messages',
        value,
        timestamp: unixSeconds(at),
      },
    ],
  };
}

export const templateStatusValue = (template: Template, event: string, reason: string) => ({
  event,
  message_template_id: Number(template.id),
  message_template_name: template.name,
  message_template_language: template.language,
  message_template_category: template.category,
  reason,
});
