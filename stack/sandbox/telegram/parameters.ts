// Parameters of a Bot API call: from JSON, a form or the query, where numbers and objects may come as strings.
import type { Context } from 'hono';
import { z } from 'zod';
import { badRequest } from './telegram-error.ts';

export type Parameters = Record<string, unknown>;

export async function readParameters(c: Context): Promise<Parameters> {
  const query: Parameters = c.req.query();
  if (c.req.method === 'GET') return query;
  const type = c.req.header('content-type') ?? '';
  if (type.includes('form')) return { ...query, ...(await c.req.parseBody()) };
  const text = await c.req.text();
  if (text === '') return query;
  try {
    return { ...query, ...(JSON.parse(text) as Parameters) };
  } catch (cause) {
    const error = badRequest("can't parse JSON object");
    error.cause = cause;
    throw error;
  }
}

const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // Not JSON: the schema behind refuses the string itself, with the parameter's name.
    return value;
  }
};

/** An integer, or a string of digits as forms send it. */
export const integer = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
  z.int(),
);
export const flag = z.preprocess(
  (value) => (value === 'true' || value === 'True' ? true : value === 'false' ? false : value),
  z.boolean(),
);
export const chatId = z.union([z.string(), z.number()]).transform(String);
export const json = <T extends z.ZodType>(schema: T) => z.preprocess(fromJson, schema);

export function parse<T extends z.ZodType>(schema: T, parameters: Parameters): z.infer<T> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  if (name !== '' && parameters[name] === undefined)
    throw badRequest(`${name === 'text' ? 'message text' : name} is empty`);
  throw badRequest(`can't parse ${name || 'request'}: ${issue?.message ?? ''}`);
}
