// Composes the Message that answers a request: the text, the blocks around it, what it cost.
import { randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import { readDraftRequest, writeDraft } from './drafter.ts';
import type { Draft, DraftRequest } from './drafter.ts';
import {
  decliningDraft,
  emptyDraft,
  inventingDraft,
  multilineDraft,
  obeyingDraft,
  tooLongDraft,
  wrongLanguageDraft,
} from './faulty-drafts.ts';
import { thinksByDefault } from './models.ts';
import { fillSchema } from './output-schema.ts';
import type { JsonSchema } from './output-schema.ts';
import { allText, lastUserTexts } from './request.ts';
import type { CountRequest, MessageRequest } from './request.ts';
import { readTranslationRequest, translate } from './translator.ts';

/** Faults that change only what is written. */
export const draftFaults: Record<string, (request: DraftRequest) => Draft> = {
  invent: inventingDraft,
  wrong_language: wrongLanguageDraft,
  empty: emptyDraft,
  decline: decliningDraft,
  too_long: tooLongDraft,
  multiline: multilineDraft,
  obey: obeyingDraft,
};

type StopReason = 'end_turn' | 'max_tokens' | 'refusal';

export const createId = (prefix: string): string =>
  `${prefix}_01${randomBytes(16).toString('base64url').replace(/[-_]/g, 'x')}`;

/** About what the tokeniser gives: four Latin letters to a token, barely two of Cyrillic. */
export const countTokens = (text: string): number => {
  const wide = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  return Math.max(1, Math.ceil((text.length - wide) / 3.2 + wide / 1.8));
};

export const countRequestTokens = (request: CountRequest): number =>
  countTokens(allText(request)) + 12 * request.messages.length;

function writeText(request: MessageRequest, faults: Faults): string {
  const schema = request.output_config?.format?.schema as JsonSchema | undefined;
  const texts = lastUserTexts(request);
  const translationRequest = readTranslationRequest(schema, texts);
  if (translationRequest) return JSON.stringify({ translation: translate(translationRequest, faults) });
  const draftRequest = readDraftRequest(texts);
  const fault = Object.keys(draftFaults).find((kind) => faults.take('claude', kind));
  const write = (fault && draftFaults[fault]) || writeDraft;
  const draft = draftRequest ? write(draftRequest) : undefined;
  if (schema) return JSON.stringify(fillSchema(schema, draft));
  return draft
    ? draft.message
    : 'This is the sandbox: it writes club messages, and has nothing to say to this.';
}

function thinkingBlock(request: MessageRequest) {
  const isThinking = request.thinking ? request.thinking.type !== 'disabled' : thinksByDefault(request.model);
  return isThinking
    ? [{ type: 'thinking', thinking: '', signature: randomBytes(48).toString('base64') }]
    : [];
}

function cutToTokens(text: string, tokens: number): string {
  let cut = text;
  while (cut.length > 0 && countTokens(cut) > tokens) cut = cut.slice(0, -1);
  return cut;
}

export function composeMessage(request: MessageRequest, faults: Faults) {
  const thinking = thinkingBlock(request);
  const thinkingTokens = thinking.length > 0 ? 48 : 0;
  const isRefused = faults.take('claude', 'refuse') !== null;
  const isTruncated = faults.take('claude', 'truncate') !== null;
  const isMalformed = faults.take('claude', 'malformed') !== null;
  const whole = writeText(request, faults);
  const room = isTruncated
    ? Math.ceil(countTokens(whole) / 2)
    : Math.max(0, request.max_tokens - thinkingTokens);
  const fitting = cutToTokens(whole, room);
  const text = isMalformed ? `Here is the message you asked for:\n${whole.slice(0, -1)},` : fitting;
  const stopReason: StopReason = isRefused
    ? 'refusal'
    : fitting.length < whole.length
      ? 'max_tokens'
      : 'end_turn';
  const content = isRefused
    ? []
    : [...thinking, ...(text === '' ? [] : [{ type: 'text', text, citations: null }])];
  return {
    id: createId('msg'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    container: null,
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: isRefused ? { type: 'refusal', category: null, explanation: null } : null,
    usage: {
      input_tokens: countRequestTokens(request),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: isRefused ? 1 : countTokens(text) + thinkingTokens,
      output_tokens_details: { thinking_tokens: isRefused ? 0 : thinkingTokens },
      server_tool_use: null,
      service_tier: 'standard',
      inference_geo: 'global',
      speed: 'standard',
    },
  };
}
