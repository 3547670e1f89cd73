// The test's door: state, faults, the log, and the hand that plays the club's reception.
import { Hono } from 'hono';
import { z } from 'zod';
import type { Booking } from './booking.ts';
import {
  body,
  clientPatchSchema,
  idOf,
  loadSchema,
  newClientSchema,
  newRecordSchema,
  recordPatchSchema,
  visitSchema,
} from './control-bodies.ts';
import { addCatalogueControl } from './control-catalogue.ts';
import { ClubEditor, ControlError } from './control-club.ts';
import { addMoneyControl } from './control-money.ts';
import { addRowsRoute } from './control-rows.ts';
import { faultSchema } from './faults.ts';
import { phoneDigits } from './load.ts';
import { PayloadWriter } from './payload.ts';

/** Where the control lives on the sandbox's server. */
export const BOOKING_CONTROL_BASE = '/control/booking';

/** Builds the control; it carries its own base path, so mount it at `/`. */
export function createBookingControl(booking: Booking): Hono {
  const app = new Hono().basePath(BOOKING_CONTROL_BASE);
  addWatching(app, booking);
  addFaultRoutes(app, booking);
  addRecordControl(app, booking);
  addClientControl(app, booking);
  addMoneyControl(app, booking);
  addCatalogueControl(app, booking);
  addRowsRoute(app, booking);
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, error.status);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    console.error('[sandbox] booking control failed.', error);
    return c.json({ error: error.message }, 500);
  });
  return app;
}

function addWatching(app: Hono, { store, limiter, requests, load }: Booking): void {
  app.get('/state', (c) => c.json({ ...store.totals(), rate: limiter.report() }));

  app.get('/requests', (c) => {
    const after = Number(c.req.query('after') ?? 0);
    const limit = Number(c.req.query('limit') ?? 1000);
    return c.json({
      requests: requests.list(after, limit),
      counts: requests.counts(),
      rate: limiter.report(),
    });
  });

  app.delete('/requests', (c) => {
    requests.clear();
    limiter.resetReport();
    return c.body(null, 204);
  });

  app.post('/load', async (c) => {
    load(await body(c, loadSchema));
    return c.json(store.totals());
  });
}

function addFaultRoutes(app: Hono, { faults }: Booking): void {
  app.get('/faults', (c) => c.json({ faults: faults.list() }));
  app.post('/faults', async (c) => c.json(faults.add(await body(c, faultSchema)), 201));
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
}

function addRecordControl(app: Hono, booking: Booking): void {
  const editor = new ClubEditor(booking);
  const write = new PayloadWriter(booking);

  app.post('/records', async (c) => {
    const record = editor.addRecord(await body(c, newRecordSchema));
    return c.json(write.record(record, { withFinance: true }), 201);
  });

  app.patch('/records/:id', async (c) => {
    const record = editor.patchRecord(idOf(c), await body(c, recordPatchSchema));
    return c.json(write.record(record, { withFinance: true }));
  });

  // Purged, it leaves no tombstone: no list shows it, and by its id it is not found.
  app.delete('/records/:id', (c) => {
    if (c.req.query('purge') === '1') editor.purgeRecord(idOf(c));
    else editor.patchRecord(idOf(c), { deleted: true, silent: false });
    return c.body(null, 204);
  });

  // "This member comes to train now."
  app.post('/visits', async (c) => {
    const { clientId, serviceKind, at } = await body(c, visitSchema);
    const startsAt = at ?? booking.now().toISOString();
    const record = editor.addRecord({ clientId, serviceKind, startsAt, attendance: 1 });
    return c.json(write.record(record, { withFinance: true }), 201);
  });
}

function addClientControl(app: Hono, booking: Booking): void {
  const { store } = booking;
  const editor = new ClubEditor(booking);
  const write = new PayloadWriter(booking);

  app.get('/clients', (c) => {
    const search = c.req.query('q') ?? '';
    const digits = phoneDigits(search);
    const where =
      search === ''
        ? { sql: [], values: [] }
        : {
            sql: [
              "(json_extract(payload, '$.display_name') like '%' || ? || '%' or (? <> '' and phone like '%' || ? || '%'))",
            ],
            values: [search, digits, digits],
          };
    const size = {
      page: Number(c.req.query('page') ?? 1),
      count: Math.min(Number(c.req.query('count') ?? 50), 1000),
    };
    const { rows, total } = store.clients(where, size);
    return c.json({
      total,
      clients: rows.map((client) => ({ ...write.client(client), community: client.community })),
    });
  });

  app.get('/clients/:id', (c) => {
    const client = editor.client(idOf(c));
    const { rows } = store.records(
      { sql: ['client_id = ?'], values: [client.payload.id] },
      { page: 1, count: 1000 },
    );
    return c.json({
      client: write.client(client),
      community: client.community,
      visits: store.visitsOf(client.payload.id),
      records: rows.map((record) => write.record(record, { withFinance: false })),
    });
  });

  app.post('/clients', async (c) =>
    c.json(write.client(editor.addClient(await body(c, newClientSchema))), 201),
  );
  app.patch('/clients/:id', async (c) =>
    c.json(write.client(editor.patchClient(idOf(c), await body(c, clientPatchSchema)))),
  );
  app.delete('/clients/:id', (c) => {
    editor.removeClient(idOf(c));
    return c.body(null, 204);
  });
}
