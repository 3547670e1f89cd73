import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import { createAccountTemplates } from '../../../supabase/functions/sync-templates/account-templates.ts';
import { createApp } from '../../../supabase/functions/sync-templates/app.ts';
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

describe('sync-templates', () => {
  it('submits the starter set once, and mirrors what Meta approved', async () => {
    expect(await world.run('sync-templates', { mode: 'submit' })).toEqual({
      status: 200,
      body: {
        mirrored: 5,
        clubs: 1,
        submitted: ['cs', 'uk', 'ru', 'en', 'bg'].map((language) => `reactivation_v1/${language}`),
        refused: [],
      },
    });
    world.pass(1000);
    expect((await world.run('sync-templates', { mode: 'submit' })).body).toMatchObject({
      mirrored: 5,
      submitted: [],
    });

    const rows = await mirrored();
    expect(rows.map((row) => row.language)).toEqual(['bg', 'cs', 'en', 'ru', 'uk']);
    for (const row of rows) {
      expect(row).toMatchObject({
        scenario: 'reactivation',
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

  it('finds a template of the starter set for a member in each language', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    for (const language of ['cs', 'uk', 'ru', 'en', 'bg']) {
      const [row] =
        await world.sql`select name, language from campaigns.template_for(1, 'reactivation', ${language})`;
      expect(row).toEqual({ name: 'reactivation_v1', language });
    }
  });

  it('only mirrors when not told to submit', async () => {
    expect((await world.run('sync-templates')).body).toEqual({
      mirrored: 0,
      clubs: 1,
      submitted: [],
      refused: [],
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
    const [row] = await world.sql`select name from campaigns.template_for(1, 'reactivation', 'cs')`;
    expect(row?.name ?? null).toBeNull();
  });

  it('shows a template that Meta paused as paused', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    await world.outside.control('PUT', '/whatsapp/templates/reactivation_v1/cs', { status: 'PAUSED' });
    world.pass(1000);
    await world.run('sync-templates');
    expect((await mirrored()).find((row) => row.language === 'cs')?.status).toBe('PAUSED');
  });

  it('changes nothing when the list cannot be read: an error is no empty list', async () => {
    await world.run('sync-templates', { mode: 'submit' });
    const graph = createGraph({
      apiUrl: `${world.outside.root}/whatsapp`,
      version: 'v26.0',
      token: 'a token that expired',
    });
    const templates = createAccountTemplates(graph, WHATSAPP.businessAccountId);
    const { database, access, log, now } = world;
    const refused = await world.callFunction(
      createApp({ database, access, log, now, templates, starters: [] }),
    );
    expect(refused.status).toBe(502);
    expect(refused.body.error).toContain('WHATSAPP_TOKEN');
    expect((await mirrored()).every((row) => row.status === 'APPROVED')).toBe(true);
  });

  it('says which template Meta refused, and submits the others', async () => {
    const { database, access, log, now } = world;
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
    const answer = await world.callFunction(createApp({ database, access, log, now, templates, starters }), {
      mode: 'submit',
    });
    expect(answer.body).toMatchObject({
      mirrored: 1,
      submitted: ['good_v1/cs'],
      refused: [{ template: 'bad_v1/cs' }],
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
