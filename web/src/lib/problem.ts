import type { StuckMessage } from '#lib/message.ts';

export interface DeadGroup<Message extends Pick<StuckMessage, 'error_code'> = StuckMessage> {
  code: number | null;
  messages: Message[];
}

/** Dead messages by their error code, the most frequent first: one cure helps all of a group. */
export function deadGroups<Message extends Pick<StuckMessage, 'error_code'>>(
  messages: Message[],
): DeadGroup<Message>[] {
  return [...Map.groupBy(messages, (message: Message) => message.error_code)]
    .map(([code, own]) => ({ code, messages: own }))
    .toSorted((left, right) => right.messages.length - left.messages.length);
}

/** Whether there is still a reason to send it: what was planned for a day is not sent a week later. */
export function isTooLate({ expires_at }: Pick<StuckMessage, 'expires_at'>, now: string): boolean {
  return expires_at !== null && Date.parse(expires_at) <= Date.parse(now);
}
