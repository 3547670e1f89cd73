import { describe, expect, test } from 'vitest';
import { addTallies, closingLine, isGreen, tallyPlaywright, tallyVitest } from '../../tally.ts';

describe('the closing line of npm test', () => {
  test('is plain, and speaks of skipped tests only when there are some', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  test('a test file that could not be loaded counts as a failure', () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(tallyVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  test('a browser test that needed a second try did not pass', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 0 };
    expect(tallyPlaywright({ stats })).toEqual({ passed: 4, failed: 2, skipped: 0 });
  });

  test('two runners are added up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addTallies(one, one)).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });

  test('no test at all is not green, and a skipped one only outside CI', () => {
    expect(isGreen({ passed: 0, failed: 0, skipped: 0 }, false)).toBe(false);
    expect(isGreen({ passed: 1, failed: 0, skipped: 1 }, false)).toBe(true);
    expect(isGreen({ passed: 1, failed: 0, skipped: 1 }, true)).toBe(false);
  });
});
