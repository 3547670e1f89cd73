import { error, fail } from '@sveltejs/kit';
import { effectPeriod } from '#lib/effect-choice.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { requestBacktest } from '#lib/server/db/backtests.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readEffects } from '#lib/server/db/effects.ts';
import { previewScenario } from '#lib/server/db/preview.ts';
import { readScenario } from '#lib/server/db/scenario.ts';
import { backtestWords } from '#lib/words/backtest.ts';
import { frame } from '#lib/words/frame.ts';
import { scenarioWords } from '#lib/words/scenario.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club, scenario }, depends }) => {
  depends(NUMBERS);
  const [asOf, shown] = await Promise.all([readToday(api, club), readScenario(api, club, scenario)]);
  if (asOf === null) error(404, frame.notFound.title);
  if (!shown) error(404, { message: frame.notFound.title, sentence: scenarioWords.unknown(scenario) });
  const [preview, effects] = await Promise.all([
    previewScenario(api, club, scenario),
    readEffects(api, club, ...effectPeriod(90, asOf)),
  ]);
  return {
    asOf,
    scenario: shown,
    preview,
    effect: effects.find((effect) => effect.scenario === scenario) ?? null,
  };
};

export const actions: Actions = {
  alone: async ({ locals: { api }, params }) => ask(api, Number(params.club), params.scenario),
  together: async ({ locals: { api }, params }) => ask(api, Number(params.club), null),
};

async function ask(api: App.Locals['api'], clubId: number, scenario: string | null) {
  const isAllowed = await requestBacktest(api, clubId, scenario);
  if (!isAllowed) return fail<Told>(403, { tone: 'error', text: backtestWords.readOnly });
  return { tone: 'success', text: backtestWords.started } satisfies Told as Told;
}
