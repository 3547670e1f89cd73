// The platform's API, v1, as a sync sees it.
import type { Context, Next } from 'hono';
import { Hono } from 'hono';
import { checkAccess } from './access.ts';
import type { Booking } from './booking.ts';
import { addCatalogueRoutes } from './catalogue-routes.ts';
import { addClientRoutes } from './client-routes.ts';
import { failed, PlatformError, TOO_MANY } from './envelope.ts';
import { addHookRoutes } from './hook-routes.ts';
import { addMoneyRoutes } from './money-routes.ts';
import { addRecordRoutes } from './record-routes.ts';
import { troubledAnswer } from './trouble.ts';

/** Where the API lives on the sandbox's server. */
export const BOOKING_BASE = '/booking/api/v1';

type Note = { Variables: { note: string } };

/** Builds the API; it carries its own base path, so mount it at `/`. */
export function createBookingApp(booking: Booking): Hono {
  const app = new Hono().basePath(BOOKING_BASE);
  app.use('*', (c, next) => logged(c as unknown as Context<Note>, next, booking));
  app.use('*', (c, next) => limited(c as unknown as Context<Note>, next, booking));
  app.use('*', (c, next) => troubled(c as unknown as Context<Note>, next, booking));
  app.use('*', async (c, next) => {
    checkAccess(c, booking.credentials);
    await next();
  });
  addClientRoutes(app, booking);
  addRecordRoutes(app, booking);
  addCatalogueRoutes(app, booking);
  addMoneyRoutes(app, booking);
  addHookRoutes(app, booking);
  app.all('*', (c) => c.json(failed('Not found.'), 404));
  app.onError((error, c) => {
    if (error instanceof PlatformError) return c.json(failed(error.message, error.errors), error.status);
    console.error('[sandbox] booking: an answer could not be made.', error);
    return c.json(failed(`The sandbox itself failed: ${error.message}`), 500);
  });
  return app;
}

async function logged(c: Context<Note>, next: Next, { requests, now, peer }: Booking): Promise<void> {
  const at = now().toISOString();
  const url = new URL(c.req.url);
  await next();
  const note = c.get('note') ?? '';
  requests.add({
    at,
    peer: peer(c),
    method: c.req.method,
    path: url.pathname.slice(BOOKING_BASE.length),
    query: url.search.slice(1),
    status: note === 'reset' ? 0 : c.res.status,
    note,
  });
}

/** Over the budget the platform answers 429, and every other time 200 with `success: false`. */
async function limited(
  c: Context<Note>,
  next: Next,
  { limiter, peer }: Booking,
): Promise<Response | undefined> {
  if (limiter.arrive(peer(c))) {
    await next();
    return undefined;
  }
  c.set('note', 'rate-limit');
  return c.json(TOO_MANY, limiter.report().refused % 2 === 1 ? 429 : 200);
}

async function troubled(
  c: Context<Note>,
  next: Next,
  { faults, wait }: Booking,
): Promise<Response | undefined> {
  const fault = faults.take({
    method: c.req.method,
    path: c.req.path.slice(BOOKING_BASE.length),
    query: new URLSearchParams(new URL(c.req.url).search).toString().replaceAll('%5B%5D', '[]'),
    page: await pageOf(c),
  });
  if (fault === null) {
    await next();
    return undefined;
  }
  c.set('note', fault.kind);
  return troubledAnswer(c, next, fault, wait);
}

async function pageOf(c: Context): Promise<number> {
  if (c.req.method === 'GET') return Number(c.req.query('page') ?? 1);
  const body: unknown = await c.req.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'page' in body ? Number(body.page) : 1;
}
