import { describe, expect, it } from 'vitest';
import { countTests } from './report.js';
import { type Outcome, summarize } from './summary.js';

const outcome = (given: Partial<Outcome>): Outcome => ({
  name: 'unit',
  result: 'passed',
  passed: 0,
  failed: 0,
  skipped: 0,
  ms: 1_000,
  note: '',
  ...given,
});

const lastLine = (lines: readonly string[]) => lines.at(-1);

describe('summarize', () => {
  it('ends with the exact line that others read', () => {
    const { lines, success } = summarize([outcome({ passed: 3 }), outcome({ name: 'e2e', passed: 4 })], {
      strict: true,
    });
    expect(lastLine(lines)).toBe('7 passed, 0 failed');
    expect(success).toBe(true);
  });

  it('counts skipped tests where there are any', () => {
    const { lines, success } = summarize([outcome({ passed: 3, skipped: 2 })], { strict: false });
    expect(lastLine(lines)).toBe('3 passed, 0 failed, 2 skipped');
    expect(success).toBe(true);
  });

  it('fails with a failed step that has no tests', () => {
    const { lines, success } = summarize([outcome({ name: 'types', result: 'failed', failed: 1 })], { strict: false });
    expect(lastLine(lines)).toBe('0 passed, 1 failed');
    expect(success).toBe(false);
  });

  it('says loudly what was left out', () => {
    const { lines, success } = summarize([outcome({ name: 'e2e', result: 'left out' })], { strict: false });
    expect(lines.join('\n')).toContain('NOT EVERYTHING WAS TESTED. Left out: e2e');
    expect(success).toBe(true);
  });

  it('fails when strict and something was left out', () => {
    const { lines, success } = summarize([outcome({ name: 'e2e', result: 'left out' })], { strict: true });
    expect(lastLine(lines)).toBe('0 passed, 1 failed');
    expect(success).toBe(false);
  });

  it('fails when strict and a test was skipped, unless this system must skip some', () => {
    const skipping = [outcome({ passed: 1, skipped: 1 })];
    expect(summarize(skipping, { strict: true }).success).toBe(false);
    expect(summarize(skipping, { strict: true, skipsAllowed: true }).success).toBe(true);
  });

  it('does not fail for a suite that the platform cannot have', () => {
    expect(summarize([outcome({ result: 'not here' })], { strict: true }).success).toBe(true);
  });
});

describe('countTests', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: true,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed', fullName: 'a' }] }],
  };

  it('counts what vitest counted', () => {
    expect(countTests(report)).toEqual({ passed: 2, failed: 0, skipped: 0, skippedNames: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { ...report, success: false, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(broken).failed).toBe(1);
  });

  it('does not count a failed test twice', () => {
    const failed = { status: 'failed', assertionResults: [{ status: 'failed', fullName: 'a' }] };
    expect(countTests({ ...report, numFailedTests: 1, success: false, testResults: [failed] }).failed).toBe(1);
  });

  it('counts an error that nobody caught', () => {
    expect(countTests({ ...report, success: false }).failed).toBe(1);
  });

  it('names what was skipped', () => {
    const skipped = { status: 'passed', assertionResults: [{ status: 'skipped', fullName: 'half-close with nc -N' }] };
    const counts = countTests({ ...report, numPendingTests: 1, testResults: [skipped] });
    expect(counts).toMatchObject({ skipped: 1, skippedNames: ['half-close with nc -N'] });
  });
});
