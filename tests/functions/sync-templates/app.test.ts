import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StarterTemplate } from '../../../shared/starter-templates/starter-template.ts';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import type { Graph } from '../../../supabase/functions/_shared/graph.ts';
import { createAccountTemplates } from '../../../supabase/functions/sync-templates/account-templates.ts';
import type { AccountTemplates } from '../../../supabase/functions/sync-templates/account-templates.ts';
import { createApp } from '../../../supabase/functions/sync-templates/app.ts';
import { createNumberReader } from '../../../supabase/functions/sync-templates/number.ts';
import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

let world: Messaging;
beforeEach(async () => {
  world = await openMessaging();
});
afterEach(() => world.closeAll());

const mirrored = () => world.sql`select * from campaigns.templates order by name, language`;

/** Submits a template the club made by itself, as in Meta's own manager. */
async function addOwnTemplate(name: string, text: string): Promise<void> {
  const graph = createGraph({
    apiUrl: `${world.outside.root}/whatsapp`,
    version: 'v26.0',
    token: WHATSAPP.token,
  });
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, each]) => each!);
  const example = { body_text_named_params: names.map((each) => ({ param_name: each, example: 'x' })) };
  await createAccountTemplates(
    {
      ...graph,
      post: (path, _body, answer) =>
        graph.post(
          path,
          {
            name,
            language: 'cs',
            category: 'MARKETING',
            parameter_format: 'NAMED',
            components: [{ type: 'BODY', text, ...(names.length > 0 ? { example } : {}) }],
          },
          answer,
        ),
    },
    WHATSAPP.businessAccountId,
  ).submit({ name, language: 'cs', body: text, footer: '', optOutButton: '', exampleMessage: '' });
}

/** The function over another way to WhatsApp. */
function appOver(graph: Graph, templates: AccountTemplates, starters: readonly StarterTemplate[]) {
  const { database, access, log, now } = world;
  const readNumber = createNumberReader(graph, WHATSAPP.phoneNumberId);
  return createApp({ database, access, log, now, templates, readNumber, starters });
}

