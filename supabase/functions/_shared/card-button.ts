// What a button of a card carries: the decision, the draft, and the version its text showed. 64 bytes at most.
import type { Card } from './card.ts';

export interface CardButton {
  decision: 'approved' | 'rejected';
  draftId: string;
  version: number;
}

const PATTERN = /^([ar]):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([1-9]\d{0,8})$/;

export const toCallbackData = (letter: 'a' | 'r', { draft_id, version }: Card) =>
  `${letter}:${draft_id}:${version}`;

/** Undefined for anything we did not write: buttons live for ever, and may be older than this code. */
export function readCallbackData(data: string): CardButton | undefined {
  const [, letter, draftId, version] = PATTERN.exec(data) ?? [];
  if (!letter || !draftId || !version) return undefined;
  return { decision: letter === 'a' ? 'approved' : 'rejected', draftId, version: Number(version) };
}
