// The body of POST /{phone number id}/messages: its shape, and the error Meta gives for each way of getting it wrong.
import { z } from 'zod';
import { GraphError } from './graph-error.ts';

const textParameter = z.strictObject({
  type: z.literal('text'),
  parameter_name: z.string().optional(),
  text: z.string(),
});

const buttonParameter = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('payload'), payload: z.string().min(1).max(128) }),
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
]);

const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), parameters: z.array(textParameter) }),
  z.strictObject({ type: z.literal('body'), parameters: z.array(textParameter) }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.enum(['quick_reply', 'url']),
    index: z.union([z.string().regex(/^\d$/), z.int().min(0).max(9)]),
    parameters: z.array(buttonParameter).length(1),
  }),
]);

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  context: z.strictObject({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().optional(),
};

const textRequest = z.strictObject({
  ...common,
  type: z.literal('text'),
  text: z.strictObject({ body: z.string(), preview_url: z.boolean().optional() }),
});

const templateRequest = z.strictObject({
  ...common,
  type: z.literal('template'),
  template: z.strictObject({
    name: z.string().min(1),
    language: z.strictObject({ code: z.string().min(1), policy: z.literal('deterministic').optional() }),
    components: z.array(component).default([]),
  }),
});

const sendRequest = z.discriminatedUnion('type', [textRequest, templateRequest]);

export type TextParameter = z.infer<typeof textParameter>;
export type SendComponent = z.infer<typeof component>;
export type SendRequest = z.infer<typeof sendRequest>;

const otherTypes = [
  'audio',
  'contacts',
  'document',
  'image',
  'interactive',
  'location',
  'reaction',
  'sticker',
  'video',
];

const missing = (name: string) =>
  new GraphError(100, undefined, { message: `(#100) The parameter ${name} is required.` });

function toGraphError(error: z.ZodError): GraphError {
  const issue = error.issues[0];
  const path = issue?.path.join('.') || 'body';
  if (issue?.code === 'unrecognized_keys') {
    const where = issue.path.length > 0 ? ` on param "${path}"` : '';
    return new GraphError(100, `Unexpected key "${issue.keys[0]}"${where}.`, {
      message: '(#100) Invalid parameter',
    });
  }
  if (issue?.code === 'invalid_type' && issue.message.includes('undefined')) {
    return new GraphError(131008, `Required parameter is missing: ${path}`);
  }
  return new GraphError(131009, `Parameter value is not valid: ${path}: ${issue?.message ?? ''}`);
}

/** Checks in Meta's order: the product, the recipient, the type, then the rest. */
export function parseSendRequest(input: unknown): SendRequest {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new GraphError(100, 'The request body must be a JSON object', {
      message: '(#100) Invalid parameter',
    });
  }
  const body: Record<string, unknown> = { type: 'text', ...input };
  if (body.messaging_product === undefined) throw missing('messaging_product');
  if (body.messaging_product !== 'whatsapp') {
    throw new GraphError(100, undefined, {
      message: `(#100) Param messaging_product must be one of {WHATSAPP} - got "${String(body.messaging_product)}".`,
    });
  }
  if (body.to === undefined && body.recipient === undefined) throw missing('to');
  if (typeof body.type !== 'string' || otherTypes.includes(body.type)) {
    throw new GraphError(131051, 'Message type is not currently supported.');
  }
  const parsed = sendRequest.safeParse(body);
  if (!parsed.success) throw toGraphError(parsed.error);
  const request = parsed.data;
  if (request.type === 'text' && [...request.text.body].length > 4096) {
    throw new GraphError(100, undefined, {
      message: "(#100) Param text['body'] must be at most 4096 characters long.",
    });
  }
  if (request.type === 'text' && request.text.body === '') {
    throw new GraphError(131008, 'Required parameter is missing: text.body');
  }
  if ((request.biz_opaque_callback_data?.length ?? 0) > 512) {
    throw new GraphError(100, undefined, {
      message: '(#100) Param biz_opaque_callback_data must be at most 512 characters long.',
    });
  }
  return request;
}
