import { describe, expect, test } from 'vitest';
import { parseNewTemplate } from '../../../../stack/sandbox/whatsapp/template-rules.ts';
import { createClub } from './club.ts';
import { reactivationTemplates } from './reactivation-templates.ts';

const body = (text: string, examples: string[] = []) => ({
  type: 'BODY',
  text,
  example: { body_text_named_params: examples.map((name) => ({ param_name: name, example: 'x' })) },
});
const template = (component: object, more: object = {}) => ({
  name: 'birthday_v1',
  language: 'cs',
  category: 'MARKETING',
  parameter_format: 'NAMED',
  components: [component],
  ...more,
});
const good = template(body('Krásné narozeniny přeje {{first_name}} celý tým klubu.', ['first_name']));

test.each(reactivationTemplates.map((starter) => [starter.language, starter] as const))(
  'the reactivation template in %s keeps to the rules it will be judged by',
  (_, starter) => expect(parseNewTemplate(starter)).toEqual(starter),
);

describe('a new template', () => {
  test('is pending, then approved with a webhook', async () => {
    const club = createClub();
    const created = await club.post(good, '/v26.0/2065/message_templates');
    expect(created).toMatchObject({ status: 200, body: { status: 'PENDING', category: 'MARKETING' } });
    const query = '/v26.0/2065/message_templates?name=birthday_v1&fields=name,status';
    expect((await club.get(query)).body.data).toMatchObject([{ status: 'PENDING' }]);
    club.pass(2000);
    await club.queue.deliverDue();
    expect((await club.get(query)).body.data).toMatchObject([{ status: 'APPROVED' }]);
    expect(club.changes()[0]).toMatchObject({
      field: 'message_template_status_update',
      value: { event: 'APPROVED', message_template_name: 'birthday_v1', message_template_language: 'cs' },
    });
  });

  test.each([
    [
      'opens with a variable',
      template(body('{{first_name}}, všechno nejlepší od nás všech.', ['first_name'])),
    ],
    ['ends with a variable', template(body('Všechno nejlepší přeje celý klub {{club}}', ['club']))],
    [
      'has adjacent variables',
      template(body('Milý {{a}} {{b}} všechno nejlepší přeje celý klub.', ['a', 'b'])),
    ],
    ['is little but variables', template(body('Ahoj {{a}} a {{b}} i {{c}} tady.', ['a', 'b', 'c']))],
    ['has a variable without an example', template(body('Všechno nejlepší, {{first_name}}, přeje klub.'))],
    ['has an upper-case name', { ...good, name: 'Birthday' }],
    ['has an unknown language', { ...good, language: 'cz' }],
    [
      'has too long a footer',
      { ...good, components: [...good.components, { type: 'FOOTER', text: 'x'.repeat(61) }] },
    ],
  ])('that %s is refused', async (_, bad) => {
    const answer = await createClub().post(bad, '/v26.0/2065/message_templates');
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  test('cannot take the name and language of another', async () => {
    const club = createClub();
    await club.post(good, '/v26.0/2065/message_templates');
    const again = await club.post(good, '/v26.0/2065/message_templates');
    expect(again.body.error.error_subcode).toBe(2388024);
  });
});

describe('the list of templates', () => {
  test('comes in pages that name the next one', async () => {
    const club = createClub();
    const seen: string[] = [];
    let path: string | null = '/v26.0/2065/message_templates?limit=2&fields=name,language,status,components';
    while (path) {
      const { body: page } = await club.get(path);
      seen.push(...page.data.map((entry: { language: string }) => entry.language));
      const next: string | undefined = page.paging.next;
      path = next ? next.replace('http://sandbox', '') : null;
    }
    expect(seen).toEqual(['cs', 'uk', 'ru', 'en', 'bg']);
  });

  test('refuses a field that does not exist', async () => {
    const { body: answer } = await createClub().get('/v26.0/2065/message_templates?fields=name,colour');
    expect(answer.error.message).toContain('nonexisting field (colour)');
  });
});
