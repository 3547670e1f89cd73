// A message handed to us by the outbox, and what WhatsApp is to be told of it.
import { z } from 'zod';

const button = z.looseObject({ type: z.string() });
const component = z.looseObject({ type: z.string(), buttons: z.array(button).optional() });

const anyMessage = z.looseObject({
  club_id: z.number(),
  message_id: z.uuid(),
  purpose: z.enum(['campaign', 'answer', 'confirmation']),
  token: z.uuid(),
  attempt: z.number().int().positive(),
  /** Attempts since it was last queued. */
  tries: z.number().int().positive(),
  phone: z.string(),
});

const templateMessage = anyMessage.extend({
  form: z.literal('template'),
  template_name: z.string(),
  template_language: z.string(),
  /** The words of the version that was approved, by parameter. */
  parameters: z.record(z.string(), z.string()),
  /** Of the template, as Meta shows it. */
  components: z.array(component),
});

/** An answer to a member who wrote to us within 24 hours. */
const freeTextMessage = anyMessage.extend({
  form: z.literal('free_text'),
  /** The version that was approved, byte for byte. */
  body: z.string().min(1),
});

export const claimedMessage = z.discriminatedUnion('form', [templateMessage, freeTextMessage]);
export type ClaimedMessage = z.infer<typeof claimedMessage>;
type TemplateMessage = z.infer<typeof templateMessage>;

/** What a tap on the opt-out button sends back to us. */
export const optOutPayload = (messageId: string) => `optout:${messageId}`;

/** Place of the first quick reply among all buttons of the template; undefined when it has none. */
function quickReplyIndex({ components }: TemplateMessage): number | undefined {
  const buttons = components.find((part) => part.type === 'BUTTONS')?.buttons ?? [];
  const index = buttons.findIndex(({ type }) => type === 'QUICK_REPLY');
  return index < 0 ? undefined : index;
}

/** A template has named parameters or numbered ones, never both; numbered ones go in their order, without a name. */
function bodyParameters({ parameters }: TemplateMessage) {
  const given = Object.entries(parameters);
  if (given.every(([name]) => /^[1-9]\d*$/.test(name))) {
    return given
      .toSorted(([one], [other]) => Number(one) - Number(other))
      .map(([, text]) => ({ type: 'text', text }));
  }
  return given.map(([parameter_name, text]) => ({ type: 'text', parameter_name, text }));
}

function toTemplate(message: TemplateMessage) {
  const parameters = bodyParameters(message);
  const index = quickReplyIndex(message);
  const components = [
    ...(parameters.length > 0 ? [{ type: 'body', parameters }] : []),
    ...(index === undefined
      ? []
      : [
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: String(index),
            parameters: [{ type: 'payload', payload: optOutPayload(message.message_id) }],
          },
        ]),
  ];
  return {
    name: message.template_name,
    language: { code: message.template_language },
    ...(components.length > 0 ? { components } : {}),
  };
}

/** The body of POST /{phone number id}/messages. Our id travels with it and comes back in every status. */
export function toRequest(message: ClaimedMessage) {
  const content =
    message.form === 'template'
      ? { type: 'template', template: toTemplate(message) }
      : // A preview would show the member what a link leads to before anybody here saw it.
        { type: 'text', text: { preview_url: false, body: message.body } };
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: message.phone.replace(/^\+/, ''),
    biz_opaque_callback_data: message.message_id,
    ...content,
  };
}
