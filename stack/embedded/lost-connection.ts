import type { ReservedSql, Sql } from 'postgres';

/** The words of the driver for a connection that ended, of the system for one that was cut, and of a server that goes down. */
const LOST = /^(CONNECTION_|ECONN|EPIPE|57P0)/;

/** lite hides most codes behind one of its own, and passes those of class 53 (no connection to be had) on. */
const NO_CONNECTION = '53300';

function isLost(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && LOST.test(String(error.code));
}

/** So that whoever called knows that the same call may succeed later. */
function noConnection(cause: Error): Error {
  const error = new Error(`Postgres is away: ${cause.message}`, { cause });
  return Object.assign(error, { code: NO_CONNECTION });
}

/**
 * The driver (postgres 3.4) uses a reserved connection on although it was lost with the server: the rollback that follows is
 * written to nobody, which throws outside of any promise, and a released one is given to the next request, which then waits
 * until it times out. So a reserved connection that failed is neither written to nor given back: the driver has taken it
 * back already, when it was closed.
 */
export function leaveLostConnections(sql: Sql): void {
  const reserve = sql.reserve.bind(sql);
  sql.reserve = async () => {
    try {
      return guarded(await reserve());
    } catch (error) {
      throw isLost(error) ? noConnection(error) : error;
    }
  };
}

function guarded(reserved: ReservedSql): ReservedSql {
  const unsafe = reserved.unsafe.bind(reserved);
  const release = reserved.release.bind(reserved);
  let lost: Error | undefined;
  const guard = async (...query: Parameters<typeof unsafe>) => {
    if (lost) throw lost;
    try {
      return await unsafe(...query);
    } catch (error) {
      if (!isLost(error)) throw error;
      lost = noConnection(error);
      throw lost;
    }
  };
  return Object.assign(reserved, { unsafe: guard, release: () => (lost ? undefined : release()) });
}
