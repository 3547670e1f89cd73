import { counted, formatCount } from '#lib/format/number.ts';

export const today = {
  title: 'Today',
  needsMe: 'What needs you',
  nothingWaits: 'Nothing waits for you.',
  waitingSentence: (count: number) =>
    `${counted(count, 'message waits', 'messages wait')} for your approval.`,
  tiles: {
    waiting: { title: 'To approve', empty: 'Nothing to approve', some: 'Read and decide' },
    conversations: { title: 'To answer', empty: 'Nobody waits', some: 'Members who wrote back' },
    onTheirWay: { title: 'On their way', empty: 'Nothing is being sent', some: 'Approved, going out' },
    needsAPerson: {
      title: 'Need a person',
      empty: 'Every message settled',
      some: 'Not delivered or uncertain',
    },
    sentToday: { title: 'Sent today', empty: 'None so far today', some: 'Members written to' },
  },
  sending: {
    title: 'Sending',
    open: 'Open: approved messages go out at once.',
    paused: 'Paused. Nothing goes out until somebody resumes sending.',
    quiet_hours: 'Quiet hours. Approved messages wait until the club’s sending hours begin.',
    stale_data:
      'On hold: the last good sync is too old to act on. It goes on by itself after the next good one.',
    never_synced: 'On hold until the first sync is complete.',
  },
  mode: {
    moderation: 'Every message is approved by a person first.',
    notification: 'Messages that pass every check go out by themselves.',
  },
  sync: {
    title: 'Booking platform',
    synced: (ago: string) => `In step. Everything up to ${ago} is here.`,
    late: (ago: string) => `The last good sync was ${ago}.`,
    notBegun: 'The first sync has not begun yet.',
    never: 'The first sync is running.',
    failing: (entity: string) => `Reading ${entity} failed and is tried again`,
    progress: (rows: number) => `${counted(rows, 'row', 'rows')} so far`,
    quarantined: (count: number) =>
      `${counted(count, 'record', 'records')} could not be read and ${count === 1 ? 'is' : 'are'} set aside. The rest is not affected.`,
    mended: (count: number) =>
      `The last full check mended ${counted(count, 'record', 'records')} that the minute-by-minute reading had missed.`,
    unexplained: (count: number) =>
      `${counted(count, 'record', 'records')} here ${count === 1 ? 'is' : 'are'} no longer shown by the platform, which cannot be asked about ${count === 1 ? 'it' : 'them'}. Nothing was removed.`,
    details: 'What is here, and how fresh it is',
    columns: ['', 'Up to', 'Rows', 'Requests', 'Set aside', 'Mended'],
    notYet: 'not yet',
    nextRebuild: (when: string) => `The next full check begins ${when}.`,
    entities: {
      services: 'services',
      staff: 'staff',
      clients: 'clients',
      bookings: 'visits and bookings',
      memberships: 'memberships',
      membership_sales: 'membership sales',
      payments: 'payments',
      membership_types: 'membership types',
      loyalty_programmes: 'loyalty programmes',
    } as Record<string, string>,
  },
  numbers: {
    title: 'Numbers',
    asOf: (date: string) => `as of ${date}`,
    computed: 'Computed',
    dataUntil: 'data until',
    noData: 'no good sync yet',
    about: (title: string) => `About ${title}`,
    formula: 'How it is counted',
    caveat: 'Keep in mind',
    none: 'Nobody to count yet',
    notYet: 'Numbers and segments appear when the first sync is complete.',
    notYetDetail: 'Half a club would give half a truth. This page changes by itself.',
    basedOn: (sample: number) => `Based on ${formatCount(sample)}`,
    outOf: (numerator: string, denominator: string) => `${numerator} of ${denominator}`,
    tooFew: 'Too few to mean it',
    tooFewDetail: (sample: number, smallest: number) =>
      `Read it from ${formatCount(smallest)} on; today it rests on ${formatCount(sample)}.`,
  },
  segments: {
    title: 'Segments',
    lead: 'Each member is in one at most. The first rule that holds wins.',
    empty: 'Nobody is in a segment yet.',
    members: (count: number) => counted(count, 'member', 'members'),
  },
};
