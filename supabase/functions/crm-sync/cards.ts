// The cards of clients of whom something changed, phone by phone. The list of all cards has no change filter and comes rarely.
import { z } from 'zod';
import {
  ProviderForbiddenError,
  ProviderInvalidError,
  ProviderNotFoundError,
} from '../../../shared/booking/provider-error.ts';
import type { BookingProvider, ListedPage } from '../../../shared/booking/provider.ts';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';

/** One request each: more wait for the next run. */
const PHONES_PER_RUN = 10;
/** A right that is missing is not looked for every minute. */
const PUT_OFF_MS = 60 * 60_000;

const NO_CARDS: Pick<ListedPage<'memberships'>, 'rows' | 'quarantined'> = { rows: [], quarantined: [] };

export interface CardDeps {
  database: Database;
  provider: Pick<BookingProvider, 'listCardsOf'>;
  now: Now;
  log: Log;
}

export interface CardReport {
  /** Phones. */
  asked: number;
  /** Cards. */
  changed: number;
}

const dueSchema = z.array(z.object({ client_id: z.int(), phone: z.string() }));

/** Reads the cards of the phones that wait longest. Where the platform does not allow it, they wait on, with a warning. */
export async function readCards(deps: CardDeps, clubId: number): Promise<CardReport> {
  const { database, now } = deps;
  const report: CardReport = { asked: 0, changed: 0 };
  const due = await database.call(
    'due_card_checks',
    { p_club_id: clubId, p_limit: PHONES_PER_RUN, p_now: now().toISOString() },
    dueSchema,
  );
  for (const { client_id: clientId, phone } of due) {
    const askedAt = now();
    const cards = await cardsOf(deps, clubId, clientId, phone);
    report.asked += 1;
    if (cards === null) break;
    report.changed += await database.call(
      'apply_cards',
      {
        p_club_id: clubId,
        p_phone: phone,
        p_rows: cards.rows,
        p_quarantined: cards.quarantined,
        p_asked_at: askedAt.toISOString(),
      },
      z.number(),
    );
  }
  return report;
}

/** Null: the platform does not let us read cards, whoever's they are. */
async function cardsOf(
  { database, provider, now, log }: CardDeps,
  clubId: number,
  clientId: number,
  phone: string,
): Promise<typeof NO_CARDS | null> {
  try {
    return await provider.listCardsOf(phone);
  } catch (error) {
    if (error instanceof ProviderInvalidError) {
      // A phone the platform does not take is asked no better the next time; its cards come with the list of all.
      log.warn('cards_not_readable', { client_id: clientId, reason: error.message });
      return NO_CARDS;
    }
    if (!(error instanceof ProviderForbiddenError || error instanceof ProviderNotFoundError)) throw error;
    const until = new Date(now().getTime() + PUT_OFF_MS).toISOString();
    log.warn('cards_not_allowed', { reason: error.message, until });
    await database.call('put_off_card_checks', { p_club_id: clubId, p_until: until }, z.unknown());
    return null;
  }
}
