/** Runs one script and says how it went. */
import { type Place, ScriptProblem } from '../language/problem.ts';
import { parseScript } from '../language/script.ts';
import { ScriptFailure } from './failure.ts';
import { PLATFORMS, type Platform, platformOf } from './platform.ts';
import { Runner } from './runner.ts';
import { settingsOf } from './settings.ts';

/** How a script went. `unsupported`: it asks for what this runner or the stack does not have, named in `reason`. */
export interface ScriptResult {
  readonly result: 'pass' | 'fail' | 'unsupported';
  readonly place: Place | null;
  readonly reason: string | null;
  /** What the script expects at this place, and what there was instead. */
  readonly expected: string | null;
  readonly sent: string | null;
  readonly platform: Platform['name'];
  /** Events of the script, and how many of them were run. All of them, when it passed. */
  readonly events: number;
  readonly done: number;
  /** Packets that were sent at the end and that the script does not look at. */
  readonly unseenPackets: number;
  /** Shell commands that were skipped, and settings for which our stack has nothing. */
  readonly skippedCommands: number;
  readonly ignoredSettings: readonly string[];
}

const NOTHING = {
  place: null,
  reason: null,
  expected: null,
  sent: null,
  platform: 'rfc',
  events: 0,
  done: 0,
  unseenPackets: 0,
  skippedCommands: 0,
  ignoredSettings: [],
} as const satisfies Omit<ScriptResult, 'result'>;

/** How a script is run, where it is not as usual. */
export interface RunOptions {
  /** Whose defaults count; left out: those that the script's commands point to. */
  readonly platform?: Platform['name'];
  /**
   * Fail for packets that are sent in answer to the last packet of the script and that it does not look at. packetdrill
   * does not: many scripts leave out at their end what they are not about.
   */
  readonly strict?: boolean;
}

/** Never throws for a script. */
export function runScript(source: string, { platform, strict = false }: RunOptions = {}): ScriptResult {
  let runner: Runner | null = null;
  let known: Omit<ScriptResult, 'result'> = NOTHING;
  try {
    const script = parseScript(source);
    const chosen = platform ? PLATFORMS[platform] : platformOf(script);
    known = { ...NOTHING, platform: chosen.name, events: script.events.length };
    runner = new Runner(script, settingsOf(script, chosen), strict);
    runner.run();
    return { ...known, ...progress(runner), result: 'pass' };
  } catch (error) {
    return { ...known, ...progress(runner), ...problem(error) };
  }
}

/** The result of a script that could not be read. */
export function notRun(reason: string): ScriptResult {
  return { ...NOTHING, result: 'fail', reason };
}

function progress(runner: Runner | null) {
  if (runner === null) return {};
  const { done, commands, unseen } = runner;
  return { done, unseenPackets: unseen, skippedCommands: commands.skipped, ignoredSettings: [...commands.ignored] };
}

function problem(error: unknown): Pick<ScriptResult, 'result' | 'place' | 'reason' | 'expected' | 'sent'> {
  if (error instanceof ScriptFailure) {
    const { place, reason, expected, sent } = error;
    return { result: 'fail', place, reason, expected, sent };
  }
  if (error instanceof ScriptProblem) {
    const result = error.kind === 'unsupported' ? 'unsupported' : 'fail';
    return { result, place: error.place, reason: error.message, expected: null, sent: null };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { result: 'fail', place: null, reason, expected: null, sent: null };
}
