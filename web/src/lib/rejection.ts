/** Why a person rejects a draft; the codes are the database's. The last ends all messages to the member. */
export const REJECTION_REASONS = ['wording', 'wrong_person', 'wrong_time', 'never_this_person'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
