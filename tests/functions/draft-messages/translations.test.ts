import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTranslationRound } from '../../../supabase/functions/draft-messages/translation-round.ts';
import { addMember, planDraft, readDraft } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';

const SENTENCE = 'Jano, chybíte nám. Zastavte se zase na trénink.';
const IN_ENGLISH = 'Jana, we miss you. Come and train with us again.';

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
});
afterAll(() => world.closeAll());
/** Nothing is left waiting: more than ten would be shown as a digest. */
beforeEach(async () => {
  world.pass(120_000);
  await world.sql`update campaigns.drafts set status = 'rejected', decided_by = 'operator:x', decided_at = ${world.now()}
    where status = 'pending'`;
  await world.sql`update outbox.posts set is_live = false`;
});
afterEach(() => world.outside.control('DELETE', '/claude/faults'));

/** A message that waits for a person. */
async function wait(): Promise<string> {
  const variables = { days_since_last_visit: 74, first_name: 'Jana' };
  const draftId = await planDraft(world, await addMember(world, 'cs', 'Jana Nováková'), { variables });
  await rewrite(draftId, SENTENCE, 'claude');
  await world.sql`update campaigns.drafts set status = 'pending' where draft_id = ${draftId}`;
  return draftId;
}

const rewrite = (draftId: string, line: string, source = 'operator') =>
  world.sql`
    select campaigns.write_version(${CLUB}, ${draftId}, ${line}, ${source}, 'test', '{}', ${world.now()})`;

/** As cron does: again, while there is something to translate or to show. */
async function run(): Promise<void> {
  for (let tick = 0; tick < 2; tick += 1) {
    await world.run('draft-messages');
    world.pass(5000);
  }
}

async function translation(draftId: string) {
  const [row] = await world.sql`
    select state, text, error, usage, version from campaigns.translations where draft_id = ${draftId} order by version desc limit 1`;
  return row;
}

async function cardOf(draftId: string): Promise<{ text: string } | undefined> {
  const [post] = await world.sql<{ message_id: string }[]>`
    select message_id from outbox.posts where draft_id = ${draftId}`;
  const { messages } = await world.outside.control('GET', '/telegram/chat');
  return (messages as { message_id: number; text: string }[]).find(
    ({ message_id }) => String(message_id) === post?.message_id,
  );
}

const requests = async () => (await world.outside.control('GET', '/claude/requests')).requests as unknown[];

describe('A message in another language than the moderation chat', () => {
  it('is shown with its translation, which knows the name again', async () => {
    const draftId = await wait();
    await run();
    const { rendered } = await readDraft(world, draftId);
    const { state, text } = (await translation(draftId))!;
    expect(state).toBe('done');
    expect(text).toContain(IN_ENGLISH);
    expect(text).not.toContain('{');
    const card = await cardOf(draftId);
    expect(card!.text).toContain(rendered);
    expect(card!.text).toContain(IN_ENGLISH);
  });

  it('that is edited is translated anew, as a new version', async () => {
    const draftId = await wait();
    await run();
    await rewrite(draftId, 'Už jsme se nějakou dobu neviděli. Najdete si tento týden chvíli na trénink?');
    await world.sql`select campaigns.request_translation(${CLUB}, ${draftId}, ${world.now()})`;
    await run();
    expect(await translation(draftId)).toMatchObject({ version: 2, state: 'done' });
    expect((await translation(draftId))!.text).toContain('Could you find some time to train this week?');
  });

  it('is paid from the budget, in money', async () => {
    const draftId = await wait();
    await run();
    const [charge] = await world.sql`
      select cost_micro_usd::int as cost, is_translation from campaigns.drafting_charges where draft_id = ${draftId}`;
    expect(charge!.is_translation).toBe(true);
    expect((await translation(draftId))!.usage).toMatchObject({
      cost_micro_usd: charge!.cost,
      prompt_version: 'translation-1',
      model: 'claude-haiku-5-5',
      attempts: 1,
      request_id: expect.stringMatching(/^req_/),
    });
  });
});

describe('A message without a translation', () => {
  it('because Claude gives none says why, and is shown all the same', async () => {
    const draftId = await wait();
    await world.fault('claude', 'refuse');
    await run();
    const { state, text, error, usage } = (await translation(draftId))!;
    expect([state, text, error]).toEqual([
      'failed',
      null,
      'There is no translation: Claude declined to answer.',
    ]);
    expect((usage as { cost_micro_usd: number }).cost_micro_usd).toBeGreaterThan(0);
    expect((await cardOf(draftId))!.text).toContain(SENTENCE);
  });

  it('because the budget of the day is used up says so, and asks nothing', async () => {
    const before = (await requests()).length;
    await world.sql`update core.settings set drafting_budget_usd = 0.000001`;
    const draftId = await wait();
    await run();
    await world.sql`update core.settings set drafting_budget_usd = 1000`;
    expect((await translation(draftId))!.error).toBe(
      "There is no translation: the club's drafting budget of the day is used up.",
    );
    expect(await requests()).toHaveLength(before);
    expect((await cardOf(draftId))!.text).toContain(SENTENCE);
  });

  it('because Claude has been switched off since says so', async () => {
    const draftId = await wait();
    await world.sql`select campaigns.request_translation(${CLUB}, ${draftId}, ${world.now()})`;
    const { database, log, now } = world;
    expect(await runTranslationRound({ database, now, translator: null }, log)).toBe(1);
    expect(await translation(draftId)).toMatchObject({
      state: 'failed',
      error: 'There is no translation: Claude is off.',
      usage: { cost_micro_usd: 0 },
    });
  });
});
