import { describe, expect, test } from 'vitest';
import { describeFailure } from '../../../stack/embedded/migrations.ts';

describe('a failed migration', () => {
  test('is named with the reason and the cure in one line', () => {
    const output = [
      'Connecting to remote database...',
      'Applying migration 20260101010010_core_schemas.sql...',
      'Applying migration 20260101010020_core_clubs.sql...',
      'ERROR: syntax error at or near "crate" (SQLSTATE 42601)',
      'At statement: 0',
      'Try rerunning the command with --debug to troubleshoot the error.',
    ].join('\n');
    expect(describeFailure(output)).toBe(
      'The migration 20260101010020_core_clubs.sql failed: ERROR: syntax error at or near "crate" (SQLSTATE 42601) Mend it and start again; what came before it is applied, itself not at all.',
    );
  });

  test('a database ahead of the repository is told apart', () => {
    const output = 'Remote migration versions not found in local migrations directory.';
    expect(describeFailure(output)).toMatch(/check out the version it was made with, or use a new --home/);
  });
});
