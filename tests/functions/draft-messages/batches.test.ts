import { describe, expect, it } from 'vitest';
import { SLICE } from '../../../supabase/functions/draft-messages/batch-results.ts';
import { costMicroUsd } from '../../../supabase/functions/draft-messages/prices.ts';
import { PROMPT_VERSION } from '../../../supabase/functions/draft-messages/prompt.ts';
import { readDraft } from '../members.ts';
import { CLUB } from '../messaging.ts';
import { minutes, useBatches } from './batched-drafts.ts';

const club = useBatches();
const { open, plan, runAfter, run, read, sourcesOf, requests, batches, known, charges, wordings } = club;

describe('Drafts that have time and are many', () => {
  it('are asked for together, and their words are stored when Anthropic has answered, at half the price', async () => {
    await open();
    const ids = await plan();
    expect(await run()).toEqual({ drafted: 0, fallbacks: 0, posts: 0, complete: true });
    const [batch] = await batches();
    expect(batch.requests.map((each: { custom_id: string }) => each.custom_id).sort()).toEqual(ids.sort());
    expect(await known()).toMatchObject({ state: 'in_progress', provider_id: batch.id });

    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3, fallbacks: 0, posts: 3 });
    for (const draft of await read(ids)) {
      expect(draft).toMatchObject({
        status: 'pending',
        source: 'claude',
        version: 1,
        author: 'claude:claude-haiku-5-5',
      });
      expect(draft.usage).toMatchObject({
        model: 'claude-haiku-5-5',
        prompt_version: PROMPT_VERSION,
        attempts: 1,
        is_batch: true,
      });
      const { usage } = draft;
      expect(usage.cost_micro_usd).toBe(costMicroUsd('claude-haiku-5-5', usage, { isBatch: true }));
      expect(usage.cost_micro_usd * 2).toBeGreaterThanOrEqual(costMicroUsd('claude-haiku-5-5', usage));
    }
    expect(await known()).toMatchObject({ state: 'ended', counts: { succeeded: 3 } });
    const costs = (await read(ids)).map(({ usage }) => usage.cost_micro_usd);
    expect((await charges(true)).map(({ cost }) => cost).sort()).toEqual(costs.sort());
    expect(await charges(false)).toEqual([]);
  });

  it('are asked the same question as a single one', async () => {
    await open();
    const [id] = await plan();
    await run();
    await runAfter(minutes(1));
    const inBatch = (await requests())[0].request;
    // The same member's facts, asked alone.
    await club.world.sql`delete from campaigns.drafts where draft_id = ${id!}`;
    await plan(1);
    await run();
    expect((await requests()).at(-1).request).toEqual(inBatch);
  });

  it('are too few below the threshold: each is asked for at once', async () => {
    await open();
    expect(await sourcesOf(await plan(2))).toEqual([null, null]);
    expect(await run()).toMatchObject({ drafted: 2 });
    expect(await batches()).toEqual([]);
  });

  it('make no batch with those that have no time: birthdays, what expires soon, and answers to a member who wrote', async () => {
    await open();
    const [birthday, soon, answer, ...others] = await plan(6);
    await club.world.sql`update campaigns.drafts set scenario = 'birthday' where draft_id = ${birthday!}`;
    await club.world.sql`
      update campaigns.drafts set expires_at = ${new Date(club.world.now().getTime() + minutes(170))} where draft_id = ${soon!}`;
    await club.world.sql`
      select campaigns.note_inbound(${CLUB}, client_id, phone, ${club.world.now()}, ${club.world.now()})
      from campaigns.drafts join crm.clients using (club_id, client_id) where draft_id = ${answer!}`;
    expect(await run()).toMatchObject({ drafted: 3 });
    expect(await sourcesOf([birthday!, soon!, answer!])).toEqual(['claude', 'claude', 'claude']);
    expect(await sourcesOf(others)).toEqual([null, null, null]);
    expect((await batches())[0].requests).toHaveLength(3);
  });

  it('for which there is no budget get the standard text at once', async () => {
    await open();
    await club.world.sql`update core.settings set drafting_daily_drafts = 2`;
    const ids = await plan(4);
    expect(await run()).toMatchObject({ drafted: 2, fallbacks: 2 });
    await runAfter(minutes(1));
    expect((await sourcesOf(ids)).sort()).toEqual(['claude', 'claude', 'static', 'static']);
  });

  it('are not asked for without a key', async () => {
    await open({ batchFrom: 3, isDraftingOff: true });
    await plan();
    expect(await run()).toMatchObject({ drafted: 3, fallbacks: 3 });
    expect(await club.world.sql`select * from campaigns.draft_batches`).toHaveLength(0);
  });

  it('are read in slices, each in a run of its own, which are due at once', async () => {
    await open();
    const count = SLICE + 3;
    const ids = await plan(count);
    await club.world.sql`update campaigns.drafts set delivery_mode = 'notification'`;
    await run();
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: SLICE });
    expect((await club.world.sql`select campaigns.is_batch_due(${club.world.now()}) as due`)[0]!.due).toBe(
      true,
    );
    expect(await run()).toMatchObject({ drafted: 3 });
    expect(await wordings()).toBe(count);
    expect(new Set(await sourcesOf(ids))).toEqual(new Set(['claude']));
    expect(await known()).toMatchObject({ state: 'ended' });
  });

  it('are looked at once a minute, not at every run', async () => {
    await open();
    await plan();
    await club.world.outside.control('POST', '/claude/batches/delay', { seconds: 90 });
    await run();
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 0 });
    expect(await runAfter(30_000)).toMatchObject({ drafted: 0 });
    expect(await runAfter(30_000)).toMatchObject({ drafted: 3 });
  });

  it('and that were voided meanwhile are not written, but what they cost is counted', async () => {
    await open();
    const [id] = await plan();
    await run();
    await club.world
      .sql`select campaigns.skip_drafts(${CLUB}, ${[id!]}, 'suppressed', 'operator:x', ${club.world.now()})`;
    await runAfter(minutes(1));
    expect(await readDraft(club.world, id!)).toMatchObject({ status: 'cancelled', version: 0 });
    expect((await charges(true)).every(({ cost }) => cost! > 0)).toBe(true);
  });
});

