/** What came of the scripts, for people and for programs. */
import type { ScriptResult } from './runner/run-script.ts';

/** What came of one file. */
export type FileResult = ScriptResult & { readonly file: string };

/** As wide as the longest result, and a space. */
const INDENT = ' '.repeat(12);

/** One line a file; under a script that did not pass the reason, and what was expected beside what was sent. */
export function textReport(results: readonly FileResult[]): string {
  const lines = results.flatMap(linesOf);
  return [...lines, '', totals(results)].join('\n');
}

function linesOf(result: FileResult): string[] {
  const where = result.place ? `:${result.place.line}` : '';
  const lines = [`${result.result.padEnd(INDENT.length)}${result.file}${where}`];
  if (result.reason !== null) lines.push(`${INDENT}${result.reason}`);
  if (result.expected !== null) lines.push(`${INDENT}expected  ${result.expected}`);
  if (result.sent !== null) lines.push(`${INDENT}actual    ${result.sent}`);
  if (result.result === 'fail' && result.done < result.events)
    lines.push(`${INDENT}ended early: ${result.done} of ${result.events} events were run`);
  if (result.result === 'pass' && result.unseenPackets > 0)
    lines.push(`${INDENT}packets at the end that it does not look at: ${result.unseenPackets}`);
  if (result.ignoredSettings.length > 0)
    lines.push(`${INDENT}settings without effect: ${result.ignoredSettings.join(', ')}`);
  return lines;
}

function totals(results: readonly FileResult[]): string {
  const count = (kind: ScriptResult['result']) => results.filter(({ result }) => result === kind).length;
  const skipped = results.reduce((sum, { skippedCommands }) => sum + skippedCommands, 0);
  return `${count('pass')} passed, ${count('fail')} failed, ${count('unsupported')} unsupported; ${skipped} shell commands skipped`;
}

/** One line: an object with `results`, one a file, and `totals`. */
export function jsonReport(results: readonly FileResult[]): string {
  const totals = { pass: 0, fail: 0, unsupported: 0, skippedCommands: 0 };
  for (const { result, skippedCommands } of results) {
    totals[result] += 1;
    totals.skippedCommands += skippedCommands;
  }
  return JSON.stringify({
    results: results.map((result) => ({ ...result, line: result.place?.line ?? null })),
    totals,
  });
}
