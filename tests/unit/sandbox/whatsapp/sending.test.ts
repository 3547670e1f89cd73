import { describe, expect, test, vi } from 'vitest';
import { createClub, eva, freeText, reactivation } from './club.ts';

// Hundreds of sends on a busy machine take longer than a unit test usually may.
vi.setConfig({ testTimeout: 30_000 });

const hour = 3600_000;

describe('a send that is accepted', () => {
  test('answers with the wamid and is recorded as it will be read', async () => {
    const club = createClub();
    const { status, body } = await club.post(reactivation());
    expect(status).toBe(200);
    expect(body.contacts).toMatchObject([{ input: `+${eva}`, wa_id: eva }]);
    expect(body.messages[0]).toMatchObject({
      id: expect.stringMatching(/^wamid\./),
      message_status: 'accepted',
    });

    const { sends } = await club.control('GET', '/sends');
    expect(sends).toHaveLength(1);
    expect(sends[0]).toMatchObject({
      number: eva,
      template: 'reactivation_v1',
      language: 'cs',
      callback_data: 'outbox-1',
      body: 'Dobrý den, Eva! Dlouho jsme se neviděli. Těšíme se na viděnou v klubu Vltava Fit. Váš tým.',
      buttons: [{ text: 'Odhlásit odběr', payload: 'optout:1' }],
    });
  });

  test.each(['cs', 'uk', 'ru', 'en', 'bg'])('works with the starter template in %s', async (language) => {
    expect((await createClub().post(reactivation({}, language))).status).toBe(200);
  });

  test('may go to the user id of a member who hides the number', async () => {
    const club = createClub();
    const { user_id: recipient } = await club.control('PATCH', `/phones/${eva}`, { is_number_hidden: true });
    const { body } = await club.post({ ...reactivation(), to: undefined, recipient });
    expect(body.contacts).toEqual([{ input: recipient, user_id: recipient }]);
  });
});

describe('a send that is refused', () => {
  const first = reactivation();
  const withTemplate = (template: object) => ({ ...first, template: { ...first.template, ...template } });

  test.each([
    ['without the product', { ...first, messaging_product: undefined }, 400, 100],
    ['without a recipient', { ...first, to: undefined }, 400, 100],
    ['with an unknown key', { ...first, priority: 'high' }, 400, 100],
    ['to something that is no number', reactivation({}, 'cs', 'Eva'), 400, 131009],
    ['to a number that nobody has', reactivation({}, 'cs', '+420000000000'), 400, 131026],
    ['to the sender', reactivation({}, 'cs', '+420228880100'), 400, 131021],
    ['of a type the sandbox does not speak', { ...first, type: 'image' }, 400, 131051],
    ['without a template name', withTemplate({ name: undefined }), 400, 131008],
    [
      'of a text without a body',
      { messaging_product: 'whatsapp', to: eva, type: 'text', text: {} },
      400,
      131008,
    ],
    ['of free text outside the window', freeText('Dobrý den'), 400, 131047],
    ['of an unknown template', withTemplate({ name: 'winback_v9' }), 404, 132001],
    ['in a language that is not approved', reactivation({}, 'en_US'), 404, 132001],
    ['with a parameter too few', reactivation({ club: undefined }), 400, 132000],
    ['with a parameter too many', reactivation({ discount: '50 %' }), 400, 132000],
    ['with a parameter of another name', reactivation({ club: undefined, gym: 'Vltava Fit' }), 400, 132012],
    ['with an empty parameter', reactivation({ first_name: ' ' }), 400, 132018],
    ['with a line break in a parameter', reactivation({ message: 'Ahoj\nEvo' }), 400, 132018],
    ['with a tab in a parameter', reactivation({ message: 'Ahoj\tEvo' }), 400, 132018],
    ['with five spaces in a parameter', reactivation({ message: 'Ahoj     Evo' }), 400, 132018],
    ['with too long a body', reactivation({ message: 'a'.repeat(1000) }), 400, 132005],
  ])('%s', async (_, request, status, code) => {
    const club = createClub();
    const answer = await club.post(request);
    expect(answer).toMatchObject({
      status,
      body: {
        error: { code, type: 'OAuthException', message: expect.any(String), fbtrace_id: expect.any(String) },
      },
    });
    expect((await club.control('GET', '/sends')).sends).toEqual([]);
  });

  test('carries the details under error_data, as Meta documents it', async () => {
    const { body } = await createClub().post(reactivation({ club: undefined }));
    expect(body.error.error_data).toEqual({
      messaging_product: 'whatsapp',
      details: 'body: number of localizable_params (2) does not match the expected number of params (3)',
    });
  });

  test('with a wrong token is 190 and 401, whatever is asked', async () => {
    const answer = await createClub().post(reactivation(), '/v26.0/1065/messages', 'stolen');
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 190, type: 'OAuthException' } } });
  });

  test('from a number of someone else is 100 with subcode 33', async () => {
    const answer = await createClub().post(reactivation(), '/v26.0/9999/messages');
    expect(answer.body.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
  });

  test('through a version that does not exist', async () => {
    expect((await createClub().post(reactivation(), '/v99.0/1065/messages')).body.error.code).toBe(2500);
  });

  test.each([
    ['PAUSED', 132015],
    ['DISABLED', 132016],
    ['REJECTED', 132001],
  ])('of a template that is %s is %i', async (status, code) => {
    const club = createClub();
    await club.control('PUT', '/templates/reactivation_v1/cs', { status });
    expect((await club.post(reactivation())).body.error.code).toBe(code);
    expect((await club.post(reactivation({}, 'uk'))).status).toBe(200);
  });
});

