import { fail, redirect } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import { readScenarios } from '#lib/server/db/scenarios.ts';
import { readTrial, requestTrial, trialForm } from '#lib/server/db/trials.ts';
import { changeVoice, readVoices } from '#lib/server/db/voices.ts';
import { differs, readVoiceForm } from '#lib/voice-form.ts';
import type { VoiceFields } from '#lib/voice-form.ts';
import { voiceWords as words } from '#lib/words/voice.ts';
import type { Actions, PageServerLoad } from './$types';

/** Each but the last is shown with what it changed. */
const VERSIONS_READ = 31;
const ID = /^[1-9]\d{0,14}$/;

export const load: PageServerLoad = async ({ locals: { api, user }, params: { club }, url, depends }) => {
  depends(NOW);
  const asked = url.searchParams.get('trial') ?? '';
  const [voices, scenarios, trial] = await Promise.all([
    readVoices(api, club, VERSIONS_READ),
    readScenarios(api, club),
    ID.test(asked) ? readTrial(api, club, Number(asked)) : null,
  ]);
  return {
    voices,
    scenarios: scenarios.map(({ code, name }) => ({ code, name })),
    trial,
    /** How often the page was loaded again while it waits for a try. */
    looks: Number(url.searchParams.get('look')) || 0,
    me: user?.id ?? '',
  };
};

/** What a person is told; what they typed stays in its fields. */
interface Outcome {
  typed?: VoiceFields;
  choice?: Record<string, string>;
  refusal?: { title: string; text: string };
  saved?: string;
  /** The version that is to be there still when they save again. */
  version?: number;
}

const refused = (outcome: Outcome) => fail<Outcome>(400, outcome);

export const actions: Actions = {
  save: async ({ request, locals: { api }, params }) => {
    const { typed, input, version } = readVoiceForm(await request.formData());
    const clubId = Number(params.club);
    const [current] = await readVoices(api, clubId, 1);
    if (current && !differs(typed, current)) {
      return { typed, saved: words.same, version: current.version } satisfies Outcome as Outcome;
    }
    const saved = await changeVoice(api, clubId, input, version);
    if (typeof saved !== 'number') {
      // Whoever is told of another's version has seen it: saving once more is a choice.
      const [newest] = await readVoices(api, clubId, 1);
      return refused({
        typed,
        refusal: { title: words.refused, text: saved.refusal },
        version: newest?.version,
      });
    }
    return { typed, saved: words.saved(saved), version: saved } satisfies Outcome as Outcome;
  },
  try: async ({ request, locals: { api }, params, url }) => {
    const fields = await request.formData();
    const { typed, input, version } = readVoiceForm(fields);
    const choice = trialForm.safeParse(Object.fromEntries(fields));
    const notTried = (text: string) =>
      refused({
        typed,
        choice: choice.data,
        refusal: { title: words.notTried, text },
        version,
      });
    if (!choice.success) return notTried(words.trial.invalid);
    const asked = await requestTrial(api, Number(params.club), input, choice.data);
    if (typeof asked !== 'number') return notTried(asked.refusal);
    // An address of its own: it can be loaded again while it waits, and brings back what was typed.
    redirect(303, `${url.pathname}?trial=${asked}#trial`);
  },
};
