import { error, fail } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import type { StuckMessage } from '#lib/message.ts';
import { deadGroups } from '#lib/problem.ts';
import {
  readStuckMessages,
  requeueForm,
  requeueMessages,
  resolveForm,
  resolveUncertain,
} from '#lib/server/db/stuck-messages.ts';
import {
  readWebhookProblems,
  retryForm,
  retryWebhookProblem,
  settleForm,
  settleWebhookProblem,
} from '#lib/server/db/webhook-problems.ts';
import { phoneText } from '#lib/server/phone.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import { problemWords as words, requeuedWords, resolvedWords } from '#lib/words/problem.ts';
import { settledWords, webhookWords } from '#lib/words/webhook.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 200;

const withPhone = (message: StuckMessage) => ({ ...message, phoneText: phoneText(message.phone) });

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NOW);
  const [dead, uncertain, webhooks] = await Promise.all([
    readStuckMessages(api, club, 'dead', SHOWN),
    readStuckMessages(api, club, 'uncertain', SHOWN),
    readWebhookProblems(api, club),
  ]);
  return {
    dead: { groups: deadGroups(dead.messages.map(withPhone)), shown: dead.messages.length, all: dead.all },
    uncertain: { messages: uncertain.messages.map(withPhone), all: uncertain.all },
    // Nothing, too, for who may not see it.
    webhooks: webhooks ?? [],
  };
};

/** The route's matcher has made it a number; an action's type does not know. */
function clubOf(param: string | number): number {
  const clubId = Number(param);
  if (!Number.isSafeInteger(clubId)) error(404, frame.notFound.title);
  return clubId;
}

const refused = (text: string) => fail<Told>(400, { tone: 'error', text });
const told = (tone: Told['tone'], text: string) => ({ tone, text }) satisfies Told as Told;

export const actions: Actions = {
  requeue: async ({ request, locals: { api }, params }) => {
    const fields = await request.formData();
    // Of a group: those with a tick, or, by the other button, all that are shown.
    const messages = fields.getAll(fields.get('which') === 'all' ? 'of' : 'message');
    const form = requeueForm.safeParse({ messages });
    if (!form.success) return refused(words.invalid);
    const answer = await requeueMessages(api, clubOf(params.club), form.data);
    return typeof answer === 'string' ? refused(answer) : requeuedWords(answer);
  },
  resolve: async ({ request, locals: { api }, params }) => {
    const form = resolveForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const answer = await resolveUncertain(api, clubOf(params.club), form.data);
    return 'refusal' in answer ? refused(answer.refusal) : resolvedWords(answer.status, form.data.arrived);
  },
  settle: async ({ request, locals: { api }, params }) => {
    const form = settleForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(webhookWords.invalid);
    const answer = await settleWebhookProblem(api, clubOf(params.club), form.data);
    return typeof answer === 'string' ? refused(answer) : settledWords(answer);
  },
  retry: async ({ request, locals: { api }, params }) => {
    const form = retryForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused(words.invalid);
    const answer = await retryWebhookProblem(api, clubOf(params.club), form.data);
    if ('refusal' in answer) return refused(answer.refusal);
    return answer.left === null
      ? told('success', webhookWords.readAgain)
      : told('warning', webhookWords.stillThere(answer.left));
  },
};
