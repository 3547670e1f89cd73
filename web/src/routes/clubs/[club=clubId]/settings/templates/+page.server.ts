import { fail } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import { readScenarios } from '#lib/server/db/scenarios.ts';
import {
  readTemplateRequest,
  readTemplates,
  requestTemplates,
  resumeForm,
  resumeTemplate,
} from '#lib/server/db/templates.ts';
import type { Told } from '#lib/words/messages.ts';
import { templateWords as words } from '#lib/words/template.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NOW);
  const [scenarios, templates, request] = await Promise.all([
    readScenarios(api, club),
    readTemplates(api, club),
    readTemplateRequest(api, club),
  ]);
  return { scenarios, templates, request };
};

export const actions: Actions = {
  submit: async ({ locals, params }) => {
    const refusal = await requestTemplates(locals.api, Number(params.club));
    if (refusal !== null) return fail<Told>(403, { tone: 'error', text: refusal });
    return { tone: 'success', text: words.request.saved } satisfies Told as Told;
  },
  resume: async ({ request, locals, params }) => {
    const form = resumeForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return fail<Told>(400, { tone: 'error', text: words.invalid });
    const refusal = await resumeTemplate(locals.api, Number(params.club), form.data);
    if (refusal !== null) return fail<Told>(409, { tone: 'error', text: refusal });
    return { tone: 'success', text: words.stopped.saved } satisfies Told as Told;
  },
};
