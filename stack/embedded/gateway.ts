import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { hasValidToken } from './jwt.ts';
import type { SupabaseConfig } from './supabase-config.ts';

export interface GatewayOptions {
  lite: (request: Request) => Promise<Response>;
  /** The loopback port of a function; undefined when there is none of that name. */
  functionPort: (name: string) => number | undefined;
  /** Why a function is not started, in a sentence; undefined for all others. */
  functionOff?: (name: string) => string | undefined;
  config: SupabaseConfig;
  jwtSecret: string;
  health: () => { isReady: boolean; parts: Record<string, string> };
}

/** The one address of the stack's API, as a Supabase project has one. */
export function createGateway(options: GatewayOptions): Hono {
  const app = new Hono();
  app.get('/health', (c) => {
    const { isReady, parts } = options.health();
    return c.json({ status: isReady ? 'ready' : 'not ready', pid: process.pid, parts }, isReady ? 200 : 503);
  });
  app.all('/rest/v1/*', (c) => options.lite(c.req.raw));
  app.all('/auth/v1/*', (c) => options.lite(c.req.raw));
  app.all('/functions/v1/:name/*', (c) => forward(c.req.raw, c.req.param('name'), options));
  app.all('/functions/v1/:name', (c) => forward(c.req.raw, c.req.param('name'), options));
  app.notFound((c) => c.json({ code: 404, message: `Nothing is at ${c.req.path}` }, 404));
  return app;
}

async function forward(request: Request, name: string, options: GatewayOptions): Promise<Response> {
  const port = options.functionPort(name);
  const off = options.functionOff?.(name);
  if (off !== undefined) return Response.json({ error: off }, { status: 503 });
  if (port === undefined) {
    return Response.json({ code: 'NOT_FOUND', message: 'Requested function was not found' }, { status: 404 });
  }
  const mustVerify = options.config.functions[name]?.verify_jwt ?? true;
  if (mustVerify && !(await hasValidToken(request, options.jwtSecret))) {
    return Response.json({ code: 401, message: 'Invalid JWT' }, { status: 401 });
  }
  // As the platform does: the function sees its own name first in the path.
  const { pathname, search } = new URL(request.url);
  const target = `http://127.0.0.1:${port}${pathname.slice('/functions/v1'.length)}${search}`;
  try {
    return await proxy(target, { raw: request, redirect: 'manual' });
  } catch {
    // It is being started again: the caller may repeat, as with a real platform's 503.
    return Response.json(
      { code: 'BOOT_ERROR', message: `The function ${name} is not running, try again` },
      { status: 503, headers: { 'retry-after': '1' } },
    );
  }
}

export interface RunningGateway {
  stop(): Promise<void>;
}

export function listen(app: Hono, port: number): Promise<RunningGateway> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => {
      resolve({
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}
