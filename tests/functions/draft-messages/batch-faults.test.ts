import { describe, expect, it } from 'vitest';
import { readDraft } from '../members.ts';
import { CLUB } from '../messaging.ts';
import { minutes, useBatches } from './batched-drafts.ts';

const club = useBatches();
const { open, plan, runAfter, run, read, sourcesOf, batches, known, charges, wordings } = club;

describe('A batch', () => {
  it.each(['overloaded', 'batch_refused'])(
    'that Anthropic does not take (%s) costs nothing, and its drafts are written alone',
    async (kind) => {
      await open();
      const ids = await plan();
      await club.world.fault('claude', kind);
      expect(await run()).toMatchObject({ drafted: 3, fallbacks: 0 });
      expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
      expect(await known()).toMatchObject({
        state: 'failed',
        error: expect.stringMatching(/^Claude answered (400|529)/),
      });
      expect((await charges(true)).map(({ cost }) => cost)).toEqual([0, 0, 0]);
    },
  );

  it('that it may have taken is written alone, and stays reserved', async () => {
    await open();
    await plan();
    await club.world.fault('claude', 'batch_unanswered');
    expect(await run()).toMatchObject({ drafted: 3 });
    expect(await batches()).toHaveLength(1);
    expect((await charges(true)).map(({ cost }) => cost)).toEqual([null, null, null]);
    await runAfter(minutes(5));
    expect(await wordings()).toBe(3);
  });

  it('that takes more than an hour is cancelled: what was answered is used, the rest written alone', async () => {
    await open();
    const ids = await plan();
    await club.world.fault('claude', 'batch_hangs', { answered: 1 });
    await run();
    expect(await runAfter(minutes(59))).toMatchObject({ drafted: 0 });
    expect((await batches())[0].processing_status).toBe('in_progress');
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 0 });
    expect((await batches())[0].processing_status).toBe('canceling');
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3, fallbacks: 0 });
    const drafts = await read(ids);
    expect(drafts.filter(({ usage }) => usage.is_batch)).toHaveLength(1);
    expect((await charges(true)).map(({ cost }) => cost! > 0).sort()).toEqual([false, false, true]);
    expect(await known()).toMatchObject({ state: 'ended', cancelled_at: expect.any(Date) });
  });

  it('that cannot even be cancelled is given up, and nothing is stuck', async () => {
    await open();
    const ids = await plan();
    await club.world.fault('claude', 'batch_hangs');
    await run();
    await club.world.fault('claude', 'server_error');
    await runAfter(minutes(61));
    expect(await runAfter(minutes(14))).toMatchObject({ drafted: 3 });
    expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
    expect(await known()).toMatchObject({ state: 'failed' });
  });

  it('of which Anthropic knows nothing any more is given up at once', async () => {
    await open();
    await plan();
    await run();
    await club.world.sql`update campaigns.draft_batches set provider_id = 'msgbatch_gone'`;
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 3 });
    expect(await known()).toMatchObject({ state: 'failed' });
  });
});

describe('Whoever dies', () => {
  const claim = () =>
    club.world
      .sql`select api.claim_batch(3, 1000, 'claude-haiku-5-5', 'p', 700, ${club.world.now()}) as batch`;

  it('between claiming and submitting leaves drafts that are written alone when their lease ends', async () => {
    await open();
    const ids = await plan();
    await claim();
    expect(await run()).toMatchObject({ drafted: 0 });
    expect(await runAfter(minutes(10))).toMatchObject({ drafted: 3 });
    expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
    expect(await known()).toMatchObject({ state: 'failed' });
    // Whether Anthropic took it nobody knows: the money stays reserved.
    expect((await charges(true)).map(({ cost }) => cost)).toEqual([null, null, null]);
    expect(await batches()).toEqual([]);
  });

  it('between Anthropic’s answer and ours leaves drafts that are written alone, and the money reserved', async () => {
    await open();
    const ids = await plan();
    await club.world.sql`alter function api.start_batch rename to lost_batch`;
    expect(await run()).toMatchObject({ drafted: 0, complete: true });
    expect(await batches()).toHaveLength(1);
    expect(await runAfter(minutes(10))).toMatchObject({ drafted: 3 });
    await runAfter(minutes(1));
    expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
    expect(await wordings()).toBe(3);
    expect(await batches()).toHaveLength(1);
    expect((await charges(true)).map(({ cost }) => cost)).toEqual([null, null, null]);
  });

  it('and comes back when its batch was given up cancels it', async () => {
    await open();
    await plan();
    await club.world.sql`
      create or replace function api.start_batch(p_club_id bigint, p_batch_id uuid, p_provider_id text, p_now timestamptz)
      returns boolean language sql set search_path = '' as $$
        select campaigns.close_batch(p_club_id, p_batch_id, 'given up', false, p_now);
        select campaigns.start_batch(p_club_id, p_batch_id, p_provider_id, p_now)
      $$`;
    expect(await run()).toMatchObject({ drafted: 3 });
    expect((await batches())[0].processing_status).toBe('canceling');
    await runAfter(minutes(5));
    expect(await wordings()).toBe(3);
  });

  it('while reading leaves the rest to the next, who writes nothing twice', async () => {
    await open();
    const ids = await plan();
    await run();
    // One answer is stored, the rest of the run is lost.
    const [item] = await club.world.sql`select * from campaigns.draft_batch_items order by draft_id limit 1`;
    await club.world.sql`
      select api.store_draft(${CLUB}, ${item!.draft_id}, ${item!.lease_token}, 'Chybíte nám, přijďte.', 'claude', 'claude:x',
        '{"attempts": 1, "cost_micro_usd": 5}', ${club.world.now()})`;
    expect(await runAfter(minutes(1))).toMatchObject({ drafted: 2 });
    expect(await wordings()).toBe(3);
    expect((await readDraft(club.world, String(item!.draft_id))).message).toBe('Chybíte nám, přijďte.');
    expect(await sourcesOf(ids)).toEqual(['claude', 'claude', 'claude']);
  });

  it('or comes twice at once makes one batch and one wording of each', async () => {
    await open();
    await plan(5);
    await Promise.all([club.world.run('draft-messages'), club.world.run('draft-messages')]);
    expect((await batches()).length).toBe(1);
    club.world.pass(minutes(1));
    await club.world.sync();
    await Promise.all([club.world.run('draft-messages'), club.world.run('draft-messages')]);
    await run();
    expect(await wordings()).toBe(5);
    expect((await charges(true)).every(({ cost }) => cost! > 0)).toBe(true);
  });
});
