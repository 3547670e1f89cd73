import { chmodSync, rmSync } from 'node:fs';
import { prepareDatabase } from '../../../stack/embedded/database.ts';
import { freePort } from '../../../stack/embedded/free-ports.ts';
import { makeHome } from '../../../stack/embedded/home.ts';
import { keysOf } from '../../../stack/embedded/keys.ts';
import { openLog } from '../../../stack/embedded/log.ts';
import { homeAt } from '../../../stack/embedded/paths.ts';
import { adminUrl, ownerUrl, preparePostgres } from '../../../stack/embedded/postgres-server.ts';
import { temporaryHome } from '../../stack.ts';
import type { Size } from './size.ts';

export interface Server {
  home: string;
  /** As `supabase_admin`, the superuser. */
  adminUrl: string;
  /** As `postgres`, the owner of our schemas. */
  ownerUrl: string;
  stop(): Promise<void>;
  forget(): void;
}

/** As in production: durable commits, logical decoding possible. One query uses one core, so that a ratio compares work. */
function settingsOf(size: Size): Record<string, string> {
  return {
    shared_buffers: size.sharedBuffers,
    fsync: 'on',
    synchronous_commit: 'on',
    wal_level: 'logical',
    autovacuum: 'on',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    maintenance_work_mem: '512MB',
    max_wal_size: '4GB',
  };
}

/** A Postgres of its own in a temporary home, with every migration. */
export async function startServer(size: Size): Promise<Server> {
  const home = homeAt(temporaryHome());
  makeHome(home);
  chmodSync(home.root, 0o711);
  const keys = await keysOf(home);
  const port = await freePort();
  const log = openLog(home, { quiet: true });
  const postgres = await preparePostgres({
    home,
    port,
    keys,
    log: log.for('postgres'),
    settings: settingsOf(size),
  });
  const stop = async () => {
    await postgres.stop();
    await log.close();
  };
  const forget = () => rmSync(home.root, { recursive: true, force: true });
  try {
    await postgres.start();
    await prepareDatabase({ port, keys, cliHome: home.root });
  } catch (error) {
    await stop();
    forget();
    throw error;
  }
  return { home: home.root, adminUrl: adminUrl(keys, port), ownerUrl: ownerUrl(keys, port), stop, forget };
}