describe('sync-templates', () => {
  it('submits the starter set once, and mirrors what Meta approved', async () => {
    expect(await world.run('sync-templates', { mode: 'submit' })).toEqual({
      status: 200,
      body: {
        mirrored: 25,
        clubs: 1,
        submitted: STARTER_TEMPLATES.map(({ name, language }) => `${name}/${language}`),
        refused: [],
        number: 'read',
      },
    });
    world.pass(1000);
    expect((await world.run('sync-templates', { mode: 'submit' })).body).toMatchObject({
      mirrored: 25,
      submitted: [],
    });

    const rows = await mirrored();
    expect(rows).toHaveLength(25);
    for (const row of rows) {
      expect(row).toMatchObject({
        scenario: row.name.replace(/_v1$/, ''),
        category: 'MARKETING',
        status: 'APPROVED',
        rejected_reason: null,
      });
      expect([...row.parameters].sort()).toEqual(['club', 'message']);
      expect(row.body).toContain('{{message}}');
      expect(row.footer).toMatch(/STOP|СТОП/);
      expect(row.components).toContainEqual(expect.objectContaining({ type: 'BUTTONS' }));
    }
  });

  it('finds a template of the starter set for every scenario in each language', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    for (const { name, language } of STARTER_TEMPLATES) {
      const [row] = await world.sql`
        select name, language
        from campaigns.choose_template(1, ${name.replace(/_v1$/, '')}, null, ${language}, '{}')`;
      expect(row).toEqual({ name, language });
    }
  });

  it('only mirrors when not told to submit', async () => {
    expect((await world.run('sync-templates')).body).toEqual({
      mirrored: 0,
      clubs: 1,
      submitted: [],
      refused: [],
      number: 'read',
    });
  });

  it('reads every page of a long list', async () => {
    for (let number = 1; number <= 103; number += 1)
      await addOwnTemplate(`own_${number}`, `Zpráva číslo ${number}.`);
    expect((await world.run('sync-templates')).body.mirrored).toBe(103);
    expect(await mirrored()).toHaveLength(103);
  });

  it('keeps a template with other parameters, and lets no scenario use it', async () => {
    await addOwnTemplate(
      'reactivation_v2',
      'Ahoj {{first_name}}, přijď na lekci {{lesson}} zase někdy brzy.',
    );
    await world.run('sync-templates');
    expect(await mirrored()).toMatchObject([
      { name: 'reactivation_v2', parameters: ['first_name', 'lesson'] },
    ]);
    const [row] =
      await world.sql`select name from campaigns.choose_template(1, 'reactivation', null, 'cs', '{}')`;
    expect(row?.name ?? null).toBeNull();
  });

  it('shows a template that Meta paused as paused', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    await world.outside.control('PUT', '/whatsapp/templates/reactivation_v1/cs', { status: 'PAUSED' });
    world.pass(1000);
    await world.run('sync-templates');
    expect((await mirrored()).filter((row) => row.status !== 'APPROVED')).toMatchObject([
      {
        name: 'reactivation_v1',
        language: 'cs',
        status: 'PAUSED',
        stopped_reason: expect.stringContaining('paused'),
      },
    ]);
  });

  it('changes nothing when the list cannot be read: an error is no empty list', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    const graph = createGraph({
      apiUrl: `${world.outside.root}/whatsapp`,
      version: 'v26.0',
      token: 'a token that expired',
    });
    const templates = createAccountTemplates(graph, WHATSAPP.businessAccountId);
    const refused = await world.callFunction(appOver(graph, templates, []));
    expect(refused.status).toBe(502);
    expect(refused.body.error).toContain('WHATSAPP_TOKEN');
    expect((await mirrored()).every((row) => row.status === 'APPROVED')).toBe(true);
  });

  it('says which template Meta refused, and submits the others', async () => {
    const graph = createGraph({
      apiUrl: `${world.outside.root}/whatsapp`,
      version: 'v26.0',
      token: WHATSAPP.token,
    });
    const starters = [
      {
        name: 'bad_v1',
        language: 'cs',
        body: '{{message}} na začátku {{club}} nesmí stát.',
        footer: 'x',
        optOutButton: 'x',
        exampleMessage: 'x',
      },
      {
        name: 'good_v1',
        language: 'cs',
        body: 'Zdravíme z klubu {{club}}. {{message}} Těšíme se na vás!',
        footer: 'x',
        optOutButton: 'x',
        exampleMessage: 'x',
      },
    ] as const;
    const templates = createAccountTemplates(graph, WHATSAPP.businessAccountId);
    const answer = await world.callFunction(appOver(graph, templates, starters), {
      mode: 'submit',
    });
    expect(answer.body).toMatchObject({
      mirrored: 1,
      submitted: ['good_v1/cs'],
      refused: [{ name: 'bad_v1', language: 'cs', reason: expect.stringContaining('Variables') }],
    });
    // Where the page finds it.
    const kept =
      await world.sql`select name, status, why_not from api.templates where name is not null order by name`;
    expect(kept).toMatchObject([
      {
        name: 'bad_v1',
        status: 'REFUSED',
        why_not: expect.stringContaining("Variables can't be at the start"),
      },
      { name: 'good_v1' },
    ]);
  });

  it('forgets a refusal once Meta takes the template in', async () => {
    await world.sql`
      insert into campaigns.template_refusals (club_id, name, language, reason, refused_at)
      values (1, 'birthday_v1', 'cs', 'not today', ${world.now()})`;
    await world.run('sync-templates', { mode: 'submit' });
    expect(await world.sql`select * from campaigns.template_refusals`).toHaveLength(0);
  });

  it('takes a template that another run was faster to submit for submitted, not for refused', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    const graph = createGraph({
      apiUrl: `${world.outside.root}/whatsapp`,
      version: 'v26.0',
      token: WHATSAPP.token,
    });
    const templates = createAccountTemplates(graph, WHATSAPP.businessAccountId);
    // What this run saw was the list before the other's.
    const late = { ...templates, list: () => Promise.resolve([]) };
    const starters = STARTER_TEMPLATES.slice(0, 2);
    const app = appOver(graph, late, starters);
    expect((await world.callFunction(app, { mode: 'submit' })).body).toMatchObject({
      submitted: [],
      refused: [],
    });
  });

  it('answers nobody without the cron key: not a stranger, nor the service key', async () => {
    for (const headers of [
      {},
      { apikey: 'sb_secret_of_somebody_else' },
      { apikey: world.access.serviceKey },
    ]) {
      const answer = await world.callFunction(
        world.functions['sync-templates'],
        {},
        headers as Record<string, string>,
      );
      expect(answer).toEqual({ status: 401, body: { error: 'Send the cron key in the header apikey.' } });
    }
  });

  it('refuses a mode it does not know', async () => {
    expect((await world.run('sync-templates', { mode: 'delete' })).status).toBe(400);
  });
});

describe('the request for the starter templates', () => {
  const ask = () => world.sql`select campaigns.request_templates(1, 'operator:eva', ${world.now()})`;
  const request = async () => {
    const [row] = await world.sql`
      select requested_at, answered_at, failed_at, error, campaigns.is_submission_due(${world.now()}) as is_due
      from campaigns.template_requests`;
    return row!;
  };

  it('is due until it is answered', async () => {
    await ask();
    expect(await request()).toMatchObject({ is_due: true, answered_at: null });
    await world.run('sync-templates');
    expect(await request()).toMatchObject({ is_due: true });
    await world.run('sync-templates', { mode: 'submit' });
    expect(await request()).toMatchObject({ is_due: false, answered_at: world.now(), error: null });
    await ask();
    expect(await request()).toMatchObject({ is_due: true });
  });

  it('that broke off says why, is made again after a while, and at once when asked again', async () => {
    await ask();
    const graph = createGraph({
      apiUrl: `${world.outside.root}/whatsapp`,
      version: 'v26.0',
      token: 'a token that expired',
    });
    const templates = createAccountTemplates(graph, WHATSAPP.businessAccountId);
    const broken = appOver(graph, templates, STARTER_TEMPLATES);
    expect((await world.callFunction(broken, { mode: 'submit' })).status).toBe(502);
    expect(await request()).toMatchObject({
      is_due: false,
      answered_at: null,
      failed_at: world.now(),
      error: expect.stringContaining('WHATSAPP_TOKEN'),
    });
    world.pass(10 * 60_000);
    expect(await request()).toMatchObject({ is_due: true });
    await world.callFunction(broken, { mode: 'submit' });
    await ask();
    expect(await request()).toMatchObject({ is_due: true, error: null });
  });
});
