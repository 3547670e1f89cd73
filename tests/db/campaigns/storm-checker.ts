/**
 * Judges the messages that went out, by the definitions and by what those who made the storm wrote down. It asks the database
 * nothing. What happened at the same time as a claim could be known to it or not: only what was surely before counts.
 */
import { claimChecks } from './storm-claim-checks.ts';
import type { Journal, Purpose, Send } from './storm-journal.ts';
import { EXEMPT, Histories, localDay, localYear } from './storm-rules.ts';
import type { Rules } from './storm-rules.ts';

/** A message that went out, and what it was for. */
export type Sent = Send & Purpose;

export interface Violation {
  rule: string;
  message: string;
  why: string;
}

const WINDOW_MS = 720 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const PT_DAYS = 90;

/** More than `most` of these instants within a window that holds `at`. */
function exceeds(instants: number[], at: number, most: number, windowMs: number): boolean {
  const sorted = [...instants].sort((one, other) => one - other);
  return sorted.some((first, index) => {
    const last = sorted[index + most];
    return last !== undefined && first <= at && at <= last && last - first < windowMs;
  });
}

/** Whether two messages to one client had one reason in the scenario's sense. */
function isSameReason(earlier: Sent, later: Sent, histories: Histories): boolean {
  const days = localDay(later.claim.at) - localDay(earlier.claim.at);
  switch (later.scenario) {
    case 'birthday':
      return localYear(earlier.claim.at) === localYear(later.claim.at);
    case 'pt_dropout':
      return days < PT_DAYS;
    case 'last_chance':
    case 'reactivation': {
      const known = histories.visits(later.client).filter((visit) => visit.from < earlier.claim.until);
      const spell = Math.max(...known.map(({ day }) => day));
      const since = histories
        .visits(later.client)
        .filter((visit) => visit.day > spell && visit.from < later.claim.until);
      return since.length === 0;
    }
    default: // A milestone for life, a campaign once.
      return earlier.occasion === later.occasion;
  }
}

function personOf(sent: Sent, histories: Histories): (other: Sent) => boolean {
  const sharers = new Set(histories.sharers(sent.phone, sent.claim) ?? []).add(sent.client);
  return (other) => other.phone === sent.phone || sharers.has(other.client);
}

/** What one message did to those before it. */
function* pairChecks(
  sent: Sent,
  all: Sent[],
  rules: Rules,
  histories: Histories,
): Generator<[string, string]> {
  const isPersons = personOf(sent, histories);
  const others = all.filter((other) => other !== sent && other.claim.from < sent.claim.until);
  const mine = others.filter(isPersons);
  const days = (other: Sent) => localDay(sent.claim.at) - localDay(other.claim.at);

  if (others.some((other) => other.message === sent.message)) yield ['sent_twice', sent.message];
  const today = mine.find((other) => days(other) === 0);
  if (today) yield ['one_a_day', `${today.message} went there on the same day`];
  const instants = [sent, ...mine].map((other) => other.claim.at);
  if (exceeds(instants, sent.claim.at, rules.cap, WINDOW_MS)) yield ['frequency_cap', 'in 720 hours'];
  if (!EXEMPT.has(sent.scenario)) {
    const cooldown = histories.cooldown(sent.client, sent.claim);
    const last = mine.find((other) => days(other) >= 0 && days(other) < cooldown);
    if (last) yield ['cooldown', `${days(last)} days after ${last.message}, ${cooldown} are to pass`];
  }
  const repeated = others.find(
    (other) =>
      other.client === sent.client &&
      other.scenario === sent.scenario &&
      other.message !== sent.message &&
      isSameReason(other, sent, histories),
  );
  if (repeated) yield ['already_sent', `${sent.scenario} after ${repeated.message}: ${repeated.occasion}`];
  if (
    exceeds(
      [sent, ...others].map((other) => other.claim.at),
      sent.claim.at,
      rules.dailyLimit,
      DAY_MS,
    )
  )
    yield ['daily_limit', 'in 24 hours'];
}

export function violations(journal: Journal, purposes: readonly Purpose[], rules: Rules): Violation[] {
  const histories = new Histories(journal, rules);
  const purposeOf = new Map(purposes.map((purpose) => [purpose.message, purpose]));
  const all = journal.sends.map((send) => ({ ...purposeOf.get(send.message)!, ...send }));
  return all.flatMap((sent) =>
    [...pairChecks(sent, all, rules, histories), ...claimChecks(sent, journal, rules, histories)].map(
      ([rule, why]) => ({ rule, message: sent.message, why: `${sent.client}: ${why}` }),
    ),
  );
}
