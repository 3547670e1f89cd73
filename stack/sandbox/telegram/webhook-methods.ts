// Setting, removing and looking at the webhook.
import { z } from 'zod';
import type { MethodDeps, Methods } from './method.ts';
import { flag, integer, json, parse } from './parameters.ts';

const setWebhook = z.looseObject({
  url: z.string(),
  secret_token: z.string().optional(),
  max_connections: integer.pipe(z.int().min(1).max(100)).default(40),
  allowed_updates: json(z.array(z.string())).optional(),
  drop_pending_updates: flag.optional(),
});
const deleteWebhook = z.looseObject({ drop_pending_updates: flag.optional() });

export function createWebhookMethods({ webhook }: MethodDeps): Methods {
  return {
    setwebhook(parameters) {
      const request = parse(setWebhook, parameters);
      if (request.drop_pending_updates) webhook.dropPending();
      if (request.url === '') {
        webhook.remove();
        return { result: true, description: 'Webhook was deleted' };
      }
      webhook.set({
        url: request.url,
        secretToken: request.secret_token ?? null,
        maxConnections: request.max_connections,
        allowedUpdates: request.allowed_updates ?? webhook.current()?.allowedUpdates ?? [],
      });
      return { result: true, description: 'Webhook was set' };
    },
    deletewebhook(parameters) {
      if (parse(deleteWebhook, parameters).drop_pending_updates) webhook.dropPending();
      const description = webhook.current() ? 'Webhook was deleted' : 'Webhook is already deleted';
      webhook.remove();
      return { result: true, description };
    },
    getwebhookinfo: () => ({ result: webhook.info() }),
  };
}
