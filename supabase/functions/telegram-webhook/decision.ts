// What a tap came to, and how the person who tapped reads it. At most 200 characters fit.
import { z } from 'zod';
import { cardShape } from '../_shared/card.ts';
import { skipInWords } from '../_shared/skip-words.ts';

export const decisionShape = z.looseObject({
  outcome: z.enum([
    'approved',
    'rejected',
    'already_decided',
    'old_version',
    'expired',
    'not_eligible',
    'unknown',
    'denied',
  ]),
  status: z.string().optional(),
  reason: z.string().nullish(),
  decided_by: z.string().nullish(),
  card: cardShape.nullish(),
});
export type Decision = z.infer<typeof decisionShape>;

const STATES: Record<string, string> = {
  approved: 'Already approved',
  rejected: 'Already rejected',
  expired: 'It expired: nobody decided in time',
  planned: 'It is being written again',
  drafted: 'It is being written again',
};

function byWhom(decidedBy: string | null | undefined, userId: number): string {
  if (decidedBy === `telegram:${userId}`) return ' by you';
  if (decidedBy?.startsWith('telegram:')) return ' by another moderator';
  if (decidedBy?.startsWith('operator:')) return ' in the dashboard';
  return '';
}

function describeEarlier({ status, reason, decided_by }: Decision, userId: number): string {
  if (status === 'cancelled') return `It is not sent: ${skipInWords(reason)}.`;
  const isDecided = status === 'approved' || status === 'rejected';
  return `${STATES[status ?? ''] ?? 'It is decided already'}${isDecided ? byWhom(decided_by, userId) : ''}.`;
}

export function toAnswer(decision: Decision, userId: number): string {
  switch (decision.outcome) {
    case 'approved':
      return 'Approved. It goes out in the next sending hours.';
    case 'rejected':
      return 'Rejected. It will not be sent.';
    case 'already_decided':
      return describeEarlier(decision, userId);
    case 'old_version':
      return 'The text has changed since. Please read the new one and decide again.';
    case 'expired':
      return 'Too late: it expired before anybody decided.';
    case 'not_eligible':
      return `Not sent: ${skipInWords(decision.reason)}.`;
    case 'unknown':
      return 'This draft does not exist any more.';
    case 'denied':
      return 'Not allowed.';
  }
}
