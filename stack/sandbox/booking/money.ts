// What clients pay: memberships, single entries, personal training, drinks; and what is refunded, unpaid or struck out.
import type { GoodsRow, MembershipRow, TransactionRow } from './club.ts';
import { FIRST_ID } from './club.ts';
import type { Booking } from './calendar.ts';
import { addDays, addMinutes } from './local-time.ts';
import type { PersonaName } from './personas.ts';
import type { Random } from './random.ts';
import { AUTO_RENEWING, DRINK, membershipTypeById } from './shop.ts';
import type { MembershipType } from './shop.ts';

const CASH = 90_459;
const TERMINAL = 90_460;
const SERVICES_SOLD = 5;
const GOODS_SOLD = 7;
const MEMBERSHIPS_SOLD = 8;
const REFUNDS = 11;

type Sold = {
  expenseId: number;
  itemType: TransactionRow['soldItemType'];
  itemId: number;
  recordId: number;
  staffId: number;
  documentId?: number;
};

type Card = { row: MembershipRow; type: MembershipType; expires: string };

/** The till. Feed it each client's attended visits in order; it sells what they need and covers what they have. */
export class Till {
  readonly transactions: TransactionRow[] = [];
  readonly goods: GoodsRow[] = [];
  readonly memberships: MembershipRow[] = [];
  readonly #random: Random;
  readonly #today: string;

  constructor(random: Random, today: string) {
    this.#random = random;
    this.#today = today;
  }

  /** Charges one client's attended visits, oldest first. */
  charge(clientId: number, persona: PersonaName, visits: Booking[]): void {
    const cards: Record<MembershipType['covers'], Card | undefined> = {
      training: undefined,
      personal: undefined,
    };
    const favourite = renewing(clientId, persona, this.#favourite(persona, visits.length));
    for (const visit of visits) {
      if (this.#random.chance(0.03)) this.#sellDrink(clientId, visit);
      const covers = visit.kind === 'personal' ? 'personal' : 'training';
      const paysSingly =
        visit.kind === 'trial' || visit.kind === 'other' || persona === 'trial' || persona === 'newcomer';
      const type = covers === 'personal' ? (persona === 'devoted' ? typeOf(305) : null) : favourite;
      if (paysSingly || type === null) {
        this.#payService(clientId, visit);
        continue;
      }
      const card = cards[covers];
      const usable =
        card !== undefined && card.expires >= visit.date && (card.type.entries === 0 || card.row.left > 0);
      const current = usable ? card : this.#sellMembership(clientId, type, addMinutes(visit.date, -20));
      cards[covers] = current;
      if (current.type.entries > 0) current.row.left -= 1;
      visit.services = visit.services.replace(/,\d+\]\]$/, ',0]]');
    }
    if (cards.training !== undefined && persona !== 'lost') this.#renew(cards.training.row);
  }

  /** Whoever stopped coming goes on paying by the bank, past the till: the last card runs on until its next renewal. */
  #renew(row: MembershipRow): void {
    if (row.typeId !== AUTO_RENEWING || row.expires === null) return;
    while (row.expires.slice(0, 10) < this.#today) row.expires = addMinutes(row.expires, 30 * 1440);
  }

