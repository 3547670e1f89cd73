// What the desk does with cards, sales and money.
import type { Hono } from 'hono';
import type { z } from 'zod';
import type { Booking } from './booking.ts';
import type { GoodsRow, MembershipRow, TransactionRow } from './club.ts';
import {
  body,
  cardPatchSchema,
  cardSchema,
  idOf,
  salePatchSchema,
  saleSchema,
  transactionPatchSchema,
} from './control-bodies.ts';
import { ClubEditor, ControlError, findMembershipType, newCard } from './control-club.ts';
import { HookEvents } from './hook-events.ts';
import { MoneyWriter } from './money-payload.ts';

/** Cards are made out and changed, sales and payments are struck out or corrected. */
export function addMoneyControl(app: Hono, booking: Booking): void {
  const { store } = booking;
  const editor = new ClubEditor(booking);
  const write = new MoneyWriter(booking);
  const events = new HookEvents(booking);

  app.post('/sales', async (c) => c.json(editor.sell(await body(c, saleSchema)), 201));

  app.patch('/sales/:id', async (c) => {
    const { deleted, silent } = await body(c, salePatchSchema);
    const old = found(store.sale(idOf(c)), 'sale', idOf(c));
    const sale: GoodsRow = { ...old, ...touched(booking, old, silent), deleted: deleted ? 1 : 0 };
    store.add('goods', sale);
    if (!silent) events.sale(sale, deleted ? 'delete' : 'update');
    return c.json(write.goods(sale));
  });

  app.patch('/transactions/:id', async (c) => {
    const { amount, deleted, silent } = await body(c, transactionPatchSchema);
    const old = found(store.transaction(idOf(c)), 'transaction', idOf(c));
    const transaction: TransactionRow = {
      ...old,
      ...touched(booking, old, silent),
      amount: amount ?? old.amount,
      deleted: deleted === undefined ? old.deleted : deleted ? 1 : 0,
    };
    store.add('transactions', transaction);
    if (!silent) events.transaction(transaction, deleted ? 'delete' : 'update');
    return c.json(write.transaction(transaction));
  });

  // Without a sale: only by the client's phone does the platform say whose it is.
  app.post('/memberships', async (c) => {
    const { clientId, membershipTypeId } = await body(c, cardSchema);
    editor.client(clientId);
    const id = store.nextId('memberships');
    const created = booking.time.wall(booking.now());
    const type = findMembershipType(booking, membershipTypeId);
    const card = { id, clientId, goodsTransactionId: 0, number: String(id), created };
    const membership: MembershipRow = { ...card, ...newCard(type, created) };
    store.add('memberships', membership);
    return c.json(write.membership(membership), 201);
  });

  app.patch('/memberships/:id', async (c) => {
    const patch = await body(c, cardPatchSchema);
    const card = patched(editor, found(store.membership(idOf(c)), 'card', idOf(c)), patch);
    store.add('memberships', card);
    return c.json(write.membership(card));
  });
}

function found<Row>(row: Row | undefined, what: string, id: number): Row {
  if (row === undefined) throw new ControlError(`The club has no ${what} ${id}.`);
  return row;
}

function touched(
  { time, now }: Booking,
  { lastChange }: { lastChange: string },
  isSilent: boolean,
): { lastChange: string } {
  return { lastChange: isSilent ? lastChange : time.wall(now()) };
}

function patched(
  editor: ClubEditor,
  card: MembershipRow,
  { left, statusId, frozen, expires }: z.infer<typeof cardPatchSchema>,
): MembershipRow {
  return {
    ...card,
    left: left ?? card.left,
    statusId: statusId ?? card.statusId,
    frozen: frozen === undefined ? card.frozen : frozen ? 1 : 0,
    expires: expires === undefined ? card.expires : expires === null ? null : editor.wall(expires),
  };
}
