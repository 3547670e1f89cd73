import { error, fail } from '@sveltejs/kit';
import { readAutonomyForm } from '#lib/autonomy-form.ts';
import { NOW, NUMBERS } from '#lib/freshness.ts';
import {
  changeAutonomy,
  changeDeliveryMode,
  enableForm,
  enableScenario,
  modeForm,
  readAutonomy,
  readDeliverySettings,
  readScenarioDeliveries,
} from '#lib/server/db/delivery.ts';
import { pauseForm, pauseSending, readSending, resumeSending } from '#lib/server/db/sending.ts';
import type { Switched } from '#lib/server/db/sending.ts';
import { deliveryWords as words } from '#lib/words/delivery.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import { sendingWords } from '#lib/words/sending.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, user }, params: { club }, depends }) => {
  depends(NUMBERS);
  depends(NOW);
  const [settings, sending, scenarios, autonomy] = await Promise.all([
    readDeliverySettings(api, club),
    readSending(api, club),
    readScenarioDeliveries(api, club),
    readAutonomy(api, club),
  ]);
  if (settings === null || sending === null) error(404, frame.notFound.title);
  return { settings, sending, scenarios, autonomy, me: user?.id ?? '' };
};

/** What a person is told; what they typed and is not saved stays in its fields. */
interface Outcome extends Told {
  typed?: Record<string, string>;
}

const refused = (text: string, typed?: Record<string, string>) =>
  fail<Outcome>(400, { tone: 'error', text, ...(typed && { typed }) });
const done = (text: string) => ({ tone: 'success', text }) as Outcome;

const switched = (outcome: Switched, text: string) => {
  if ('refusal' in outcome) return refused(outcome.refusal);
  return done(outcome.changed ? text : sendingWords.unchanged);
};

export const actions: Actions = {
  pause: async ({ request, locals, params }) => {
    const form = pauseForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(sendingWords.invalid);
    const outcome = await pauseSending(locals.api, Number(params.club), form.data.reason);
    return switched(outcome, sendingWords.isPaused);
  },
  resume: async ({ locals, params }) =>
    switched(await resumeSending(locals.api, Number(params.club)), sendingWords.isResumed),
  mode: async ({ request, locals, params }) => {
    const form = modeForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const refusal = await changeDeliveryMode(locals.api, Number(params.club), form.data);
    return refusal ? refused(refusal.refusal) : done(words.saved);
  },
  enable: async ({ request, locals, params }) => {
    const form = enableForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const voided = await enableScenario(locals.api, Number(params.club), form.data);
    if (typeof voided !== 'number') return refused(voided.refusal);
    return done(form.data.choice === 'yes' ? words.scenarios.enabled : words.scenarios.disabled(voided));
  },
  autonomy: async ({ request, locals, params }) => {
    const { typed, changes, mistakes } = readAutonomyForm(await request.formData());
    if (mistakes.length > 0) return refused(mistakes.join(' '), typed);
    if (Object.keys(changes).length === 0) return done(words.autonomy.same);
    const refusal = await changeAutonomy(locals.api, Number(params.club), changes);
    return refusal ? refused(refusal.refusal, typed) : done(words.saved);
  },
};
