// What may come in place of an answer of Claude's: an error of the API, a page of a proxy, a connection that breaks, an answer that
// does not say what it cost.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Faults } from '../faults.ts';
import { ApiError, invalidRequest } from './api-error.ts';

const none = z.strictObject({});
export const brokenAnswerFaults: Record<string, z.ZodType> = {
  unauthorized: none,
  bad_request: none,
  proxy_page: none,
  broken_connection: none,
  no_usage: none,
};

/** The broken answer that a fault asks for; null when there is none. */
export function breakAnswer(c: Context, faults: Faults, message: object): Response | null {
  const isAsked = (kind: string) => faults.take('claude', kind) !== null;
  if (isAsked('unauthorized')) throw new ApiError('authentication_error', 'invalid bearer token');
  if (isAsked('bad_request')) throw invalidRequest('messages: asked for by a sandbox fault');
  if (isAsked('proxy_page')) {
    return new Response('<!DOCTYPE html><html><title>Sign in to the network</title></html>', {
      headers: { 'content-type': 'text/html' },
    });
  }
  if (isAsked('broken_connection')) {
    (c.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  return isAsked('no_usage') ? c.json({ ...message, usage: undefined }) : null;
}
