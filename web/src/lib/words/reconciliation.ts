import { counted } from '#lib/format/number.ts';
import type { Figure } from '#lib/server/db/reconciliation.ts';

const figures: Record<Figure['figure'], string> = {
  clients: 'Clients in all',
  bookings: 'Bookings of a day',
  visits: 'Visits in all',
  sold: 'Money in all',
};

export const reconciliationWords = {
  title: 'Platform and us',
  empty: 'The platform’s own numbers are compared with ours at the end of the nightly check.',
  emptyDetail: (when: string) => `It begins ${when}.`,
  agree: (figures: number) => `All ${counted(figures, 'number agrees', 'numbers agree')}.`,
  differ: (differing: number, all: number) => `${differing} of ${all} numbers differ.`,
  unread: (unread: number) => `${counted(unread, 'number', 'numbers')} could not be read.`,
  table: 'The platform’s numbers and ours',
  columns: { figure: 'Number', platform: 'Platform', ours: 'Here', difference: 'Difference' },
  figures,
  same: 'none',
  of: (date: string) => `of ${date}`,
  upTo: (date: string) => `up to ${date}`,
  read: (when: string) => `read ${when}`,
  notRead: (when: string) => `Not read ${when}`,
  never: 'not read yet',
  details: 'What is compared',
  clients: (count: number) => `${counted(count, 'client differs', 'clients differ')}.`,
  quarantined: (count: number) =>
    `${counted(count, 'client', 'clients')} of the platform could not be read and ${count === 1 ? 'is' : 'are'} set aside.`,
};
