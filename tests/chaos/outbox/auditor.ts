// Judges a run of the outbox from two things alone: what the provider's own log says it took, and the members' histories as the club
// shows them. It knows nothing of how sending works, and imports nothing of it.

/** One message that the provider accepted. */
export interface ProviderSend {
  callbackId: string;
  number: string;
  at: number;
}

export interface Attempt {
  attempt: number;
  outcome: string | null;
}

/** One message as its member's history has it. */
export interface History {
  messageId: string;
  purpose: string;
  number: string;
  status: string;
  reason: string | null;
  /** Whether cooldown, cap and limits count it. */
  isCounted: boolean;
  attempts: Attempt[];
}

/** When a member's opt-out was committed. */
export interface OptOut {
  number: string;
  at: number;
}

export interface Ledger {
  /** Every message that was approved, by its id. */
  approved: readonly string[];
  sends: readonly ProviderSend[];
  histories: readonly History[];
  optOuts: readonly OptOut[];
  /** A call begun before an opt-out may still be taken within this time. */
  callMayTakeMs: number;
}

export interface Verdict {
  /** Approved, and gone: neither sent, nor waiting, nor ended with a reason. */
  lost: string[];
  /** Taken twice by the provider, or two campaign messages to one person. */
  twice: string[];
  /** What the history says is not what the provider did, and nobody is told. */
  silent: string[];
  /** An outcome nobody knows that is not called uncertain, or was tried again. */
  unflagged: string[];
  /** Taken after the member's no was committed. */
  unwanted: string[];
}

const ENDED = ['sent', 'dead', 'cancelled', 'uncertain'];

function lost({ approved, histories }: Ledger): string[] {
  const known = new Map(histories.map((history) => [history.messageId, history]));
  return approved.filter((id) => {
    const history = known.get(id);
    if (!history) return true;
    const mustSayWhy = history.status !== 'sent';
    return !ENDED.includes(history.status) || (mustSayWhy && !history.reason);
  });
}

function twice({ sends, histories }: Ledger): string[] {
  const perMessage = Map.groupBy(sends, ({ callbackId }) => callbackId);
  const campaigns = new Set(
    histories.filter(({ purpose }) => purpose === 'campaign').map(({ messageId }) => messageId),
  );
  const perPerson = Map.groupBy(
    sends.filter(({ callbackId }) => campaigns.has(callbackId)),
    ({ number }) => number,
  );
  return [
    ...[...perMessage].filter(([, copies]) => copies.length > 1).map(([id]) => id),
    ...[...perPerson].filter(([, copies]) => copies.length > 1).map(([number]) => number),
  ];
}

function silent({ sends, histories }: Ledger): string[] {
  const taken = new Set(sends.map(({ callbackId }) => callbackId));
  const known = new Set(histories.map(({ messageId }) => messageId));
  const contradicted = histories.filter(({ messageId, status, isCounted, purpose }) => {
    const isTaken = taken.has(messageId);
    if (status === 'sent' && !isTaken) return true;
    if (isTaken && !['sent', 'uncertain'].includes(status)) return true;
    return purpose === 'campaign' && isCounted !== ['sent', 'uncertain'].includes(status);
  });
  return [
    ...contradicted.map(({ messageId }) => messageId),
    ...[...taken].filter((id) => !known.has(id)), // the provider took what the club knows nothing of
  ];
}

function unflagged({ histories, sends }: Ledger): string[] {
  const copies = Map.groupBy(sends, ({ callbackId }) => callbackId);
  return histories
    .filter(({ messageId, status, attempts }) => {
      const unknown = attempts.filter(({ outcome }) => outcome === null || outcome === 'uncertain');
      const last = Math.max(0, ...attempts.map(({ attempt }) => attempt));
      const wasTriedAgain = unknown.some(({ attempt }) => attempt < last);
      const isHidden = unknown.length > 0 && !['sent', 'uncertain'].includes(status);
      const isUnrecorded = (copies.get(messageId)?.length ?? 0) > attempts.length;
      return wasTriedAgain || isHidden || isUnrecorded;
    })
    .map(({ messageId }) => messageId);
}

function unwanted({ sends, histories, optOuts, callMayTakeMs }: Ledger): string[] {
  const purposes = new Map(histories.map(({ messageId, purpose }) => [messageId, purpose]));
  const refusedAt = new Map(optOuts.map(({ number, at }) => [number, at]));
  return sends
    .filter(({ callbackId, number, at }) => {
      const since = refusedAt.get(number);
      // That the no was heard is told once, which is no marketing.
      return since !== undefined && purposes.get(callbackId) !== 'confirmation' && at > since + callMayTakeMs;
    })
    .map(({ callbackId }) => callbackId);
}

export const audit = (ledger: Ledger): Verdict => ({
  lost: lost(ledger),
  twice: twice(ledger),
  silent: silent(ledger),
  unflagged: unflagged(ledger),
  unwanted: unwanted(ledger),
});
