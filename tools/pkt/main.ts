/**
 * `npm run pkt -- FILES… [--json] [--strict] [--platform=rfc|linux|freebsd]`: runs packetdrill scripts against the lab's TCP/IP
 * stack. Exit code 0 when none failed, 1 when one did, 2 when there was nothing to run.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { jsonReport, textReport } from './report.ts';
import { PLATFORMS, type Platform } from './runner/platform.ts';
import { notRun, runScript, type ScriptResult } from './runner/run-script.ts';

const USAGE = 'npm run pkt -- FILES… [--json] [--strict] [--platform=rfc|linux|freebsd]';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const files = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .flatMap(scriptsIn);
const platform = platformNamed(options);
const strict = options.includes('--strict');
const unknown = options.filter(
  (option) => option !== '--json' && option !== '--strict' && !option.startsWith('--platform='),
);

if (files.length === 0 || unknown.length > 0 || platform === null) {
  console.error(unknown.length > 0 ? `${unknown.join(' ')} is no option. ${USAGE}` : USAGE);
  process.exitCode = 2;
} else {
  const results = files.map((file) => ({ file, ...run(file, platform) }));
  console.log(options.includes('--json') ? jsonReport(results) : textReport(results));
  process.exitCode = results.some(({ result }) => result === 'fail') ? 1 : 0;
}

/** A folder stands for the scripts in it and below. */
function scriptsIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pkt'));
  return names.sort().map((name) => join(path, name));
}

function run(file: string, name: Platform['name'] | undefined): ScriptResult {
  try {
    return runScript(readFileSync(file, 'utf8'), { ...(name ? { platform: name } : {}), strict });
  } catch (error) {
    return notRun(error instanceof Error ? error.message : String(error));
  }
}

/** `undefined`: as each script points to; `null`: there is none of that name. */
function platformNamed(given: readonly string[]): Platform['name'] | undefined | null {
  const name = given.find((option) => option.startsWith('--platform='))?.slice('--platform='.length);
  if (name === undefined) return undefined;
  return Object.values(PLATFORMS).find((each) => each.name === name)?.name ?? null;
}
