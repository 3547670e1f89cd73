import { error, fail } from '@sveltejs/kit';
import { answerForm, templateForm, wishForm } from '#lib/answer-form.ts';
import type { Answered } from '#lib/conversation.ts';
import { NOW } from '#lib/freshness.ts';
import { readConversation } from '#lib/server/db/conversations.ts';
import { readExplanation } from '#lib/server/db/explanation.ts';
import {
  answerByTemplate,
  answerConversation,
  closeConversation,
  settleWish,
} from '#lib/server/db/replies.ts';
import type { Refusal } from '#lib/server/db/replies.ts';
import { readSuggestion, requestSuggestion } from '#lib/server/db/suggestions.ts';
import { readAnswerTemplates, readThread } from '#lib/server/db/threads.ts';
import { phoneText } from '#lib/server/phone.ts';
import { closedWords, conversationWords as words } from '#lib/words/conversation.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, user }, params, depends }) => {
  depends(NOW);
  const { club, conversation: conversationId } = params;
  const conversation = await readConversation(api, club, conversationId);
  if (!conversation) error(404, { message: frame.notFound.title, sentence: words.unknown });
  const [messages, templates, suggestion, rules] = await Promise.all([
    readThread(api, club, conversationId),
    conversation.is_open ? readAnswerTemplates(api, club, conversationId) : [],
    conversation.is_open ? readSuggestion(api, club, conversation) : null,
    readExplanation(api, club, conversation.client_id),
  ]);
  const winner = rules?.find(({ is_winner }) => is_winner);
  return {
    conversation,
    messages,
    templates,
    suggestion,
    segment: winner ? { code: winner.segment, name: winner.name } : null,
    phoneText: phoneText(conversation.phone),
    // One for each form that is shown: sent twice, it is one answer.
    answerId: crypto.randomUUID() as string,
    me: user?.id ?? '',
  };
};

/** Which conversation an action is about: the route's matchers have made them numbers; an action's type does not know. */
function which(params: { club: string | number; conversation: string | number }) {
  const [clubId, conversationId] = [Number(params.club), Number(params.conversation)];
  if (!Number.isSafeInteger(clubId) || !Number.isSafeInteger(conversationId))
    error(404, frame.notFound.title);
  return { clubId, conversationId };
}

function refused({ sentence, isForbidden }: Refusal, kept: Partial<Answered> = {}) {
  return fail<Answered>(isForbidden ? 403 : 400, { tone: 'error', text: sentence, ...kept });
}

/** With the id of the next answer: one that is used up would be taken for the same again. */
const sent = () =>
  ({
    tone: 'success',
    text: words.answer.sent,
    answerId: crypto.randomUUID(),
  }) satisfies Answered as Answered;

const told = (tone: Told['tone'], text: string) => ({ tone, text }) satisfies Answered as Answered;

/** What was typed, to be shown again when it could not be sent. */
function kept(fields: FormData): Partial<Answered> {
  const [typed, answerId] = [fields.get('message'), fields.get('answer')];
  return {
    ...(typeof typed === 'string' ? { typed } : {}),
    ...(typeof answerId === 'string' ? { answerId } : {}),
  };
}

export const actions: Actions = {
  answer: async ({ request, locals: { api }, params }) => {
    const fields = await request.formData();
    const form = answerForm.safeParse(Object.fromEntries(fields));
    if (!form.success)
      return refused({ sentence: words.answer.incomplete, isForbidden: false }, kept(fields));
    const refusal = await answerConversation(api, which(params), form.data);
    return refusal ? refused(refusal, kept(fields)) : sent();
  },
  template: async ({ request, locals: { api }, params }) => {
    const fields = await request.formData();
    const form = templateForm.safeParse(Object.fromEntries(fields));
    if (!form.success)
      return refused({ sentence: words.template.incomplete, isForbidden: false }, kept(fields));
    const refusal = await answerByTemplate(api, which(params), form.data);
    return refusal ? refused(refusal, kept(fields)) : sent();
  },
  suggest: async ({ request, locals: { api }, params }) => {
    const fields = await request.formData();
    const refusal = await requestSuggestion(api, which(params));
    if (refusal) return refused({ sentence: refusal, isForbidden: false }, kept(fields));
    return { ...told('success', words.suggestion.asked), ...kept(fields) };
  },
  close: async ({ locals: { api }, params }) => {
    const answer = await closeConversation(api, which(params));
    if (typeof answer === 'object') return refused(answer);
    const { tone, text } = closedWords(answer);
    return told(tone, text);
  },
  settle: async ({ request, locals: { api }, params }) => {
    const form = wishForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return refused({ sentence: words.invalid, isForbidden: false });
    const refusal = await settleWish(api, which(params), form.data);
    if (refusal) return refused(refusal);
    return told('success', form.data.wish === 'stop' ? words.wish.stopped : words.wish.kept);
  },
};
