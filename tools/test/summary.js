/**
 * One line of the summary.
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {'passed' | 'failed' | 'left out' | 'not here'} result `not here`: this platform cannot have it at all.
 * @property {number} passed Tests.
 * @property {number} failed Tests, and 1 for a step without tests that failed.
 * @property {number} skipped Tests.
 * @property {number} ms
 * @property {string} note Why, for a person; may be empty.
 */

/**
 * @typedef {object} Summary
 * @property {string[]} lines For the end of the run; the last one is `N passed, N failed` and, if any, `, N skipped`.
 * @property {boolean} success
 */

/**
 * Adds everything up. When `strict`, a suite that was left out is a failure, and so is one that skipped tests
 * (unless `skipsAllowed`: on systems where some tests cannot run).
 *
 * @param {readonly Outcome[]} outcomes
 * @param {{ strict: boolean, skipsAllowed?: boolean }} options
 * @returns {Summary}
 */
export function summarize(outcomes, { strict, skipsAllowed = false }) {
  const judged = outcomes.map((outcome) => (strict ? judgeStrictly(outcome, skipsAllowed) : outcome));
  const total = { passed: sum(judged, 'passed'), failed: sum(judged, 'failed'), skipped: sum(judged, 'skipped') };
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return {
    lines: [...table(judged), ...notice(judged), '', `${total.passed} passed, ${total.failed} failed${skipped}`],
    success: total.failed === 0 && !judged.some((outcome) => outcome.result === 'failed'),
  };
}

/**
 * @param {Outcome} outcome
 * @param {boolean} skipsAllowed
 * @returns {Outcome}
 */
function judgeStrictly(outcome, skipsAllowed) {
  const because = `${outcome.note}${outcome.note ? '; ' : ''}strict`;
  if (outcome.result === 'left out') {
    return {
      ...outcome,
      result: 'failed',
      failed: outcome.failed + 1,
      note: `${because}: a suite left out is a failure`,
    };
  }
  if (outcome.result === 'passed' && outcome.skipped > 0 && !skipsAllowed) {
    return {
      ...outcome,
      result: 'failed',
      failed: outcome.failed + 1,
      note: `${because}: skipped tests are a failure`,
    };
  }
  return outcome;
}

/**
 * @param {readonly Outcome[]} outcomes
 * @param {'passed' | 'failed' | 'skipped'} key
 */
function sum(outcomes, key) {
  return outcomes.reduce((total, outcome) => total + outcome[key], 0);
}

/** @param {readonly Outcome[]} outcomes */
function table(outcomes) {
  return outcomes.map((outcome) => {
    const { passed, failed, skipped } = outcome;
    const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped` : '';
    const seconds = `${(outcome.ms / 1000).toFixed(1)} s`;
    const columns = [
      outcome.name.padEnd(11),
      outcome.result.padEnd(8),
      seconds.padStart(8),
      counts.padEnd(34),
      outcome.note,
    ];
    return columns.join('  ').trimEnd();
  });
}

/** @param {readonly Outcome[]} outcomes */
function notice(outcomes) {
  const leftOut = outcomes.filter((outcome) => outcome.result === 'left out').map((outcome) => outcome.name);
  if (leftOut.length === 0) return [];
  return ['', `!!! NOT EVERYTHING WAS TESTED. Left out: ${leftOut.join(', ')}. What to install is said above.`];
}
