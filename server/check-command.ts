/** `porthole check …`: the checks of server/check, from a shell. */
import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { formatEndpoint } from '#protocol/address.ts';
import type { ChallengeInfo, CheckRun, StageReport } from '#protocol/check.ts';
import { Checks } from './check/checks.ts';
import { systemClock } from './check/clock.ts';
import { CheckRefusal } from './check/target.ts';
import { CHECK_USAGE, type CheckCommand, type CheckLanguage, parseCheckCommand } from './check-options.ts';
import { heading, listing, stageLines, summary } from './check-report.ts';
import { reachOf, type Verdict } from './reach.ts';
import { UsageError } from './read-options.ts';

const EXIT_PASSED = 0;
const EXIT_FAILED = 1;

/** Runs the command, hands what it prints to `print`, and answers its exit status. Throws a UsageError. */
export async function checkCommand(args: readonly string[], print: (text: string) => void): Promise<number> {
  const command = parseCheckCommand(args);
  if (command.type === 'help') {
    print(CHECK_USAGE);
    return EXIT_PASSED;
  }
  if (command.type === 'list') {
    const challenges = makeChecks(new Set(), () => {}).catalogue();
    print(command.json ? `${JSON.stringify({ challenges })}\n` : listing(challenges, command.language));
    return EXIT_PASSED;
  }
  return run(command, print);
}

async function run(command: Extract<CheckCommand, { type: 'check' }>, print: (text: string) => void): Promise<number> {
  const progress = command.json ? null : new Progress(command.language, print);
  const checks = makeChecks(command.allow, (now) => progress?.changed(now));
  progress?.introduce(checks.catalogue().find(({ id }) => id === command.request.challenge));
  try {
    const check = await checks.begin(command.request);
    await check.done;
    const { report } = check;
    print(command.json ? `${JSON.stringify(report)}\n` : summary(report, command.language));
    return report.state === 'passed' ? EXIT_PASSED : EXIT_FAILED;
  } catch (error) {
    if (error instanceof CheckRefusal) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function makeChecks(allow: ReadonlySet<string>, changed: (run: CheckRun) => void): Checks {
  return new Checks({
    clock: systemClock,
    randomSeed: () => randomInt(2 ** 32),
    isPagePort: () => false,
    lookup: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
    mayReach: (address, port) => (reachOf(allow, () => [])(address, port).allowed ? ALLOWED : refusal(address, port)),
    changed,
  });
}

const ALLOWED = { allowed: true } as const;

function refusal(address: string, port: number): Verdict {
  const target = formatEndpoint({ address, port });
  const reason = `${target} is not on this machine, and a check stays on it unless told otherwise: add --allow ${target}`;
  return { allowed: false, reason };
}

/** Prints each stage once, when it has ended. */
class Progress {
  readonly #language: CheckLanguage;
  readonly #print: (text: string) => void;
  readonly #printed = new Set<string>();
  #challenge: ChallengeInfo | undefined;
  #begun = false;

  constructor(language: CheckLanguage, print: (text: string) => void) {
    this.#language = language;
    this.#print = print;
  }

  introduce(challenge: ChallengeInfo | undefined): void {
    this.#challenge = challenge;
  }

  changed(run: CheckRun): void {
    if (!this.#begun && this.#challenge) this.#print(heading(this.#challenge, run, this.#language));
    this.#begun = true;
    for (const stage of run.stages) this.#stage(stage);
  }

  #stage(stage: StageReport): void {
    if (stage.state === 'waiting' || stage.state === 'running' || this.#printed.has(stage.id)) return;
    this.#printed.add(stage.id);
    this.#print(stageLines(stage, this.#language));
  }
}
