import type { Keys } from './keys.ts';
import type { Ports } from './paths.ts';
import { ownerUrl } from './postgres-server.ts';

export interface StackUrls {
  api: string;
  functions: string;
  dashboard: string;
  sandbox: string;
  database: string;
}

export function stackUrls(ports: Ports, keys: Keys): StackUrls {
  const api = `http://127.0.0.1:${ports.gateway}`;
  return {
    api,
    functions: `${api}/functions/v1`,
    dashboard: `http://127.0.0.1:${ports.dashboard}`,
    sandbox: `http://127.0.0.1:${ports.sandbox}`,
    database: ownerUrl(keys, ports.postgres),
  };
}
