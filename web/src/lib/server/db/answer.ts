import type { PostgrestError } from '@supabase/supabase-js';
import { z } from 'zod';

/** The database did not answer, or answered something else than its contract says. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

interface Answer {
  data: unknown;
  error: PostgrestError | null;
}

/** What a view or function of schema `api` answered, checked; an error is never an empty list. */
export function read<Shape extends z.ZodType>(what: string, answer: Answer, shape: Shape): z.output<Shape> {
  if (answer.error) {
    throw new UnusableAnswer(`${what}: ${answer.error.message} (${answer.error.code})`, {
      cause: answer.error,
    });
  }
  const parsed = shape.safeParse(answer.data);
  if (!parsed.success) {
    throw new UnusableAnswer(`${what}: not the expected shape. ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  return parsed.data;
}
