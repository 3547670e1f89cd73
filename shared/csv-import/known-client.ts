import { z } from 'zod';

/** Refuses the id of a client whom neither the club nor the clients file knows. */
export function knownClient(clients: ReadonlySet<string>) {
  return z.refine<string>((client) => client === '' || clients.has(client), {
    error: ({ input }) =>
      `There is no client "${String(input)}": add the client to the clients file, or correct the id.`,
  });
}
