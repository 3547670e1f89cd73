// The database as functions see it: calls of schema api through the Data API, with the service key. Every answer is checked
// against the contract, and every failure has one type.
import { createClient } from '@supabase/supabase-js';
import type { z } from 'zod';

export interface Database {
  /** Calls api.<name>(args) and returns its answer as `answer` describes it. */
  call<Answer extends z.ZodType>(
    name: string,
    args: Record<string, unknown>,
    answer: Answer,
  ): Promise<z.output<Answer>>;
}

export interface DatabaseOptions {
  url: string;
  serviceKey: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

/** A call did not succeed. `isTransient`: the same call may succeed later; nobody has to change anything. */
export class DatabaseError extends Error {
  readonly functionName: string;
  /** SQLSTATE or a code of PostgREST; undefined when nothing answered. */
  readonly code: string | undefined;
  readonly isTransient: boolean;

  constructor(
    functionName: string,
    code: string | undefined,
    isTransient: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    const cure = isTransient
      ? 'Nothing was lost; the next run tries again.'
      : 'Check that migrations and functions are of the same version.';
    super(`api.${functionName} failed: ${message} ${cure}`, options);
    this.name = 'DatabaseError';
    this.functionName = functionName;
    this.code = code;
    this.isTransient = isTransient;
  }
}

/** Connection trouble, serialization and locks, resources, shutdown; PostgREST without a connection or pool. */
const TRANSIENT = /^(08|40|53|55P03|57014|57P|PGRST00[0-3])/;

function isTransient(code: string | undefined, status: number): boolean {
  if (code) return TRANSIENT.test(code);
  return status === 0 || status === 429 || status >= 500;
}

export function openDatabase({ url, serviceKey, timeoutMs = 30_000, fetch }: DatabaseOptions): Database {
  const client = createClient(url, serviceKey, {
    db: { schema: 'api', timeout: timeoutMs },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: fetch ? { fetch } : {},
  });
  return {
    async call(name, args, answer) {
      const { data, error, status } = await client.rpc(name, args);
      if (error) {
        const code = error.code || undefined;
        throw new DatabaseError(name, code, isTransient(code, status), withStop(error.message), {
          cause: error,
        });
      }
      const parsed = answer.safeParse(data);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      const place = issue?.path.join('.') || 'its answer';
      throw new DatabaseError(
        name,
        undefined,
        false,
        `${place} is not what was agreed (${issue?.message}).`,
        {
          cause: parsed.error,
        },
      );
    },
  };
}

const withStop = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);
