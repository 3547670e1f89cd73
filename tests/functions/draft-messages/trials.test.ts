import type { JSONValue } from 'postgres';
import { afterEach, describe, expect, it } from 'vitest';
import { addMember } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Member, Messaging, MessagingOptions } from '../messaging.ts';

let world: Messaging;
afterEach(() => world.closeAll());

async function open(options?: MessagingOptions): Promise<void> {
  world = await openMessaging({ moderationLanguage: 'cs', ...options });
  await world.run('sync-templates', { mode: 'submit' });
}

/** Somebody whom reactivation fits: last here 80 days ago. */
async function addLostMember(language: string, name?: string): Promise<Member> {
  const member = await addMember(world, language, name);
  await world.sql`
    insert into crm.bookings (
      club_id, client_id, external_id, client_external_id, service_kind, status, is_deleted, starts_at, local_date, made_date, raw
    )
    select club_id, client_id, 'visit of ' || external_id, external_id, 'group', 'attended', false,
      ${world.now()}::timestamptz - interval '80 days', core.local_date(club_id, ${world.now()}) - 80, '2026-01-01', '{}'
    from crm.clients where club_id = ${CLUB} and client_id = ${member.clientId}`;
  return member;
}

async function ask(voice: JSONValue = {}, language: string | null = null, form = 'template'): Promise<void> {
  await world.sql`
    select campaigns.request_trial(
      ${CLUB}, ${world.sql.json(voice)}, 'reactivation', ${language}, ${form}, 'operator:eva', ${world.now()}
    )`;
}

async function trial() {
  const [row] =
    await world.sql`select * from api.trials where club_id = ${CLUB} order by trial_id desc limit 1`;
  return row!;
}

/** What Claude was asked, as it stood in the prompts. */
async function prompts() {
  const { requests } = await world.outside.control('GET', '/claude/requests');
  return requests.map(({ request }: { request: { messages: { content: { text: string }[] }[] } }) =>
    JSON.parse(request.messages[0]!.content[0]!.text),
  );
}

describe('a trial of a voice', () => {
  it('is written by Claude for three clients, with the voice that was typed, and sent to nobody', async () => {
    await open();
    for (const [language, name] of [
      ['cs', 'Zdeňka Tajemná'],
      ['uk', 'Оксана Таємна'],
      ['en', 'Ann Secret'],
    ] as const)
      await addLostMember(language, name);
    await ask({
      tone: 'Like an old friend.',
      forbidden_words: ['levně'],
      opening_hours: 'Mon–Fri 6:00–22:00',
    });
    expect(await world.run('draft-messages')).toMatchObject({ status: 200, body: { drafted: 0, posts: 0 } });

    const { state, drafts } = await trial();
    expect(state).toBe('done');
    expect(drafts.map(({ language }: { language: string }) => language).toSorted()).toEqual([
      'cs',
      'en',
      'uk',
    ]);
    for (const draft of drafts) {
      expect(draft).toMatchObject({ source: 'claude', fits: true, fallback_reason: null, warnings: [] });
      expect(draft.rendered).toContain(draft.message);
      expect(draft.rendered).toContain('Vltava Fit');
    }
    const asked = await prompts();
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({
      scenario: 'reactivation',
      tone: expect.stringContaining('Like an old friend.'),
      avoid: ['levně'],
      facts: expect.arrayContaining([
        { id: 'days_since_last_visit', value: 80 },
        { id: 'opening_hours', value: 'Mon–Fri 6:00–22:00' },
      ]),
    });
    expect(JSON.stringify(asked)).not.toMatch(/Zdeňka|Tajemná|Оксана|Secret|420777/);

    await world.run('send-messages');
    const [counted] = await world.sql`
      select
        (select count(*)::int from campaigns.drafts) as drafts,
        (select count(*)::int from campaigns.contacts) as contacts,
        (select count(*)::int from outbox.messages) as messages,
        (select count(*)::int from campaigns.voices) as voices`;
    expect(counted).toEqual({ drafts: 0, contacts: 0, messages: 0, voices: 0 });
  });

  it('as an answer of its own ends with the signature, which Claude never sees', async () => {
    await open();
    await addLostMember('cs');
    await ask({ signature: 'Petr +420 777 123 456' }, null, 'free_text');
    await world.run('draft-messages');
    const { drafts } = await trial();
    expect(drafts[0].rendered).toContain(`${drafts[0].message}\n\nPetr +420 777 123 456\n`);
    expect(JSON.stringify(await prompts())).not.toContain('777 123 456');
  });

  it('says of the standard text why it is one', async () => {
    await open();
    await addLostMember('cs');
    await ask();
    await world.fault('claude', 'refuse');
    await world.run('draft-messages');
    expect((await trial()).drafts).toMatchObject([
      {
        source: 'static',
        fallback_reason: 'Claude declined to answer',
        message: expect.stringContaining('neviděli'),
      },
    ]);
  });

  it('has the standard texts where drafting is off, and costs nothing', async () => {
    await open({ isDraftingOff: true });
    await addLostMember('cs');
    await ask();
    await world.run('draft-messages');
    expect(await trial()).toMatchObject({
      state: 'done',
      drafts: [{ source: 'static', fallback_reason: 'drafting is off' }],
    });
    expect(await world.sql`select from campaigns.drafting_charges`).toHaveLength(0);
  });

  it('costs what its drafts cost, out of the budget of the day', async () => {
    await open();
    await addLostMember('cs');
    await ask();
    await world.run('draft-messages');
    const [charge] =
      await world.sql`select draft_id, cost_micro_usd::int as cost, attempts from campaigns.drafting_charges`;
    expect(charge).toMatchObject({ draft_id: null, attempts: 1 });
    expect(charge!.cost).toBeGreaterThan(0);
  });

  it('is written once when two runs meet', async () => {
    await open();
    for (const language of ['cs', 'en']) await addLostMember(language);
    await ask();
    await Promise.all([world.run('draft-messages'), world.run('draft-messages')]);
    expect((await trial()).state).toBe('done');
    expect(await prompts()).toHaveLength(2);
  });

  it('that could not be stored is written again when its lease has ended', async () => {
    await open();
    await addLostMember('cs');
    await ask();
    await world.sql`alter function api.store_trial_draft rename to store_trial_draft_away`;
    await world.run('draft-messages');
    expect((await trial()).state).toBe('writing');
    expect(world.logged.filter(({ event }) => event === 'trial_failed')).toHaveLength(1);

    await world.sql`alter function api.store_trial_draft_away rename to store_trial_draft`;
    await world.run('draft-messages');
    expect((await trial()).state).toBe('writing');
    world.pass(181_000);
    await world.run('draft-messages');
    expect((await trial()).state).toBe('done');
  });
});
