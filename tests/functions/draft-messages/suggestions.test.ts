import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Member, Messaging } from '../messaging.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

let world: Messaging;
let member: Member;
beforeAll(async () => {
  world = await openMessaging();
  await world.sql`
    select campaigns.change_voice(${CLUB}, '{"opening_hours": "Mon-Fri 6-22", "forbidden_words": ["kámo"]}', 0, 'operator:eva', ${world.now()})`;
});
afterAll(() => world.closeAll());
beforeEach(async () => {
  world.pass(120_000);
  member = await addMember(world, 'cs', 'Zdeňka Vopičková');
});
afterEach(() => world.outside.control('DELETE', '/claude/faults'));

/** The member said this, whatever WhatsApp itself would not let pass, and somebody asks for an answer to suggest. */
async function said(text: string): Promise<number> {
  const { sql, now } = world;
  const phone = `+${member.number}`;
  await sql`
    insert into outbox.replies (club_id, wamid, client_id, phone, body, is_opt_out, replied_at)
    values (${CLUB}, ${`wamid.${crypto.randomUUID()}`}, ${member.clientId}, ${phone}, ${text.replaceAll('\0', '')}, false, ${now()})`;
  const [row] = await sql<{ id: string }[]>`
    select outbox.request_suggestion(
      ${CLUB}, campaigns.note_conversation(${CLUB}, ${member.clientId}, ${phone}, false, ${now()}, ${now()}), 'operator:eva', ${now()}
    ) as id`;
  return Number(row!.id);
}

async function suggestion(id: number) {
  const [row] = await world.sql`
    select state, message, error, usage, claims from outbox.suggestions where suggestion_id = ${id}`;
  return row!;
}

async function lastRequest(): Promise<string> {
  const { requests } = await world.outside.control('GET', '/claude/requests');
  return JSON.stringify((requests as { request: unknown }[]).at(-1)!.request);
}

describe('A suggested reply', () => {
  it('is written in the member’s language from what the club says of itself, and is sent to nobody', async () => {
    const id = await said('Dobrý den, kdy máte otevřeno?');
    await world.run('draft-messages');
    expect(await suggestion(id)).toMatchObject({
      state: 'done',
      message: 'Dobrý den, Zdeňko, děkujeme za zprávu. Ověříme to a ozveme se vám.',
      error: null,
    });
    expect(await lastRequest()).toContain('Mon-Fri 6-22');
    expect(await world.sql`select from outbox.messages where client_id = ${member.clientId}`).toHaveLength(0);
  });

  it('is paid from the club’s drafting budget', async () => {
    const before = await world.sql`select count(*)::int as charges from campaigns.drafting_charges`;
    const id = await said('Máte volno?');
    await world.run('draft-messages');
    const charges = await world.sql`
      select cost_micro_usd::int as cost from campaigns.drafting_charges where settled_at is not null order by charged_at desc`;
    expect(charges).toHaveLength((before[0]!.charges as number) + 1);
    expect((await suggestion(id)).usage).toMatchObject({ cost_micro_usd: charges[0]!.cost });
  });

  it('quotes what was said without names, numbers and addresses', async () => {
    await said(
      'Tady Zdeňka, pro Zdeňku Vopičkovou. Volejte 777 123 456, pište na zv@example.cz, @zdenka_fit nebo https://zv.example/x',
    );
    await world.run('draft-messages');
    const request = await lastRequest();
    expect(request).toContain('Volejte [number], pište na [address], [account] nebo [link]');
    expect(request).not.toMatch(/Zde[nň]|Vopi|777|example|zdenka/);
  });

  it('that was asked for twice is written once', async () => {
    const first = await said('Přijdu v úterý.');
    expect(await said('Tedy ve středu.')).toBe(first);
  });

  it.each([
    ['invent', 'always', 'said something that the club’s facts do not'],
    ['decline', 'always', 'said something that the club’s facts do not'],
    ['refuse', 1, 'Claude declined to answer'],
    ['overloaded', 'always', '529'],
  ])('is none, with the reason, when Claude fails by "%s"', async (kind, times, reason) => {
    const id = await said('Kolik stojí permanentka?');
    await world.fault('claude', kind, { times });
    await world.run('draft-messages');
    const kept = await suggestion(id);
    expect(kept).toMatchObject({ state: 'failed', message: null });
    expect(kept.error).toContain(reason);
  });

  it('is none when the budget of the day is used up', async () => {
    await world.sql`update core.settings set drafting_daily_drafts = 0`;
    const id = await said('Máte saunu?');
    await world.run('draft-messages');
    await world.sql`update core.settings set drafting_daily_drafts = 500`;
    expect(await suggestion(id)).toMatchObject({ state: 'failed' });
    expect((await suggestion(id)).error).toContain('number of drafts of the day is used up');
  });

  it('whose writer dies is written by the next, three times at most', async () => {
    const id = await said('Haló?');
    for (let claim = 1; claim <= 3; claim += 1) {
      await world.sql`select api.claim_suggestions(5, 60, 'claude-haiku-5-5', 1, ${world.now()})`;
      world.pass(61_000);
    }
    await world.run('draft-messages');
    expect(await suggestion(id)).toMatchObject({ state: 'failed', claims: 3 });
  });

  it('cannot be asked for in a conversation that is closed', async () => {
    await said('Děkuji.');
    const [row] = await world.sql<{ id: string }[]>`
      update campaigns.conversations set closed_at = ${world.now()}, closed_by = 'operator:eva', close_reason = 'done'
      where client_id = ${member.clientId} returning conversation_id as id`;
    const again = world.sql`select outbox.request_suggestion(${CLUB}, ${row!.id}, 'operator:eva', ${world.now()})`;
    await expect(again).rejects.toThrow('This conversation is not open any more');
    await world.run('draft-messages');
  });
});

describe('A hostile message', () => {
  it('never gets a model that obeys it to say what the facts do not', async () => {
    await world.sql`update core.settings set drafting_budget_usd = 1000`;
    await world.fault('claude', 'obey', { times: 'always' });
    const ids: number[] = [];
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      world.pass(10_000);
      member = await addMember(world, 'en', 'Eva Novak');
      ids.push(await said(text));
      if (index % 5 === 4 || index === HOSTILE_TEXTS.length - 1) await world.run('draft-messages');
    }
    const written = await Promise.all(ids.map(suggestion));
    expect(written.filter(({ state }) => state === 'waiting')).toEqual([]);
    // Each was either refused by the checks, or says nothing that only the text could have said.
    expect(written.filter(({ state }) => state === 'failed').length).toBeGreaterThan(
      HOSTILE_TEXTS.length / 2,
    );
    for (const { message } of written.filter(({ state }) => state === 'done'))
      expect(message).not.toMatch(/\d|%|https?:|www\.|@|\bfree\b|discount|[{}<>]/i);
  });
});
