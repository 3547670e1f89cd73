// What the club changes in its own lists: services, their categories, staff, membership types, loyalty programmes.
import type { Hono } from 'hono';
import type { Booking } from './booking.ts';
import type { CatalogueList, CatalogueRows } from './catalogue-store.ts';
import { body, catalogueSchemas, idOf } from './control-bodies.ts';
import { ControlError } from './control-club.ts';
import { HookEvents } from './hook-events.ts';

/** What a row is as long as nobody says otherwise. */
const NEW_ROWS: { [List in CatalogueList]: (id: number) => CatalogueRows[List] } = {
  services: (id) => ({
    id,
    title: `Služba ${id}`,
    categoryId: 25,
    kind: 'other',
    price: 500,
    minutes: 60,
    language: 'cs',
  }),
  service_categories: (id) => ({ id, title: `Kategorie ${id}` }),
  staff: (id) => ({ id, name: `Trenér ${id}`, specialization: '', position: [], fired: 0, hidden: 0 }),
  membership_types: (id) => ({
    id,
    goodId: id + 100,
    title: `Členství ${id}`,
    price: 990,
    periodUnitId: 3,
    period: 1,
    entries: 0,
    covers: 'training',
    allowFreeze: false,
  }),
  loyalty_programmes: (id) => ({
    id,
    title: `Sleva ${id}`,
    type: 'discount_static',
    value: 5,
    value_unit: 'percent',
    usage_limit: 0,
    expiration_timeout: 0,
  }),
};

/** The platform keeps no last change of these: a list is compared as a whole. */
export function addCatalogueControl(app: Hono, booking: Booking): void {
  const { catalogue } = booking.store;
  const events = new HookEvents(booking);
  for (const list of Object.keys(NEW_ROWS) as CatalogueList[]) {
    app.put(`/catalogue/${list}/:id`, async (c) => {
      const changes = await body(c, catalogueSchemas[list]);
      const id = idOf(c);
      const old = catalogue.find(list, id);
      const row = { ...(old ?? NEW_ROWS[list](id)), ...changes };
      catalogue.put(list, row);
      events.catalogue(list, row, old ? 'update' : 'create');
      return c.json(row);
    });

    app.delete(`/catalogue/${list}/:id`, (c) => {
      if (catalogue.find(list, idOf(c)) === undefined)
        throw new ControlError(
          `The club has no ${idOf(c)} among its ${list}: GET /control/booking/rows/${list} lists them.`,
        );
      catalogue.remove(list, idOf(c));
      events.catalogue(list, { id: idOf(c) }, 'delete');
      return c.body(null, 204);
    });
  }
}
