/** The machinery of a club between planning and queue: each of these is called by a schedule or by a person in life. */
import type { Job, Worker } from './storm-worker.ts';

export const planner: Job = {
  name: 'planner',
  rounds: 2,
  async round(worker) {
    const { club, random, scene } = worker;
    if (random.chance(0.15))
      await worker.do('campaigns.expire_drafts', (sql, now) => sql`select campaigns.expire_drafts(${now})`);
    if (random.chance(0.15))
      await worker.do('segments.tick', (sql, now) => sql`select segments.tick(${club}, ${now})`);
    const whole = random.chance(0.2);
    const { span } = await worker.do(whole ? 'campaigns.tick_club' : 'campaigns.plan', async (sql, now) =>
      whole ? sql`select campaigns.tick_club(${club}, ${now})` : sql`select campaigns.plan(${club}, ${now})`,
    );
    scene.journal.note(span, { kind: 'plan' });
  },
};

interface ClaimedDraft {
  club_id: number;
  draft_id: string;
  lease_token: string;
}

/** Writes, sometimes too late, sometimes never: a lease that ends is taken over. */
export const drafter: Job = {
  name: 'drafter',
  rounds: Infinity,
  async round(worker) {
    const { journal } = worker.scene;
    const { result } = await worker.do('api.claim_drafts', async (sql, now) => {
      const [row] = await sql<
        { drafts: ClaimedDraft[] }[]
      >`select api.claim_drafts(12, 300, null, null, ${now}) as drafts`;
      return row!.drafts;
    });
    for (const { club_id, draft_id, lease_token } of result) {
      if (worker.random.chance(0.05)) continue;
      const message = `Místo ${worker.random.int(1, 1_000_000)} je vaše.`;
      const { span, result: status } = await worker.do('api.store_draft', async (sql, now) => {
        const [row] = await sql<{ status: string }[]>`
          select api.store_draft(
            ${club_id}, ${draft_id}, ${lease_token}, ${message}, 'claude', 'storm', '{}', ${now}
          ) as status`;
        return row!.status;
      });
      if (status === 'pending' || status === 'approved')
        journal.note(span, { kind: 'wording', draft: draft_id, message });
    }
  },
};

interface Pending {
  draft_id: string;
  version: number;
  message: string;
}

async function decide(worker: Worker, pending: Pending, version: number): Promise<void> {
  const decision = worker.random.chance(0.9) ? 'approved' : 'rejected';
  const { span, result } = await worker.do('api.decide_draft_in_telegram', async (sql, now) => {
    const [row] = await sql<{ outcome: string }[]>`
      select api.decide_draft_in_telegram(
        ${pending.draft_id}, ${version}, ${decision}, 42, true, 'Petra', null, ${now}
      ) ->> 'outcome' as outcome`;
    return row!.outcome;
  });
  if (result === 'approved')
    worker.scene.journal.note(span, { kind: 'approval', draft: pending.draft_id, message: pending.message });
}

/** Approves most of what is shown, and taps twice, or on what is old, now and then. */
export const moderator: Job = {
  name: 'moderator',
  rounds: Infinity,
  async round(worker) {
    const pending = await worker.sql<Pending[]>`
      select draft.draft_id, draft.version, wording.message
      from campaigns.drafts as draft
      join campaigns.draft_versions as wording using (club_id, draft_id, version)
      where draft.club_id = ${worker.club} and draft.status = 'pending'
      order by random() limit 10`;
    for (const shown of pending) {
      if (worker.random.chance(0.1)) await decide(worker, shown, shown.version + 1);
      await decide(worker, shown, shown.version);
      if (worker.random.chance(0.2)) await decide(worker, shown, shown.version);
    }
  },
};

export const enqueuer: Job = {
  name: 'enqueuer',
  rounds: Infinity,
  async round(worker) {
    await worker.do('outbox.tick', (sql, now) => sql`select outbox.tick(${now})`);
    await worker.do(
      'outbox.enqueue_approved',
      (sql, now) => sql`select outbox.enqueue_approved(${worker.club}, ${now})`,
    );
  },
};
