import { counted, formatCount } from '#lib/format/number.ts';
import type { MembershipType } from '#lib/server/db/membership-types.ts';

type PeriodUnit = NonNullable<MembershipType['period_unit']>;

const periods: Record<PeriodUnit, [string, string]> = {
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
  year: ['year', 'years'],
};

export const doNotWakeWords = {
  title: 'Do not wake',
  lead: 'Who pays for a membership that renews itself and has not come for 60 days or more may cancel once a message reminds them of it. No scenario writes to them, unless you say so here.',
  flag: 'Do not wake',
  flagDetail: 'Scenarios leave them out, unless the settings say otherwise.',
  readOnly: 'Only an owner or operator of the club may change these.',
  invalid: 'This form was incomplete. Load the page again and choose once more.',
  scenarios: {
    table: 'Which scenarios write to members who are not to be woken',
    columns: { name: 'Scenario', choice: 'Writes to them' },
    yes: 'Writes to them',
    no: 'Leaves them out',
    toYes: 'Write to them',
    toNo: 'Leave them out',
    toYesFor: (name: string) => `${name}: write to them`,
    toNoFor: (name: string) => `${name}: leave them out`,
    saved: (includes: boolean) =>
      includes ? 'Saved. The scenario writes to them too.' : 'Saved. The scenario leaves them out.',
  },
  types: {
    title: 'Memberships that renew themselves',
    lead: 'The booking platform does not say which memberships are paid anew by themselves. It is guessed from their names: correct it where the guess is wrong.',
    table: 'Which memberships renew themselves',
    none: 'The booking platform has no membership types yet.',
    columns: { name: 'Membership', choice: 'Renews itself' },
    yes: 'Renews itself',
    no: 'Ends',
    toYes: 'It renews itself',
    toNo: 'It ends',
    toYesFor: (name: string) => `${name}: it renews itself`,
    toNoFor: (name: string) => `${name}: it ends`,
    saved: (renews: boolean) =>
      renews ? 'Saved. This membership renews itself.' : 'Saved. This membership ends.',
    nameless: 'Without a name',
    note: ({ period, period_unit, is_deleted, auto_renewing_source }: MembershipType) =>
      [
        ...(period !== null && period_unit ? [`for ${counted(period, ...periods[period_unit])}`] : []),
        ...(is_deleted ? ['no longer offered'] : []),
        auto_renewing_source === 'guess' ? 'guessed from its name' : 'set by a person',
      ].join(', '),
  },
  clients: {
    title: 'Who they are',
    none: 'Nobody, as of today.',
    shown: (shown: number, all: number) =>
      shown === all
        ? counted(all, 'client', 'clients')
        : `${formatCount(shown)} of ${counted(all, 'client', 'clients')}`,
  },
};
