// Reads the number, so that no more people are written to than Meta allows. An error is never a limit: what was known stays.
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';
import { GraphError, GraphUnansweredError } from '../_shared/graph.ts';
import type { Log } from '../_shared/log.ts';
import type { NumberFacts, ReadNumber } from './number.ts';

export interface NumberDeps {
  database: Database;
  readNumber: ReadNumber;
  now: Now;
}

/** Whether the number could be read; the templates are mirrored either way. */
export async function runNumberRound({ database, readNumber, now }: NumberDeps, log: Log): Promise<boolean> {
  let facts: NumberFacts;
  try {
    facts = await readNumber();
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof GraphUnansweredError)) throw error;
    log.error('number_not_read', error);
    await database.call(
      'note_number_error',
      { p_error: error.message, p_now: now().toISOString() },
      z.null(),
    );
    return false;
  }
  await database.call('note_number', { p_facts: facts, p_now: now().toISOString() }, z.null());
  return true;
}
