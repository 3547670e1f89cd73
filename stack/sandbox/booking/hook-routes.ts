import type { Hono } from 'hono';
import { checkCompany } from './access.ts';
import type { Booking } from './booking.ts';
import { ok, PlatformError } from './envelope.ts';
import { hookSettingsSchema } from './hooks.ts';

/** Where webhooks go and what they are about. */
export function addHookRoutes(app: Hono, { hooks, credentials }: Booking): void {
  app.get('/hooks_settings/:company', (c) => {
    checkCompany(c, credentials);
    return c.json(ok(hooks.settings()));
  });

  app.post('/hooks_settings/:company', async (c) => {
    checkCompany(c, credentials);
    const body: unknown = await c.req.json().catch(() => {
      throw new PlatformError(400, 'The body is not JSON.');
    });
    const parsed = hookSettingsSchema.safeParse(body);
    if (!parsed.success)
      throw new PlatformError(422, 'Validation failed.', {
        body: parsed.error.issues.map(({ message }) => message),
      });
    hooks.change(parsed.data);
    return c.json(ok(hooks.settings()));
  });
}
