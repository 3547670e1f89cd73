import type { PostgrestError } from '@supabase/supabase-js';
import { z } from 'zod';
import type { answerForm, templateForm, wishForm } from '#lib/answer-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

export interface Which {
  clubId: number;
  conversationId: number;
}

/** Why something was not done: the sentence to show, and whether it is the person who may not. */
export interface Refusal {
  sentence: string;
  isForbidden: boolean;
}

const NOT_ALLOWED = '42501';
/** These carry a sentence for whoever asked. */
const SENTENCES = [NOT_ALLOWED, '23514', 'P0002', '55000', '22023'];

function refusalOf(error: PostgrestError | null): Refusal | null {
  return error && SENTENCES.includes(error.code)
    ? { sentence: error.message, isForbidden: error.code === NOT_ALLOWED }
    : null;
}

/** Answers in the person's own words, while the member's 24 hours last; null when it is on its way. */
export async function answerConversation(
  api: Api,
  { clubId, conversationId }: Which,
  form: z.infer<typeof answerForm>,
): Promise<Refusal | null> {
  const answer = await api.rpc('answer_conversation', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
    p_answer_id: form.answer,
    p_message: form.message,
  });
  const refusal = refusalOf(answer.error);
  if (!refusal) read('api.answer_conversation', answer, z.unknown());
  return refusal;
}

/** Answers in a template that Meta approved, once the 24 hours are over; null when it is on its way. */
export async function answerByTemplate(
  api: Api,
  { clubId, conversationId }: Which,
  form: z.infer<typeof templateForm>,
): Promise<Refusal | null> {
  const answer = await api.rpc('answer_by_template', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
    p_answer_id: form.answer,
    p_template_name: form.template.name,
    p_template_language: form.template.language,
    p_message: form.message,
  });
  const refusal = refusalOf(answer.error);
  if (!refusal) read('api.answer_by_template', answer, z.unknown());
  return refusal;
}

/** Closes a conversation; false when it was closed already. */
export async function closeConversation(
  api: Api,
  { clubId, conversationId }: Which,
): Promise<boolean | Refusal> {
  const answer = await api.rpc('close_conversation', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
  });
  return refusalOf(answer.error) ?? read('api.close_conversation', answer, z.boolean());
}

/** Says whether an unclear wish was an opt-out; null when that is noted. */
export async function settleWish(
  api: Api,
  { clubId, conversationId }: Which,
  { wish }: z.infer<typeof wishForm>,
): Promise<Refusal | null> {
  const answer = await api.rpc('settle_wish', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
    p_is_opt_out: wish === 'stop',
  });
  const refusal = refusalOf(answer.error);
  if (!refusal) read('api.settle_wish', answer, z.unknown());
  return refusal;
}