describe('An answer in a batch', () => {
  it('that does not pass the checks is repaired alone, with the reasons, and both tries are charged', async () => {
    await open();
    const ids = await plan();
    await club.world.fault('claude', 'invent');
    await run();
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3, fallbacks: 0 });
    const repaired = (await read(ids)).filter(({ usage }) => usage.repaired);
    expect(repaired).toHaveLength(1);
    const [draft] = repaired;
    expect(draft).toMatchObject({ source: 'claude', usage: { attempts: 2 } });
    expect(draft!.usage).not.toHaveProperty('is_batch');
    const previous = JSON.parse(
      (await requests()).at(-1).request.messages[0].content[0].text,
    ).previous_attempt;
    expect(previous.problems).toEqual(draft!.usage.repaired);
    const [inBatch] = (await charges(true)).filter(({ draft_id }) => draft_id === draft!.draft_id);
    expect(inBatch!.cost).toBeGreaterThan(0);
    expect(await charges(false)).toMatchObject([{ draft_id: draft!.draft_id }]);
  });

  it('that fails them again alone gets the standard text: one repair, not two', async () => {
    await open();
    const ids = await plan();
    await club.world.fault('claude', 'invent', { times: 'always' });
    await run();
    await runAfter(minutes(1));
    for (const { source, usage } of await read(ids)) {
      expect(source).toBe('static');
      expect(usage).toMatchObject({ attempts: 2, fallback_cause: 'checks' });
    }
    expect(await requests()).toHaveLength(6);
  });

  it.each(['refuse', 'truncate', 'malformed'])('that is none (%s) gets the standard text', async (kind) => {
    await open();
    const ids = await plan();
    await club.world.fault('claude', kind);
    await run();
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3, fallbacks: 1 });
    const [draft] = (await read(ids)).filter(({ source }) => source === 'static');
    expect(draft!.usage).toMatchObject({ fallback_cause: 'no_answer', is_batch: true });
    expect(draft!.usage.cost_micro_usd).toBeGreaterThan(0);
  });

  it.each(['batch_item_errored', 'batch_item_expired', 'batch_expires'])(
    'that never came (%s) costs nothing, and the draft is written alone',
    async (kind) => {
      await open();
      const ids = await plan();
      await club.world.fault('claude', kind);
      await run();
      expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3, fallbacks: 0 });
      expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
      const unanswered = (await charges(true)).filter(({ cost }) => cost === 0);
      expect(unanswered).toHaveLength(kind === 'batch_expires' ? 3 : 1);
      expect(await charges(false)).toHaveLength(unanswered.length);
    },
  );
});
