// At the end of a rebuild the platform is asked what it counts itself, and both sides are stored at one moment. Whatever cannot be
// read is told and kept with its reason; the rebuild is done by then, and does not fail with it.
import { z } from 'zod';
import { minorDigits } from '../../../shared/booking/money.ts';
import { ProviderError } from '../../../shared/booking/provider-error.ts';
import type { PlatformFigures } from '../../../shared/booking/provider.ts';
import { wallClock } from '../../../shared/booking/wall-clock.ts';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { OutOfBudgetError } from './budget.ts';
import type { SyncTarget } from './mirror.ts';

const DAY_MS = 24 * 60 * 60_000;

const figure = z.enum(['clients', 'bookings', 'visits', 'sold']);
export type Figure = z.output<typeof figure>;

const storedSchema = z.object({ read: z.array(figure), not_read: z.partialRecord(figure, z.string()) });
export type FiguresReport = z.output<typeof storedSchema>;

export interface FiguresDeps {
  database: Database;
  figures: PlatformFigures;
  now: Now;
  log: Log;
}

export type FiguresTarget = Pick<SyncTarget, 'club_id' | 'timezone' | 'currency'>;

type Counted = Partial<Record<Figure, number>>;
type NotRead = FiguresReport['not_read'];

/** Stores what the platform counts beside what we count; which figures were read, and why the others were not. */
export async function readFigures(deps: FiguresDeps, target: FiguresTarget): Promise<FiguresReport> {
  const { figures, log, now } = deps;
  const bookingsDate = dayBefore(wallClock(now(), target.timezone).slice(0, 10));
  const counts: Counted = {};
  const notRead: NotRead = {};
  await count('clients', () => figures.countClients(), counts, notRead);
  await count('bookings', () => figures.countBookings(bookingsDate), counts, notRead);
  const report = await store(deps, target, { bookingsDate, counts, notRead });
  if (Object.keys(report.not_read).length > 0) log.warn('figures_not_read', { reasons: report.not_read });
  return report;
}

async function count(name: Figure, ask: () => Promise<number | null>, counts: Counted, notRead: NotRead) {
  try {
    const value = await ask();
    if (value === null) notRead[name] = `The platform does not say how many ${name} there are.`;
    else counts[name] = value;
  } catch (error) {
    if (error instanceof OutOfBudgetError)
      notRead[name] = 'There was no time left to ask for it; the next rebuild asks again.';
    else if (error instanceof ProviderError) notRead[name] = error.message;
    else throw error;
  }
}

async function store(
  { database, figures, now }: FiguresDeps,
  { club_id: clubId, currency }: FiguresTarget,
  { bookingsDate, counts, notRead }: { bookingsDate: string; counts: Counted; notRead: NotRead },
): Promise<FiguresReport> {
  const args = {
    p_club_id: clubId,
    p_counts: counts,
    p_not_read: notRead,
    p_bookings_date: bookingsDate,
    p_client_fields: figures.clientFields,
    p_minor_digits: minorDigits(currency),
    p_now: now().toISOString(),
  };
  try {
    return await database.call('store_figures', args, storedSchema);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { read: [], not_read: Object.fromEntries(figure.options.map((name) => [name, error.message])) };
  }
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
