import type { TestProject } from 'vitest/node';
import { startPostgres } from '../stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; ownerUrl: string };
  }
}

/** Vitest's global set-up of the project `db`: one server with a migrated template, cloned by each test that asks. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, ownerUrl, stop } = await startPostgres();
  project.provide('postgres', { adminUrl, ownerUrl });
  return stop;
}
