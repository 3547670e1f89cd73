// Keeps our mirror of the WhatsApp templates true, and submits the product's own ones that are missing.
// POST {"mode": "mirror"} (the default) or {"mode": "submit"}; answers {mirrored, clubs, submitted, refused}.
import { z } from 'zod';
import type { StarterTemplate } from '../../../shared/starter-templates.ts';
import type { Now } from '../_shared/clock.ts';
import { createCronApp, OutsideServiceError } from '../_shared/cron-app.ts';
import type { CronDeps } from '../_shared/cron-app.ts';
import type { Database } from '../_shared/database.ts';
import { GraphError, GraphUnansweredError } from '../_shared/graph.ts';
import type { Log } from '../_shared/log.ts';
import type { AccountTemplates } from './account-templates.ts';
import { toMirror } from './template-mirror.ts';
import type { ListedTemplate } from './template-mirror.ts';

export interface SyncTemplatesDeps extends CronDeps {
  database: Database;
  templates: AccountTemplates;
  starters: readonly StarterTemplate[];
  now: Now;
}

interface Submission {
  submitted: string[];
  refused: { template: string; error: string }[];
}

const body = z.strictObject({ mode: z.enum(['mirror', 'submit']).default('mirror') });
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
      log.error('template_refused', error, { template: keyOf(template) });
      result.refused.push({ template: keyOf(template), error: error.message });
    }
  }
  return result;
}

export function createApp(deps: SyncTemplatesDeps) {
  const { database, templates, now } = deps;
  return createCronApp(deps, body, async ({ body: { mode }, log }) => {
    const clubs = await database.call('clubs', {}, clubsSchema);
    let listed = await askMeta('the list of templates', templates.list);
    let submission: Submission = { submitted: [], refused: [] };
    if (mode === 'submit') {
      submission = await askMeta('a new template', () => submitMissing(deps, listed, log));
      if (submission.submitted.length > 0) listed = await askMeta('the list of templates', templates.list);
    }
    for (const club of clubs) {
      await database.call(
        'mirror_templates',
        { p_club_id: club.club_id, p_templates: listed.map(toMirror), p_now: now().toISOString() },
        z.number(),
      );
    }
    const answer = { mirrored: listed.length, clubs: clubs.length, ...submission };
    log.info('mirrored', answer);
    return answer;
  });
}
