// What a fault looks like on the wire.
import type { Context, Next } from 'hono';
import { failed, TOO_MANY } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { Fault } from './faults.ts';

const BLOCKED_PAGE =
  '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1></body></html>';

/** Answers a call the way the fault says; `slow`, `truncated-json`, `short-page` and `duplicate-ids` spoil the real answer. */
export async function troubledAnswer(
  c: Context,
  next: Next,
  fault: Fault,
  wait: (ms: number) => Promise<unknown>,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case '429':
      return c.json(TOO_MANY, 429);
    case 'success-false':
      return c.json(TOO_MANY, 200);
    case 'html-403':
      return c.html(BLOCKED_PAGE, 403);
    case '500':
      return c.text('Internal Server Error', 500);
    case 'page-failure':
      return c.json(failed('An error has occurred.'), 500);
    case 'unauthorized':
      return c.json(failed('Authentication needed.'), 401);
    case 'no-rights':
      return c.json(failed('Not enough rights.'), 403);
    case 'reset':
      return cutConnection(c);
    case 'slow':
      await wait(fault.delayMs);
      await next();
      return undefined;
    case 'truncated-json':
      await next();
      return truncate(c);
    case 'short-page':
      await next();
      return shorten(c);
    case 'duplicate-ids':
      c.set('repeated', fault.rows);
      await next();
      return undefined;
  }
}

/** Closes the caller's connection in the middle of an answer. */
function cutConnection(c: Context): Response {
  const node = c.env as { incoming?: { socket?: { destroy(): void } } } | undefined;
  const socket = node?.incoming?.socket;
  if (socket !== undefined) {
    socket.destroy();
    return new Response(null);
  }
  // Without a server in between there is no socket: the answer breaks off while it is read.
  const body = new ReadableStream({
    pull: (controller) =>
      controller.error(new Error('The sandbox cut this connection, as a fault told it to.')),
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

async function truncate(c: Context): Promise<undefined> {
  const text = await c.res.text();
  const status = c.res.status;
  c.res = undefined;
  c.res = new Response(text.slice(0, Math.floor(text.length / 2)), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

/** Leaves the last half of a page out: a short page that is not the last. */
async function shorten(c: Context): Promise<undefined> {
  const envelope = (await c.res.json()) as Envelope;
  if (Array.isArray(envelope.data))
    envelope.data = envelope.data.slice(0, Math.ceil(envelope.data.length / 2));
  c.res = undefined;
  c.res = c.json(envelope);
}
