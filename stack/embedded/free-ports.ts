import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { errorCode, StackProblem } from './problem.ts';

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}

/** Fails with the number and the cure when someone else listens there. */
export async function requireFree(port: number, what: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRINUSE') {
      throw new StackProblem(
        `Port ${port} (${what}) is in use: stop what listens there, or start with another --port.`,
        { cause: error },
      );
    }
    if (code === 'EACCES') {
      throw new StackProblem(`Port ${port} (${what}) needs root: choose a --port above 1023.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/**
 * A base port with its three neighbours free, for stacks that tests start: below the range from which systems give outgoing
 * connections their ports, or one of those takes a neighbour before the stack does.
 */
export async function freeBasePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = randomInt(20_000, 32_000);
    try {
      for (const offset of [0, 1, 2, 3]) await listenOnce(base + offset);
      return base;
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE') throw error;
    }
  }
  throw new StackProblem('No four neighbouring free ports were found: close some programs and try again.');
}
