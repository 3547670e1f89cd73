import type { Hono } from 'hono';
import { checkCompany } from './access.ts';
import type { Booking } from './booking.ts';
import { searchOrder, searchRow, searchSchema, searchWhere } from './client-search.ts';
import { ok, PlatformError } from './envelope.ts';
import { phoneDigits } from './load.ts';
import { PayloadWriter } from './payload.ts';
import { Conditions, paging, queryPaging, wholeNumber } from './query.ts';

/** Clients: the search, and the deprecated list that is the only one to know what changed. */
export function addClientRoutes(app: Hono, booking: Booking): void {
  const { store, credentials } = booking;
  const write = new PayloadWriter(booking);

  app.post('/company/:company/clients/search', async (c) => {
    checkCompany(c, credentials);
    const body: unknown = await c.req.json().catch(() => {
      throw new PlatformError(400, 'The body is not JSON.');
    });
    const parsed = searchSchema.safeParse(body);
    if (!parsed.success)
      throw new PlatformError(422, 'Validation failed.', {
        body: parsed.error.issues.map(({ message }) => message),
      });
    const search = parsed.data;
    const size = {
      ...paging(search.page, search.page_size, ['page', 'page_size'], 25, 200),
      repeated: c.get('repeated' as never) as number | undefined,
    };
    const { rows, total } = store.clients(searchWhere(search), size, searchOrder(search));
    const data = rows.map((client) => {
      const { id } = client.payload;
      return searchRow(client, search.fields, store.visitsOf(id), store.paidBy(id));
    });
    return c.json(ok(data, { total_count: total }));
  });

  app.get('/clients/:company', (c) => {
    checkCompany(c, credentials);
    const size = queryPaging(c, 20, 200);
    const conditions = new Conditions(c).moments('last_change', 'changed_after', 'changed_before');
    const like = (name: string, column: string) => {
      const value = c.req.query(name);
      if (value !== undefined)
        conditions.add(`${column} like '%' || ? || '%'`, name === 'phone' ? phoneDigits(value) : value);
    };
    like('fullname', "json_extract(payload, '$.display_name')");
    like('phone', 'phone');
    like('email', "json_extract(payload, '$.email')");
    like('card', "json_extract(payload, '$.card')");
    const ids = [...(c.req.queries('id[]') ?? []), ...(c.req.queries('id') ?? [])].map((id) =>
      wholeNumber(id, 'id'),
    );
    if (ids.length > 0) conditions.add(`id in (${ids.map(() => '?').join(', ')})`, ...ids);
    const { rows, total } = store.clients(conditions.where, size);
    return c.json(
      ok(
        rows.map((client) => write.client(client)),
        { page: size.page, total_count: total },
      ),
    );
  });

  app.get('/client/:company/:id', (c) => {
    checkCompany(c, credentials);
    const client = store.client(wholeNumber(c.req.param('id'), 'id'));
    if (client === null || client.isGone) throw new PlatformError(404, 'Not found.');
    return c.json(ok(write.client(client)));
  });
}
