import { existsSync, readFileSync } from 'node:fs';

/**
 * What came of one part of the test run.
 *
 * @typedef {object} Counts
 * @property {number} passed Tests.
 * @property {number} failed Tests, and files that could not be loaded.
 * @property {number} skipped Tests, those to do included.
 * @property {string[]} skippedNames Bounded.
 */

/** Names of skipped tests that are shown. */
const MAX_SKIPPED_NAMES = 20;

/**
 * The parts of vitest's JSON report that we read.
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {boolean} success
 * @property {{ status: string, assertionResults: { status: string, fullName: string }[] }[]} testResults
 */

/**
 * Counts the tests of a report. A file that failed before its first test counts as one failure, and so does a run that
 * vitest calls failed for another reason (an error that nobody caught).
 *
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countTests(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(isFailed),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const names = report.testResults.flatMap((file) =>
    file.assertionResults.filter(isSkipped).map((test) => test.fullName),
  );
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames: names.slice(0, MAX_SKIPPED_NAMES),
  };
}

/** @param {{ status: string }} test */
const isFailed = (test) => test.status === 'failed';
/** @param {{ status: string }} test */
const isSkipped = (test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status);

/**
 * Reads a report; `null` when vitest wrote none (it did not get that far).
 *
 * @param {string} file
 * @returns {Counts | null}
 */
export function readReport(file) {
  return existsSync(file) ? countTests(JSON.parse(readFileSync(file, 'utf8'))) : null;
}