  #favourite(persona: PersonaName, visits: number): MembershipType | null {
    if (persona === 'casual') return this.#random.chance(0.25) ? typeOf(301) : null;
    if (persona === 'early-churn') return this.#random.chance(0.5) ? typeOf(302) : null;
    if (visits < 4) return this.#random.chance(0.4) ? typeOf(301) : null;
    if (persona === 'devoted') return typeOf(this.#random.pick([302, 302, 303, 304, 301]));
    return typeOf(this.#random.pick([301, 301, 301, 302, 302, 306, 303]));
  }

  #payService(clientId: number | null, visit: Booking): void {
    if (visit.kind === 'trial' && this.#random.chance(0.3)) {
      visit.services = visit.services.replace(/,\d+\]\]$/, ',0]]');
      return;
    }
    const itemId = Number(/\d+/.exec(visit.services)?.[0] ?? 0);
    const { id: recordId, staffId } = visit;
    const sold: Sold = { expenseId: SERVICES_SOLD, itemType: 'service', itemId, recordId, staffId };
    this.#pay(clientId, visit.price, addMinutes(visit.date, 5), sold);
  }

  /** A walk-in pays at the door: money without a client. */
  chargeWalkIn(visit: Booking): void {
    this.#payService(null, visit);
  }

  #sellDrink(clientId: number, visit: Booking): void {
    const sale = this.#sell(clientId, 0, '', DRINK.price, addMinutes(visit.date, 62));
    const sold = { ...soldGoods(sale, GOODS_SOLD), recordId: visit.id };
    this.#pay(clientId, DRINK.price, sale.created, sold);
  }

  #sellMembership(clientId: number, type: MembershipType, at: string): Card {
    const random = this.#random;
    const number = String(780_000 + this.memberships.length);
    const sale = this.#sell(clientId, type.id, number, type.price, at);
    const expires = `${addDays(at.slice(0, 10), type.periodUnitId === 4 ? 365 : type.period * 30)}T23:59:59`;
    const row: MembershipRow = {
      id: FIRST_ID.membership + this.memberships.length,
      clientId,
      typeId: type.id,
      // One card in fifty came from the system before: no sale tells whose it is.
      goodsTransactionId: random.chance(0.02) ? 0 : sale.id,
      number,
      // A card is sometimes made out before it is sold, which is why its creation is not the sale's date.
      created: random.chance(0.1) ? addMinutes(at, -1440 * random.int(1, 9)) : at,
      expires: random.chance(0.05) ? null : expires,
      left: type.entries,
      statusId: 2,
      frozen: type.allowFreeze && random.chance(0.03) ? 1 : 0,
    };
    this.memberships.push(row);
    if (row.goodsTransactionId === 0) sale.deleted = 1;
    if (row.goodsTransactionId !== 0 && !random.chance(0.03)) this.#payMembership(clientId, type.price, sale);
    return { row, type, expires };
  }

  #payMembership(clientId: number, price: number, sale: GoodsRow): void {
    const random = this.#random;
    const sold = soldGoods(sale, MEMBERSHIPS_SOLD);
    const inParts = random.chance(0.02);
    const first = inParts ? Math.round(price / 2) : price;
    this.#pay(clientId, first, sale.created, sold);
    if (inParts) this.#pay(clientId, price - first, addMinutes(sale.created, 7 * 1440), sold);
    if (random.chance(0.01)) {
      const refund = { ...sold, expenseId: REFUNDS };
      this.#pay(clientId, -price, addMinutes(sale.created, random.int(2, 9) * 1440), refund);
    }
    if (random.chance(0.005)) {
      const double = this.#pay(clientId, price, addMinutes(sale.created, 3), sold);
      if (double !== null) double.deleted = 1;
    }
  }

  #sell(clientId: number, membershipTypeId: number, number: string, cost: number, created: string): GoodsRow {
    const id = FIRST_ID.goods + this.goods.length;
    const documentId = FIRST_ID.document + this.goods.length;
    const row: GoodsRow = {
      id,
      documentId,
      clientId,
      membershipTypeId,
      number,
      created,
      lastChange: created,
      cost,
      deleted: 0,
    };
    this.goods.push(row);
    return row;
  }

  /** Takes money, or gives it back; what would be paid today or later has not been paid yet. */
  #pay(clientId: number | null, amount: number, date: string, sold: Sold): TransactionRow | null {
    if (date.slice(0, 10) >= this.#today) return null;
    const row: TransactionRow = {
      id: FIRST_ID.transaction + this.transactions.length,
      documentId: sold.documentId ?? FIRST_ID.document + 10_000_000 + this.transactions.length,
      clientId,
      recordId: sold.recordId,
      staffId: sold.staffId,
      date,
      lastChange: date,
      amount,
      expenseId: sold.expenseId,
      accountId: this.#random.chance(0.35) ? CASH : TERMINAL,
      soldItemId: sold.itemId,
      soldItemType: sold.itemType,
      deleted: 0,
    };
    this.transactions.push(row);
    return row;
  }

  /** Closes cards that ran out or were used up by today. Status ids are the platform's; only 1 and 2 are documented. */
  finish(): void {
    for (const row of this.memberships) {
      const entries = membershipTypeById(row.typeId)?.entries ?? 0;
      if (entries > 0 && row.left <= 0) row.statusId = 4;
      else if (row.expires !== null && row.expires.slice(0, 10) < this.#today) row.statusId = 3;
      else if (entries > 0 && row.left === entries) row.statusId = 1;
    }
  }
}

/** Every third monthly membership renews itself; which ones is no matter of chance, so that all else stays as it is drawn. */
function renewing(
  clientId: number,
  persona: PersonaName,
  type: MembershipType | null,
): MembershipType | null {
  return type?.id === 302 && persona !== 'early-churn' && clientId % 3 === 0 ? typeOf(AUTO_RENEWING) : type;
}

function typeOf(id: number): MembershipType {
  const type = membershipTypeById(id);
  if (type === undefined)
    throw new Error(`The catalogue has no membership type ${id}: add it to MEMBERSHIP_TYPES.`);
  return type;
}

/** A sale over the counter; the platform does not tie it to a booking by itself. */
function soldGoods({ id, documentId }: GoodsRow, expenseId: number): Sold {
  return { expenseId, itemType: 'goods_transaction', itemId: id, recordId: 0, staffId: 207, documentId };
}
