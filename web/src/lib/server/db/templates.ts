import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import type { Template } from '#lib/template-table.ts';
import type { TemplateRequest } from '#lib/words/template.ts';
import { read } from './answer.ts';
import { instant } from './column.ts';

const templates = z.array(
  z.object({
    scenario: z.string().nullable(),
    language: z.string(),
    name: z.string().nullable(),
    template_language: z.string().nullable(),
    status: z.string().nullable(),
    is_usable: z.boolean(),
    is_current: z.boolean(),
    why_not: z.string().nullable(),
    since: instant.nullable(),
    is_resumable: z.boolean(),
    body: z.string().nullable(),
    footer: z.string().nullable(),
  }),
);

const COLUMNS = templates.element.keyof().options.join(', ');

/** Every WhatsApp template of a club, and a row for each scenario and language that has none. */
export async function readTemplates(api: Api, clubId: number): Promise<Template[]> {
  const answer = await api
    .from('templates')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .order('name')
    .order('template_language');
  return read('api.templates', answer, templates);
}

const requests = z
  .array(
    z.object({
      requested_at: instant.nullable(),
      answered_at: instant.nullable(),
      failed_at: instant.nullable(),
      error: z.string().nullable(),
      synced_at: instant.nullable(),
    }),
  )
  .length(1);

const REQUEST_COLUMNS = requests.element.keyof().options.join(', ');

/** When the starter templates were last asked for, and what came of it. */
export async function readTemplateRequest(api: Api, clubId: number): Promise<TemplateRequest> {
  const answer = await api.from('template_requests').select(REQUEST_COLUMNS).eq('club_id', clubId);
  return read('api.template_requests', answer, requests)[0]!;
}

/** What the database says to a person who may not, to a template that is not there, and to one that Meta itself stops. */
const REFUSALS = ['42501', 'P0002', '55000'];

/** Asks for the starter templates to be submitted; why not, when it is refused. */
export async function requestTemplates(api: Api, clubId: number): Promise<string | null> {
  const answer = await api.rpc('request_template_submission', { p_club_id: clubId });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.request_template_submission', answer, z.unknown());
  return null;
}

export const resumeForm = z.object({ name: z.string().min(1), language: z.string().min(1) });

/** Takes a stopped template up again; why not, when it is refused. */
export async function resumeTemplate(
  api: Api,
  clubId: number,
  { name, language }: z.infer<typeof resumeForm>,
): Promise<string | null> {
  const answer = await api.rpc('resume_template', {
    p_club_id: clubId,
    p_name: name,
    p_language: language,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.resume_template', answer, z.unknown());
  return null;
}
