// What came of a tap on a card or of an answer to one, as the database says it, and how the person reads it.
import { z } from 'zod';
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { postShape } from '../_shared/post.ts';
import { localTime } from '../_shared/posts/local-time.ts';
import { decisionWords } from '../_shared/words/decision.ts';
import { skipWords } from '../_shared/words/skip.ts';
import type { Person } from './person.ts';

export const decisionShape = z.looseObject({
  outcome: z.enum([
    'open',
    'approved',
    'rejected',
    'edited',
    'snoozed',
    'too_late',
    'already_decided',
    'old_version',
    'expired',
    'not_eligible',
    'unknown',
    'denied',
  ]),
  /** Missing when there is no such draft, or the person may not know of it. */
  club_id: z.number().nullish(),
  timezone: z.string().nullish(),
  status: z.string().nullish(),
  reason: z.string().nullish(),
  hold: z.enum(['paused', 'stale_data', 'quiet_hours']).nullish(),
  decided_by: z.string().nullish(),
  decided_by_name: z.string().nullish(),
  until: z.string().nullish(),
  expires_at: z.string().nullish(),
  post: postShape.nullish(),
});
export type Decision = z.infer<typeof decisionShape>;

/** What was asked for was done: no need to interrupt the person. */
export const isDone = ({ outcome }: Decision): boolean =>
  ['open', 'approved', 'rejected', 'edited', 'snoozed', 'denied'].includes(outcome);

/** "24 Nov, 09:00" by the club's wall clock. */
const atClub = (at: string | null | undefined, { timezone }: Decision, language: Language): string =>
  at ? localTime(at, timezone ?? 'UTC', language) : '';

function byWhom({ decided_by, decided_by_name }: Decision, person: Person): string {
  const { by } = decisionWords[person.language];
  if (decided_by === `telegram:${person.id}`) return by.you;
  if (decided_by?.startsWith('operator:')) return by.dashboard(decided_by_name ?? null);
  return decided_by_name ? by.person(decided_by_name) : '';
}

function describeEarlier(decision: Decision, person: Person): string {
  const words = decisionWords[person.language];
  switch (decision.status) {
    case 'approved':
      return words.alreadyApproved(byWhom(decision, person));
    case 'rejected':
      return words.alreadyRejected(byWhom(decision, person));
    case 'expired':
      return words.expired;
    case 'cancelled':
      return words.notSent(skipWords[person.language](decision.reason));
    case 'planned':
    case 'drafted':
      return words.beingRewritten;
    default:
      return words.alreadyDecided;
  }
}

/** Nothing for whoever is denied. */
export function toAnswer(decision: Decision, person: Person): string {
  const { language } = person;
  const words = decisionWords[language];
  switch (decision.outcome) {
    case 'open':
    case 'denied':
      return '';
    case 'approved':
      return decision.hold ? words.approvedFor[decision.hold] : words.approved;
    case 'rejected':
      return decision.reason === 'never_this_person' ? words.rejectedForGood : words.rejected;
    case 'edited':
      return words.edited;
    case 'snoozed':
      return words.snoozed(atClub(decision.until, decision, language));
    case 'too_late':
      return words.tooLateToSnooze(atClub(decision.expires_at, decision, language));
    case 'already_decided':
      return describeEarlier(decision, person);
    case 'old_version':
      return words.oldVersion;
    case 'expired':
      return words.expired;
    case 'not_eligible':
      return words.notSent(skipWords[language](decision.reason));
    case 'unknown':
      return words.gone;
  }
}
