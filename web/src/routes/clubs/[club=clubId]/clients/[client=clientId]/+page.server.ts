import { error, fail } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readForecasts } from '#lib/server/db/bg-nbd.ts';
import { readClient } from '#lib/server/db/clients.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { myClubs } from '#lib/server/db/clubs.ts';
import {
  consentForm,
  liftForm,
  liftSuppression,
  readConsents,
  readMarketingState,
  recordConsent,
  withdrawalForm,
  withdrawConsent,
} from '#lib/server/db/consents.ts';
import type { Refusal } from '#lib/server/db/consents.ts';
import { readClientConversation } from '#lib/server/db/conversations.ts';
import { readClientDoNotWake } from '#lib/server/db/do-not-wake.ts';
import { readExplanation } from '#lib/server/db/explanation.ts';
import { readClientChanges } from '#lib/server/db/segment-changes.ts';
import type { Api } from '#lib/server/supabase.ts';
import { clientWords } from '#lib/words/client.ts';
import { consentWords as consent } from '#lib/words/consent.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

const CHANGES_SHOWN = 50;

// Without parent(), as on the overview: read again when the numbers changed.
export const load: PageServerLoad = async ({ locals: { api, user }, params, depends }) => {
  depends(NUMBERS);
  const { club, client: clientId } = params;
  const [asOf, client] = await Promise.all([readToday(api, club), readClient(api, club, clientId)]);
  if (asOf === null) error(404, frame.notFound.title);
  const unknown = { message: frame.notFound.title, sentence: clientWords.unknown };
  if (!client) error(404, unknown);

  const [rules, forecasts, changes, doNotWake, marketing, consents, conversation] = await Promise.all([
    readExplanation(api, club, clientId),
    readForecasts(api, club, asOf, [clientId]),
    readClientChanges(api, club, clientId, CHANGES_SHOWN),
    readClientDoNotWake(api, club, clientId),
    readMarketingState(api, club, clientId),
    readConsents(api, club, clientId),
    readClientConversation(api, club, clientId),
  ]);
  if (!rules || !marketing) error(404, unknown);
  const forecast = forecasts[clientId] ?? null;
  const known = { client, rules, forecast, changes, doNotWake, marketing, consents, conversation };
  return { asOf, ...known, me: user?.id ?? '' };
};

/** Whom an action is about, on the clock of their club. */
async function whose(api: Api, params: { club: string | number; client: string | number }) {
  const [clubId, clientId] = [Number(params.club), Number(params.client)];
  const club = (await myClubs(api)).find((mine) => mine.club_id === clubId);
  if (!club || !Number.isSafeInteger(clientId)) error(404, frame.notFound.title);
  return { clubId, clientId, timezone: club.timezone };
}

const invalid = () => fail<Told>(400, { tone: 'error', text: consent.invalid });

const refused = (refusal: Refusal) =>
  refusal === 'not_allowed'
    ? fail<Told>(403, { tone: 'error', text: consent.readOnly })
    : fail<Told>(400, { tone: 'error', text: refusal.sentence });

const told = (text: string) => ({ tone: 'success', text }) satisfies Told as Told;

export const actions: Actions = {
  record: async ({ request, locals: { api }, params }) => {
    const form = consentForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return invalid();
    const refusal = await recordConsent(api, await whose(api, params), form.data);
    return refusal ? refused(refusal) : told(consent.record.saved);
  },
  withdraw: async ({ request, locals: { api }, params }) => {
    const form = withdrawalForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return invalid();
    const answer = await withdrawConsent(api, await whose(api, params), form.data);
    return typeof answer === 'object' && 'messages' in answer
      ? told(consent.withdraw.saved(answer))
      : refused(answer);
  },
  lift: async ({ request, locals: { api }, params }) => {
    const form = liftForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return invalid();
    const refusal = await liftSuppression(api, await whose(api, params), form.data);
    return refusal ? refused(refusal) : told(consent.lift.saved);
  },
};
