// Keeps our mirror of the WhatsApp templates and of the number true, and submits the product's own templates that are missing.
// POST {"mode": "mirror"} (the default) or {"mode": "submit"}; answers {mirrored, clubs, submitted, refused, number}.
import { z } from 'zod';
import type { StarterTemplate } from '../../../shared/starter-templates/starter-template.ts';
import type { Now } from '../_shared/clock.ts';
import { createCronApp, OutsideServiceError } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import type { Database } from '../_shared/database.ts';
import { GraphError, GraphUnansweredError } from '../_shared/graph.ts';
import type { Log } from '../_shared/log.ts';
import type { AccountTemplates } from './account-templates.ts';
import { runNumberRound } from './number-round.ts';
import type { NumberDeps } from './number-round.ts';
import { toMirror } from './template-mirror.ts';
import type { ListedTemplate } from './template-mirror.ts';

export interface SyncTemplatesDeps extends CronDeps, NumberDeps {
  database: Database;
  templates: AccountTemplates;
  starters: readonly StarterTemplate[];
  now: Now;
}

/** A template that Meta did not take in, and its words for it. */
interface Refusal {
  name: string;
  language: string;
  reason: string;
}

interface Submission {
  submitted: string[];
  refused: Refusal[];
}

/** Meta's own code for "there is one of that name and language": another run was faster. */
const ALREADY_THERE = 2_388_024;

const modes = z.enum(['mirror', 'submit']);
type Mode = z.infer<typeof modes>;
const body = z.strictObject({ mode: modes.default('mirror') });
const clubsSchema = z.array(z.looseObject({ club_id: z.number() }));

const keyOf = ({ name, language }: { name: string; language: string }) => `${name}/${language}`;

/** Errors of Meta, as a sentence with the cure. */
async function askMeta<Answer>(what: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof GraphError) {
      throw new OutsideServiceError(
        `WhatsApp refused ${what}: ${cause.message}. Check WHATSAPP_TOKEN, WHATSAPP_BUSINESS_ACCOUNT_ID and WHATSAPP_API_VERSION.`,
        { cause },
      );
    }
    if (cause instanceof GraphUnansweredError) {
      throw new OutsideServiceError(
        `WhatsApp gave no answer to ${what}: ${cause.message}. The next run tries again.`,
        { cause },
      );
    }
    throw cause;
  }
}

/** One refused template does not hold up the others: each language is reviewed by itself. */
async function submitMissing(
  deps: SyncTemplatesDeps,
  listed: ListedTemplate[],
  log: Log,
): Promise<Submission> {
  const known = new Set(listed.map(keyOf));
  const result: Submission = { submitted: [], refused: [] };
  for (const template of deps.starters.filter((starter) => !known.has(keyOf(starter)))) {
    try {
      await deps.templates.submit(template);
      result.submitted.push(keyOf(template));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (error.subcode === ALREADY_THERE) continue;
      log.error('template_refused', error, { template: keyOf(template) });
      result.refused.push({ name: template.name, language: template.language, reason: error.message });
    }
  }
  return result;
}

/** What came of a submission, where the clubs can see it. */
async function keepSubmission(
  { database, now }: SyncTemplatesDeps,
  clubIds: number[],
  outcome: { refused: Refusal[]; error: string | null },
): Promise<void> {
  for (const clubId of clubIds) {
    await database.call(
      'keep_submission',
      {
        p_club_id: clubId,
        p_refused: outcome.refused,
        p_error: outcome.error,
        p_now: now().toISOString(),
      },
      z.null(),
    );
  }
}

/** The whole list as Meta has it, after submitting what is missing in it when told to. */
async function readList(
  deps: SyncTemplatesDeps,
  mode: Mode,
  log: Log,
): Promise<Submission & { listed: ListedTemplate[] }> {
  const { templates } = deps;
  const listed = await askMeta('the list of templates', templates.list);
  if (mode === 'mirror') return { listed, submitted: [], refused: [] };
  const submission = await askMeta('a new template', () => submitMissing(deps, listed, log));
  if (submission.submitted.length === 0) return { listed, ...submission };
  return { listed: await askMeta('the list of templates', templates.list), ...submission };
}

export function createApp(deps: SyncTemplatesDeps) {
  const { database, now } = deps;
  return createCronApp(deps, body, async ({ body: { mode }, log }) => {
    const clubs = await database.call('clubs', {}, clubsSchema);
    const clubIds = clubs.map((club) => club.club_id);
    const isNumberRead = await runNumberRound(deps, log);
    let read: Awaited<ReturnType<typeof readList>>;
    try {
      read = await readList(deps, mode, log);
    } catch (error) {
      if (mode === 'submit' && error instanceof OutsideServiceError)
        await keepSubmission(deps, clubIds, { refused: [], error: error.message });
      throw error;
    }
    const { listed, submitted, refused } = read;
    for (const clubId of clubIds) {
      await database.call(
        'mirror_templates',
        { p_club_id: clubId, p_templates: listed.map(toMirror), p_now: now().toISOString() },
        z.number(),
      );
    }
    if (mode === 'submit') await keepSubmission(deps, clubIds, { refused, error: null });
    const number = isNumberRead ? 'read' : 'not read';
    const answer = { mirrored: listed.length, clubs: clubs.length, submitted, refused, number };
    log.info('mirrored', answer);
    return answer;
  });
}
