import type { Past } from './decision-history.ts';

/** What the club asks for; shares in whole percent, so that nothing is rounded. */
export interface Asked {
  approvals: number;
  editedPercent: number;
  optOutPercent: number;
}

const isDecision = ({ outcome, isAutomatic }: Past) =>
  (outcome === 'approved' || outcome === 'rejected') && isAutomatic !== true;

/** What went out by itself says nothing, until somebody says that it should not have. */
const isSetback = ({ outcome, isAutomatic, judged }: Past) =>
  outcome === 'rejected' ? isAutomatic !== true : outcome === 'approved' && isAutomatic && judged === 'bad';

/** Whether a scenario and language is autonomous after these messages of its own, oldest first, told in plain words. */
export function isAutonomous(history: Past[], { approvals, editedPercent, optOutPercent }: Asked): boolean {
  const last = history.filter((past) => isDecision(past) || isSetback(past)).slice(-approvals);
  if (last.length < approvals || last.some(isSetback)) return false;
  if (last.filter(({ isEdited }) => isEdited).length * 100 > approvals * editedPercent) return false;

  const sent = history.filter(({ contactedDaysAgo: days }) => days !== undefined && days >= 0 && days < 30);
  const optedOut = sent.filter(({ contactedDaysAgo, optedOutAfterDays: after, cause }) => {
    if (after === undefined || cause === 'unreachable') return false;
    return after >= 0 && after <= 7 && after <= contactedDaysAgo!;
  });
  return optedOut.length < 2 || optedOut.length * 100 <= sent.length * optOutPercent;
}
