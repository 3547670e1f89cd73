import { describe, expect, it } from 'vitest';
import { claimedMessage, toRequest } from '../../../supabase/functions/send-messages/claimed-message.ts';

const MESSAGE = '0b7f2c1e-5d2a-4f3b-9c61-6a2b8f0d1e11';
const claimed = (more: object) =>
  claimedMessage.parse({
    club_id: 1,
    message_id: MESSAGE,
    purpose: 'campaign',
    token: '7d1c5a90-0a52-4c53-8f0e-0f1e2d3c4b5a',
    attempt: 1,
    tries: 1,
    phone: '+420777123456',
    form: 'template',
    body: null,
    template_name: 'winback_v2',
    template_language: 'cs',
    parameters: {},
    components: [],
    ...more,
  });
const components = (more: object) =>
  (toRequest(claimed(more)) as { template: { components?: unknown } }).template.components;

describe('What WhatsApp is asked', () => {
  it('names the number without its plus, the template, and our own id', () => {
    expect(toRequest(claimed({}))).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '420777123456',
      biz_opaque_callback_data: MESSAGE,
      type: 'template',
      template: { name: 'winback_v2', language: { code: 'cs' } },
    });
  });

  it('gives named parameters by their names', () => {
    expect(components({ parameters: { message: 'Přijďte.', club: 'Vltava Fit' } })).toEqual([
      {
        type: 'body',
        parameters: [
          { type: 'text', parameter_name: 'message', text: 'Přijďte.' },
          { type: 'text', parameter_name: 'club', text: 'Vltava Fit' },
        ],
      },
    ]);
  });

  it('gives numbered parameters in the order of their numbers, without names', () => {
    const parameters = Object.fromEntries(['10', '2', '1'].map((name) => [name, `text ${name}`]));
    expect(components({ parameters })).toEqual([
      {
        type: 'body',
        parameters: ['1', '2', '10'].map((name) => ({ type: 'text', text: `text ${name}` })),
      },
    ]);
  });

  it('gives the opt-out button its payload at its place among all buttons', () => {
    const buttons = [
      { type: 'URL' },
      { type: 'PHONE_NUMBER' },
      { type: 'QUICK_REPLY' },
      { type: 'QUICK_REPLY' },
    ];
    expect(components({ components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons }] })).toEqual([
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '2',
        parameters: [{ type: 'payload', payload: `optout:${MESSAGE}` }],
      },
    ]);
  });

  it('sends words of our own byte for byte, without a preview of links', () => {
    const body = 'Otevřeno od 6:00.\nhttps://vltava.fit';
    const more = { purpose: 'answer', form: 'free_text', body, template_name: null, template_language: null };
    expect(toRequest(claimed(more))).toMatchObject({ type: 'text', text: { preview_url: false, body } });
  });
});
