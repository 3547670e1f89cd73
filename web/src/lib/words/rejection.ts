import type { RejectionReason } from '#lib/rejection.ts';

const reasons: Record<RejectionReason, string> = {
  wording: 'Wording',
  wrong_person: 'Wrong person',
  wrong_time: 'Wrong time',
  never_this_person: 'Never this person',
};

export const rejectionWords = {
  reasons,
  open: 'Reject',
  openFor: (member: string) => `Reject the message to ${member}`,
  why: 'Why not?',
  never: (member: string) =>
    `“${reasons.never_this_person}” also stops every message to ${member}, until somebody lifts that on their page.`,
  none: 'Without a reason',
  history: {
    caption: 'Rejected messages, the latest first',
    columns: { member: 'Member', scenario: 'Scenario', reason: 'Reason', by: 'Rejected by' },
    none: 'Nothing was rejected yet.',
    noReason: 'No reason given',
    text: 'Text',
    textOf: (member: string) => `Text of the message to ${member}`,
  },
};

/** A reason as the history shows it; what an older decision said stays as it is. */
export function rejectionReasonWords(code: string | null): string {
  if (code === null) return rejectionWords.history.noReason;
  return Object.hasOwn(reasons, code) ? reasons[code as RejectionReason] : code;
}
