// Trying out a voice: asked for, claimed and written as draft-messages does it.
import type { JSONValue, Row } from 'postgres';
import { Campaign, template } from './campaign.ts';
import type { Club } from './club.ts';

const BY = 'operator:eva';
const LEASE_SECONDS = 60;

export interface Task {
  club_id: number;
  trial_id: number;
  place: number;
  lease_token: string;
  scenario: string;
  language: string;
  form: string;
  facts: { id: string; value: JSONValue }[];
  voice: { version: number; tone: string; forbidden_words: string[] };
  frame: string;
  static_reason: string | null;
}

/** Of the scenario they are tried in, in three languages. */
const TEMPLATES = ['cs', 'uk', 'en'].map((language) => template({ language }));

export async function openTrials(club: Club): Promise<Campaign> {
  const campaign = await Campaign.start(club);
  await campaign.templates(TEMPLATES);
  return campaign;
}

interface Asked {
  voice?: JSONValue;
  scenario?: string;
  language?: string | null;
  form?: string;
}

export async function ask(
  { sql, club, now }: Campaign,
  { voice = {}, scenario = 'reactivation', language = null, form = 'template' }: Asked = {},
): Promise<number> {
  const [row] = await sql<{ trial: number }[]>`
    select campaigns.request_trial(
      ${club.id}, ${sql.json(voice)}, ${scenario}, ${language}, ${form}, ${BY}, ${now}
    )::int as trial`;
  return row!.trial;
}

/** Claims all that wait; the tasks of this club. */
export async function claim({ sql, club, now }: Campaign, model: string | null = null): Promise<Task[]> {
  const [row] = await sql<{ tasks: Task[] }[]>`
    select api.claim_trials(100, ${LEASE_SECONDS}, ${model}, ${model && 1000}, ${now}) as tasks`;
  return row!.tasks.filter(({ club_id }) => club_id === club.id);
}

export async function store({ sql, now }: Campaign, task: Task, message = 'Chybíte nám.'): Promise<string> {
  const usage = { cost_micro_usd: 7, attempts: 1 };
  const [row] = await sql<{ state: string }[]>`
    select api.store_trial_draft(
      ${task.club_id}, ${task.trial_id}, ${task.place}, ${task.lease_token}, ${message}, 'claude', 'claude:x', ${sql.json(usage)}, ${now}
    ) as state`;
  return row!.state;
}

export async function read({ sql, club }: Campaign, trial: number): Promise<Row> {
  const [row] = await sql`
    select state, error, claims from campaigns.voice_trials where club_id = ${club.id} and trial_id = ${trial}`;
  return row!;
}

export const drafts = ({ sql, club }: Campaign, trial: number) => sql`
  select draft.place, client.external_id as client, draft.fits, draft.variables, draft.template_language as language,
    draft.message, draft.rendered
  from campaigns.trial_drafts as draft
  join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id} and trial_id = ${trial}
  order by place`;

export const clientsOf = async (campaign: Campaign, trial: number) =>
  (await drafts(campaign, trial)).map(({ client }) => client as string);
