import type { Delivery, MessageStatus } from '#lib/message.ts';
import type { Told } from '#lib/words/messages.ts';

/** A spell in which a member writes with the club. */
export interface Conversation {
  conversation_id: number;
  client_id: number;
  member: string;
  phone: string;
  kind: 'reply' | 'unclear_wish';
  opened_at: string;
  last_inbound_at: string;
  last_message: string | null;
  answered_at: string | null;
  is_open: boolean;
  /** Until when a member may be answered in one's own words; null: they may not. */
  window_closes_at: string | null;
  /** What a person has to do: null when nothing. */
  needs: 'answer' | 'decision' | null;
}

export type ConversationFilter = 'open' | 'closed';

export function conversationFilter(value: string | null): ConversationFilter {
  return value === 'closed' ? 'closed' : 'open';
}

export function hasOpenWindow(
  { window_closes_at }: Pick<Conversation, 'window_closes_at'>,
  now: string,
): boolean {
  return window_closes_at !== null && Date.parse(window_closes_at) > Date.parse(now);
}

/** One message of the thread, theirs or the club's. */
export interface ThreadMessage {
  key: string;
  kind: 'inbound' | 'campaign' | 'answer' | 'confirmation';
  text: string;
  language: string | null;
  at: string;
  author: string | null;
  status: MessageStatus | null;
  delivery: Delivery | null;
}

/** A template in which a member may be answered once their 24 hours are over. */
export interface AnswerTemplate {
  template_name: string;
  template_language: string;
  body: string;
  footer: string | null;
  has_message: boolean;
}

export const templateKey = ({
  template_name,
  template_language,
}: Pick<AnswerTemplate, 'template_name' | 'template_language'>) => `${template_name}/${template_language}`;

/** The template as the member would read it; the place of the line stays visible until there is one. */
export function answerPreview({ body, footer }: AnswerTemplate, line: string): string {
  const text = body.replaceAll('{{message}}', () => line.trim() || '…');
  return footer ? `${text}\n\n${footer}` : text;
}

/** What came of a form of the conversation. */
export interface Answered extends Told {
  /** What was written and not sent, for whoever has no JavaScript. */
  typed?: string;
  /** What the answer is known by that is written next, or still. */
  answerId?: string;
}

/** A reply that somebody asked Claude to suggest; only a person sends it. */
export interface Suggestion {
  suggestion_id: number;
  state: 'waiting' | 'writing' | 'done' | 'failed';
  message: string | null;
  error: string | null;
}
