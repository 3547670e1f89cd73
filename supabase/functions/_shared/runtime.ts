// The only file that knows which runtime it is in: Deno's environment and server, and the edge runtime's background work.
import type { Variables } from './environment.ts';

declare const Deno: {
  env: { toObject(): Record<string, string> };
  serve(handler: (request: Request) => Response | Promise<Response>): unknown;
};
declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void } | undefined;

export type Handler = (request: Request) => Response | Promise<Response>;

/** Builds a function from its environment and serves it. What `build` throws stops the start, with its sentence in the log. */
export function start(build: (variables: Variables) => Handler): void {
  Deno.serve(build(Deno.env.toObject()));
}

/** Work that goes on after the answer. The edge runtime keeps the worker alive for it; elsewhere the process is alive anyway. */
export function afterAnswer(work: Promise<unknown>): void {
  if (typeof EdgeRuntime !== 'undefined') EdgeRuntime.waitUntil(work);
}
