// A WhatsApp stand-in on an empty database, with a clock that a test turns and a receiver that remembers its calls.
import { DatabaseSync } from 'node:sqlite';
import { WebhookQueue } from '../../../../stack/sandbox/delivery/webhook-queue.ts';
import { createFaults } from '../../../../stack/sandbox/faults.ts';
import { createWhatsApp } from '../../../../stack/sandbox/whatsapp/service.ts';
import type { Answer } from '../answer.ts';
import { reactivationTemplates } from './reactivation-templates.ts';

export const eva = '420777123456';
export const credentials = {
  token: 'token',
  phoneNumberId: '1065',
  businessAccountId: '2065',
  appSecret: 'app-secret',
  verifyToken: 'verify-token',
};

export interface ReceivedCall {
  body: string;
  signature: string;
}

export function createClub(db = new DatabaseSync(':memory:')) {
  let time = Date.parse('2026-11-20T10:00:00Z');
  const now = () => new Date(time);
  const calls: ReceivedCall[] = [];
  let answer = () => new Response('ok');
  const receive: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (init?.method !== 'POST') {
      const isRight =
        url.pathname === '/webhook' && url.searchParams.get('hub.verify_token') === credentials.verifyToken;
      return isRight
        ? new Response(url.searchParams.get('hub.challenge'))
        : new Response('no', { status: 403 });
    }
    calls.push({
      body: String(init.body),
      signature: new Headers(init.headers).get('x-hub-signature-256') ?? '',
    });
    return answer();
  };
  const faults = createFaults(db);
  const queue = new WebhookQueue({ db, now });
  const whatsapp = createWhatsApp({
    db,
    now,
    queue,
    faults,
    credentials,
    approvedTemplates: reactivationTemplates,
    fetch: receive,
    findMember: (number) => (number === eva ? { clientId: 7, name: 'Eva Nováková' } : undefined),
  });
  whatsapp.webhook.configure('https://product.example/webhook');

  return {
    ...whatsapp,
    queue,
    calls,
    pass: (milliseconds: number) => void (time += milliseconds),
    answerWith: (status: number) => void (answer = () => new Response('', { status })),
    fault: (kind: string, options: Record<string, unknown> = {}, times = 1) =>
      void faults.add('whatsapp', kind, times, options),
    /** Posts a message as it stands. */
    async post(body: unknown, path = '/v26.0/1065/messages', token = credentials.token) {
      const response = await whatsapp.graph.request(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    },
    async get(path: string) {
      const headers = { authorization: `Bearer ${credentials.token}` };
      const response = await whatsapp.graph.request(`http://sandbox${path}`, { headers });
      return { status: response.status, body: (await response.json()) as Answer };
    },
    async control(method: string, path: string, body?: unknown) {
      const response = await whatsapp.control.request(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as Answer;
    },
    /** Everything the receiver got, as the values of the changes. */
    changes: () =>
      calls.flatMap((call) =>
        (JSON.parse(call.body) as { entry: { changes: { field: string; value: Answer }[] }[] }).entry.flatMap(
          (entry) => entry.changes,
        ),
      ),
    statuses(): string[] {
      return this.changes().flatMap(({ value }) =>
        (value.statuses ?? []).map((status: { status: string }) => status.status),
      );
    },
  };
}

export type Club = ReturnType<typeof createClub>;

const text = (name: string, value: string) => ({ type: 'text', parameter_name: name, text: value });

/** A send of the reactivation template; `values` replaces single parameters, undefined leaves one out. */
export function reactivation(
  values: Record<string, string | undefined> = {},
  language = 'cs',
  to = `+${eva}`,
) {
  const all = { first_name: 'Eva', message: 'Dlouho jsme se neviděli.', club: 'Vltava Fit', ...values };
  const parameters = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [text(name, value)],
  );
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    biz_opaque_callback_data: 'outbox-1',
    template: {
      name: 'reactivation_v1',
      language: { code: language },
      components: [
        { type: 'body', parameters },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: 'optout:1' }],
        },
      ],
    },
  };
}

export const freeText = (body: string) => ({
  messaging_product: 'whatsapp',
  to: eva,
  type: 'text',
  text: { body },
});
