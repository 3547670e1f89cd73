// A club whose drafts are many enough for a batch, and what a test asks of it.
import { afterEach } from 'vitest';
import { addMember, planDraft, readDraft } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging, MessagingOptions } from '../messaging.ts';

export const minutes = (count: number) => count * 60_000;

/** A world of its own for each test that opens one, in which three drafts make a batch. */
export function useBatches() {
  let world: Messaging;
  afterEach(() => world.closeAll());
  const runAfter = async (ms: number) => {
    world.pass(ms);
    await world.sync();
    return (await world.run('draft-messages')).body;
  };
  const read = (ids: string[]) => Promise.all(ids.map((id) => readDraft(world, id)));
  return {
    get world() {
      return world;
    },
    async open(options: MessagingOptions = { batchFrom: 3 }): Promise<void> {
      world = await openMessaging({ moderationLanguage: 'cs', ...options });
      await world.run('sync-templates', { mode: 'submit' });
    },
    async plan(drafts = 3): Promise<string[]> {
      const ids: string[] = [];
      for (let number = 0; number < drafts; number += 1)
        ids.push(await planDraft(world, await addMember(world)));
      return ids;
    },
    /** Time passes, with the club's facts kept fresh, and draft-messages runs. */
    runAfter,
    run: () => runAfter(0),
    read,
    sourcesOf: async (ids: string[]) => (await read(ids)).map(({ source }) => source ?? null),
    requests: async () => (await world.outside.control('GET', '/claude/requests')).requests,
    /** What Anthropic has, the newest first. */
    batches: async () => (await world.outside.control('GET', '/claude/batches')).batches,
    /** What we know of the first. */
    known: async () => (await world.sql`select * from campaigns.draft_batches order by claimed_at`)[0]!,
    charges: async (isBatch: boolean) =>
      world.sql<{ draft_id: string; cost: number | null }[]>`
        select draft_id, cost_micro_usd::int as cost from campaigns.drafting_charges where is_batch = ${isBatch}`,
    /** How many wordings were ever stored: none is written twice. */
    wordings: async () =>
      (await world.sql`select count(*)::int as count from campaigns.draft_versions`)[0]!.count,
  };
}
