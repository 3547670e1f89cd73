import { inject } from 'vitest';
import { clonerFrom } from '../stack.ts';
import type { ClonedDatabase } from '../stack.ts';

/** A fresh database with every migration applied and no rows of ours; drop it when done. */
export function cloneDatabase(): Promise<ClonedDatabase> {
  return clonerFrom(inject('postgres'))();
}
