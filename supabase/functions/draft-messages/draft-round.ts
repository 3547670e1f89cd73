// Claims a few drafts, has them written at once, and stores the words of each.
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { claimedDraft } from './claimed-draft.ts';
import type { ClaimedDraft } from './claimed-draft.ts';
import { estimateMicroUsd } from './question.ts';
import { toStatic } from './writer.ts';
import type { Writer, Written } from './writer.ts';

export interface DraftDeps {
  database: Database;
  write: Writer;
  /** Null: drafting is off, nothing is charged. */
  model: string | null;
  now: Now;
}

const BATCH = 5;
/** Two tries of 25 s, each repeated once by the client, and the storing: whoever takes longer has died. */
const LEASE_SECONDS = 180;

async function store({ database, now }: DraftDeps, draft: ClaimedDraft, written: Written): Promise<void> {
  await database.call(
    'store_draft',
    {
      p_club_id: draft.club_id,
      p_draft_id: draft.draft_id,
      p_lease_token: draft.lease_token,
      p_message: written.message,
      p_source: written.source,
      p_author: written.author,
      p_usage: written.usage,
      p_now: now().toISOString(),
    },
    z.string(),
  );
}

/** Stores the words of a draft; where they came from in the end. */
export async function keepWritten(
  deps: DraftDeps,
  draft: ClaimedDraft,
  written: Written,
  log: Log,
): Promise<Written['source']> {
  const { fallback_reason: reason } = written.usage;
  log.info('written', { source: written.source, reason });
  try {
    await store(deps, draft, written);
    return written.source;
  } catch (error) {
    // The database refuses words that do not fit the template, which only it knows: the static line does.
    const isRefused = error instanceof DatabaseError && !error.isTransient && written.source === 'claude';
    if (!isRefused) throw error;
    log.error('words_refused', error);
    await store(deps, draft, toStatic(draft, written.usage, 'template', error.message));
    return 'static';
  }
}

/** Writes and stores one draft. */
async function handle(deps: DraftDeps, draft: ClaimedDraft, log: Log): Promise<Written['source']> {
  const draftLog = log.with({ draft_id: draft.draft_id });
  return keepWritten(deps, draft, await deps.write(draft, draftLog), draftLog);
}

export interface DraftRound {
  claimed: number;
  drafted: number;
  fallbacks: number;
}

/** A draft that cannot be stored stays claimed until its lease ends; it does not hold up the others. */
export async function runDraftRound(deps: DraftDeps, log: Log): Promise<DraftRound> {
  const drafts = await deps.database.call(
    'claim_drafts',
    {
      p_limit: BATCH,
      p_lease_seconds: LEASE_SECONDS,
      p_model: deps.model,
      p_estimate_micro_usd: deps.model && estimateMicroUsd(deps.model),
      p_now: deps.now().toISOString(),
    },
    z.array(claimedDraft),
  );
  const round: DraftRound = { claimed: drafts.length, drafted: 0, fallbacks: 0 };
  const results = await Promise.allSettled(drafts.map((draft) => handle(deps, draft, log)));
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') {
      log.error('draft_failed', result.reason, { draft_id: drafts[index]?.draft_id });
      continue;
    }
    round.drafted += 1;
    if (result.value === 'static') round.fallbacks += 1;
  }
  return round;
}