describe('what a member decides', () => {
  test('opens the window for free text with a message, for 24 hours', async () => {
    const club = createClub();
    await club.control('POST', `/phones/${eva}/reply`, { text: 'Máte otevřeno?' });
    club.pass(24 * hour - 1);
    expect((await club.post(freeText('Ano, do deseti.'))).status).toBe(200);
    club.pass(1);
    expect((await club.post(freeText('Ještě pořád ano.'))).body.error.code).toBe(131047);
  });

  test('who stopped marketing gets no marketing until resumed', async () => {
    const club = createClub();
    await club.control('POST', `/phones/${eva}/stop`);
    expect((await club.post(reactivation())).body.error.code).toBe(131050);
    await club.control('POST', `/phones/${eva}/resume`);
    expect((await club.post(reactivation())).status).toBe(200);
  });

  test('who left WhatsApp is undeliverable', async () => {
    const club = createClub();
    await club.control('PATCH', `/phones/${eva}`, { is_on_whatsapp: false });
    expect((await club.post(reactivation())).body.error.code).toBe(131026);
  });
});

describe('limits', () => {
  test('a burst to one person borrows six seconds a message from what follows', async () => {
    const club = createClub();
    for (let sent = 0; sent < 3; sent += 1) expect((await club.post(reactivation())).status).toBe(200);
    club.pass(7000);
    expect((await club.post(reactivation())).body.error.code).toBe(131056);
    club.pass(11_000);
    expect((await club.post(reactivation())).status).toBe(200);
  });

  test('the 81st message within a second is 130429', async () => {
    const club = createClub();
    const numbers = Array.from({ length: 81 }, (_, index) => `+420777${String(100_000 + index)}`);
    for (const number of numbers.slice(0, 80))
      expect((await club.post(reactivation({}, 'cs', number))).status).toBe(200);
    expect((await club.post(reactivation({}, 'cs', numbers[80]))).body.error.code).toBe(130429);
  });

  test('the portfolio reaches no more people a day than its tier allows, and says the tier', async () => {
    const club = createClub();
    await club.control('PUT', '/limit', { tier: 'TIER_250' });
    for (let person = 0; person < 250; person += 1) {
      club.pass(100);
      expect((await club.post(reactivation({}, 'cs', `+420777${200_000 + person}`))).status).toBe(200);
    }
    expect((await club.post(reactivation())).body.error.code).toBe(131048);
    const limit = await club.get('/v26.0/1065?fields=whatsapp_business_manager_messaging_limit');
    expect(limit.body).toEqual({ whatsapp_business_manager_messaging_limit: 'TIER_250', id: '1065' });
    club.pass(24 * hour);
    expect((await club.post(reactivation())).status).toBe(200);
  });
});

describe('faults', () => {
  test('answer with the error asked for, once, and send nothing', async () => {
    const club = createClub();
    club.fault('error', { code: 131049 });
    expect((await club.post(reactivation())).body.error.code).toBe(131049);
    expect((await club.control('GET', '/sends')).sends).toHaveLength(0);
    expect((await club.post(reactivation())).status).toBe(200);
  });

  test('can lose the answer of a message that is on its way all the same', async () => {
    const club = createClub();
    club.fault('accept_then_error', { status: 502 });
    const response = await club.graph.request('/v26.0/1065/messages', {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: JSON.stringify(reactivation()),
    });
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain('{');
    expect((await club.control('GET', '/sends')).sends).toHaveLength(1);
  });

  test('of an unknown kind are refused with the kinds there are', async () => {
    const { error } = await createClub().control('POST', '/faults', { kind: 'explode' });
    expect(error).toContain('accept_then_slow');
  });
});
