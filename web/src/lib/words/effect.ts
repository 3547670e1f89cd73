import { counted, formatCount, formatStep } from '#lib/format/number.ts';
import type { Effect } from '#lib/effect.ts';

const verdicts: Record<Effect['verdict'], { label: string; tone: 'good' | 'calm' | 'bad' }> = {
  works: { label: 'Works', tone: 'good' },
  'works against': { label: 'Works against', tone: 'bad' },
  'no difference seen': { label: 'No difference seen', tone: 'calm' },
  'not enough data yet': { label: 'Not enough data yet', tone: 'calm' },
};

/** A difference of two shares in percentage points, with its sign. */
export function signedPoints(difference: number): string {
  const size = formatStep(difference, 'share', 'EUR');
  if (size === '0 pp') return size;
  return `${difference < 0 ? '−' : '+'}${size}`;
}

/** What the verdict rests on, in a sentence. */
function verdictDetail(effect: Effect): string {
  const { verdict, lift_low: low, lift_high: high, lift_min_clients: least, holdout_share: share } = effect;
  if (verdict === 'not enough data yet' || low === null || high === null) {
    if (share === 0)
      return 'There is no control group: its share is set to zero, so nobody can say what the messages changed.';
    const of = (clients: number) => `${formatCount(clients)} of ${formatCount(least)}`;
    return `It needs ${formatCount(least)} clients in each group whose ${counted(effect.return_days, 'day is', 'days are')} over. There are ${of(effect.messaged_clients)} messaged and ${of(effect.control_clients)} held back.`;
  }
  const range = `between ${signedPoints(low)} and ${signedPoints(high)}`;
  if (verdict === 'works') return `More come back than would have come anyway: ${range}.`;
  if (verdict === 'works against') return `Fewer come back than would have come anyway: ${range}.`;
  return `The true difference lies ${range}, so it may be none.`;
}

const days = (count: number) => counted(count, 'day', 'days');

export const effectWords = {
  title: 'Effect',
  lead: 'What the messages changed: who was messaged against who was held back at random, and what became of every message.',
  back: 'Campaigns',
  period: 'Period',
  lastDays: (count: number) => `${count} days`,
  of: (from: string, until: string) => `Planned or held back from ${from} to ${until}.`,
  verdicts,
  verdictDetail,
  none: 'Nothing was planned in this period.',
  noneDetail: 'Choose a longer one, or look again after the next planning.',
  unknown: '–',
  noPrice: 'set a price',
  table: {
    caption: 'The effect of each scenario and campaign',
    columns: {
      name: 'Scenario or campaign',
      sent: 'Sent',
      returned: 'Messaged, came back',
      control: 'Control, came back',
      lift: 'Lift',
      revenue: 'Revenue after it',
      cost: 'Cost',
    },
    meanings: 'What these numbers mean',
    share: (returned: number, clients: number) => `${formatCount(returned)} of ${formatCount(clients)}`,
  },
  /** The rule of each number, as the database counts it. */
  rules: (effect: Pick<Effect, 'return_days' | 'lift_min_clients'>) => [
    { label: 'Sent', text: 'Messages planned in the period that WhatsApp took.' },
    {
      label: 'Messaged, came back',
      text: `Of the clients a message was meant for, sent or not: those with a visit within ${days(effect.return_days)} of its planning. Who never got it counts too, because who comes before the sending has their message cancelled.`,
    },
    {
      label: 'Control, came back',
      text: `Of the clients held back at random, who fitted just as well and got nothing: those with a visit within ${days(effect.return_days)} of being held back. They show who comes anyway.`,
    },
    {
      label: 'Lift',
      text: `The first share less the second, in percentage points, and the 95 % interval around it (Newcombe). Only clients whose ${days(effect.return_days)} are over, each once. Shown from ${formatCount(effect.lift_min_clients)} clients in each group on.`,
    },
    {
      label: 'Revenue after it',
      text: `What those who came after their message paid within ${days(effect.return_days)} of it. Many would have paid anyway: it is not what the message earned.`,
    },
    {
      label: 'Cost',
      text: 'Delivered messages that WhatsApp bills, times the price you set. WhatsApp says which it bills, not for how much.',
    },
  ],
  funnel: {
    title: 'What became of the messages',
    steps: (effect: Effect) => [
      { label: 'Planned', count: effect.planned, rule: 'Passed every check on a day of the period.' },
      { label: 'Written', count: effect.drafted, rule: 'Has its words.' },
      {
        label: 'Approved',
        count: effect.approved,
        rule: 'By a person, or by itself where the club allows it.',
      },
      { label: 'Sent', count: effect.sent, rule: 'WhatsApp took it.' },
      { label: 'Delivered', count: effect.delivered, rule: 'Reached the phone, as WhatsApp says.' },
      { label: 'Read', count: effect.read, rule: 'Seen; who hides it in WhatsApp is not counted.' },
      {
        label: 'Replied',
        count: effect.replied,
        rule: `Wrote back within ${days(effect.return_days)}, before another message came; not STOP.`,
      },
      {
        label: 'Booked',
        count: effect.booked,
        rule: `A booking made within ${days(effect.return_days)} after it was sent, and not deleted.`,
      },
      {
        label: 'Came back',
        count: effect.returned,
        rule: `A visit within ${days(effect.return_days)} after it was sent, whoever would have come anyway.`,
      },
      {
        label: 'Opted out',
        count: effect.opted_out,
        rule: `Wanted no more messages within ${days(effect.return_days)} after it was sent.`,
      },
    ],
  },
  skipped: {
    title: 'Who was not messaged, and why',
    rule: 'Candidates of the period, each once for a reason; some have several.',
    none: 'Nobody was left out.',
  },
  lift: {
    title: 'What the messages changed',
    messaged: 'Messaged',
    control: 'Control group',
    waiting: (clients: number, returnDays: number) =>
      `${counted(clients, 'more client is', 'more clients are')} still within their ${days(returnDays)}.`,
    picture: (lift: string, low: string, high: string) => `Lift ${lift}, between ${low} and ${high}`,
    zero: 'The upright line is no difference; the bar is where the true one lies, 95 % sure.',
  },
  money: {
    title: 'Revenue and cost',
    revenue: 'Revenue after it',
    cost: 'Cost',
    price: 'Price of a delivered message',
    save: 'Save',
    saved: 'The price is saved.',
    readOnly: 'Only an owner or operator of the club may set the price.',
    invalid: 'This is no price: write a number such as 1.90, or nothing when you do not know it.',
    each: 'What WhatsApp bills for one marketing message in your country. Look it up in its price list.',
  },
  people: {
    title: 'The people behind it',
    caption: 'Clients who were messaged or held back, newest first',
    shown: (shown: number, all: number) =>
      shown === all
        ? counted(all, 'assignment', 'assignments')
        : `the newest ${formatCount(shown)} of ${counted(all, 'assignment', 'assignments')}`,
    groups: { messaged: 'Meant to get it', control: 'Control group' },
    columns: {
      name: 'Client',
      group: 'Group',
      assigned: 'Planned or held back',
      sent: 'Sent',
      returned: 'Came back',
    },
    notSent: 'Not sent',
    notReturned: 'No',
    waiting: 'Not yet',
  },
};
