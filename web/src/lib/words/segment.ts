import { counted, formatCount, formatMoney } from '#lib/format/number.ts';

/** What the rules look at, in the words of a club; first the person, then the thresholds. */
const facts: Record<string, string> = {
  days_since_last_visit: 'Days since the last visit',
  visits_total: 'Visits in all',
  visits_30d: 'Visits in the last 30 days',
  visits_previous_30d: 'Visits in the 30 days before',
  cadence_days: 'Usual gap between visits, in days',
  has_membership: 'Ever had a membership',
  pt_visits_total: 'Personal trainings in all',
  days_since_last_pt_visit: 'Days since the last personal training',
  ltv_minor: 'Paid in all',
};

const thresholds: Record<string, string> = {
  vip_threshold_minor: 'VIP from',
  pt_cancelled_min_days: 'PT cancelled from, days',
  pt_cancelled_max_days: 'PT cancelled until, days',
  trial_dropoff_min_days: 'Trial drop-off from, days',
  trial_dropoff_max_days: 'Trial drop-off until, days',
  at_risk_min_days: 'At risk from, days',
  going_silent_min_days: 'Going silent from, days',
  nearly_lost_min_days: 'Nearly lost from, days',
  lost_min_days: 'Lost from, days',
  regular_min_visits: 'Regular from, visits',
};

export type RuleInput = number | boolean | string | null;

function inputText(name: string, value: RuleInput, currency: string): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return name.endsWith('_minor') ? formatMoney(value, currency) : formatCount(Math.round(value * 10) / 10);
}

/** What a rule looked at, in words: what is true of the person, and what the club demands. */
export function inputWords(inputs: Record<string, RuleInput>, currency: string) {
  const of = (names: string[], words: Record<string, string>) =>
    names
      .filter((name) => name in inputs)
      .map((name) => ({ label: words[name] ?? name, text: inputText(name, inputs[name]!, currency) }));
  const others = Object.keys(inputs).filter((name) => !(name in facts) && !(name in thresholds));
  return {
    facts: of([...Object.keys(facts), ...others], facts),
    thresholds: of(Object.keys(thresholds), thresholds),
  };
}

export const segmentWords = {
  title: 'Segments',
  lead: 'Each member is in one at most. The first rule that holds wins.',
  back: 'All segments',
  unsegmented: 'No segment',
  unsegmentedRule: 'No rule holds: newcomers, those who come now and then, and those who have not come yet.',
  unknown: (code: string) => `No segment is called “${code}”. All there are is under Segments.`,
  to: 'to',
  settings: 'Change the rules’ numbers',
  forecast: 'How far to trust the forecast',
  sizes: { title: 'Who is where today', lead: 'The line shows the last 90 days.' },
  members: {
    title: 'Who is in it',
    none: 'Nobody, as of today.',
    shown: (from: number, until: number, all: number) =>
      `${formatCount(from)} to ${formatCount(until)} of ${counted(all, 'member', 'members')}, by name`,
    columns: {
      name: 'Name',
      reason: 'Why',
      since: 'Since',
      alive: 'Still active',
      visits: 'Visits, next 30 days',
    },
    orBefore: (date: string) => `${date} or before`,
    pages: 'Pages of the members',
    next: 'Next',
    previous: 'Previous',
  },
  changes: {
    title: 'Who came and who left',
    period: (days: number) => `In the last ${days} days`,
    none: 'Nobody came or left in that time.',
    shown: (shown: number, all: number) =>
      shown === all
        ? counted(all, 'change', 'changes')
        : `the newest ${formatCount(shown)} of ${counted(all, 'change', 'changes')}`,
    replayed: 'replayed later',
  },
  history: {
    known: (date: string) => `Who was in which segment is known since ${date}.`,
    none: 'The history begins with the first complete sync.',
    filling: 'The days before are still being worked out, a few every minute.',
  },
  flow: {
    title: 'Who moved where',
    week: (from: string, until: string) => `${from} to ${until}`,
    soFar: 'This week so far',
    weeks: 'Week',
    table: 'From the segment of a row to the segment of a column',
    from: 'From',
    sum: 'Moved',
    none: 'Nothing is known of this week: the history begins after it.',
    still: 'Nobody moved in this week.',
    moved: (clients: number) =>
      `${counted(clients, 'client', 'clients')} moved. In grey: who stayed where they were.`,
  },
  stays: {
    title: 'How long they stay',
    table: 'How long clients stay in each segment',
    lead: 'After how many days half of them had left: of the stays that ended, and of all, the running ones counted as at least so long as they are. Stays of which nobody knows the beginning are left out.',
    columns: {
      segment: 'Segment',
      finished: 'Ended',
      running: 'Running',
      median: 'Half left after, of the ended',
      medianWithRunning: 'Half left after, of all',
    },
    notYet: 'not yet',
    days: (days: number) => counted(days, 'day', 'days'),
  },
};
