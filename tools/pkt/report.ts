/** What came of the scripts, for people and for programs. */
import type { ScriptResult } from './runner/run-script.ts';

export type FileResult = ScriptResult & { readonly file: string };

/** One line a file; under a script that did not pass the reason, and what was expected beside what was sent. */
export function textReport(results: readonly FileResult[]): string {
  const lines = results.flatMap(linesOf);
  return [...lines, '', totals(results)].join('\n');
}

function linesOf(result: FileResult): string[] {
  const mark = { passed: 'pass', failed: 'FAIL', unsupported: 'unsupported' }[result.result];
  const where = result.place ? `:${result.place.line}` : '';
  const lines = [`${mark.padEnd(12)}${result.file}${where}`];
  if (result.reason !== null) lines.push(`            ${result.reason}`);
  if (result.expected !== null) lines.push(`            expected  ${result.expected}`);
  if (result.sent !== null) lines.push(`            actual    ${result.sent}`);
  if (result.result === 'failed' && result.done < result.events)
    lines.push(`            ended early: ${result.done} of ${result.events} events were run`);
  if (result.ignoredSettings.length > 0)
    lines.push(`            settings without effect: ${result.ignoredSettings.join(', ')}`);
  return lines;
}

function totals(results: readonly FileResult[]): string {
  const count = (kind: ScriptResult['result']) => results.filter(({ result }) => result === kind).length;
  const skipped = results.reduce((sum, { skippedCommands }) => sum + skippedCommands, 0);
  return `${count('passed')} passed, ${count('failed')} failed, ${count('unsupported')} unsupported; ${skipped} shell commands skipped`;
}

/** An object with `results`, one a file, and `totals`. */
export function jsonReport(results: readonly FileResult[]): string {
  const totals = { passed: 0, failed: 0, unsupported: 0, skippedCommands: 0 };
  for (const { result, skippedCommands } of results) {
    totals[result] += 1;
    totals.skippedCommands += skippedCommands;
  }
  return JSON.stringify({ results, totals }, null, 2);
}
