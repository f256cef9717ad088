/** Programs of a run that live in the test's own process; the page has them in a Worker. */
import { SeededDice } from '#packets/seeded-dice.ts';
import type { Programs } from '../driver.ts';
import type { HostId } from '../link-settings.ts';
import type { ProgramCall, Turn } from '../programs/turn.ts';
import type { RunSetup } from '../run-setup.ts';
import { createRuntime, type Runtime } from '../runtime/runtime.ts';
import { prepareSource } from '../runtime/source.ts';

/** A runtime for a program's text. */
export function runtimeOf(text: string, seed = 1): Runtime {
  const dice = new SeededDice(seed);
  return createRuntime({
    random: () => dice.throw(),
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    run: (globals) => {
      const names = Object.keys(globals);
      return new Function(...names, `return (async () => {${prepareSource(text)}\n})();`)(...Object.values(globals));
    },
    lineOf: (error) =>
      Number(/<anonymous>:(\d+):\d+\)/.exec(error instanceof Error ? (error.stack ?? '') : '')?.[1] ?? 0) - 2,
  });
}

/** Each program's text runs as a function in this process. */
export class InProcessPrograms implements Programs {
  readonly #setup: RunSetup;
  #runtimes = new Map<string, Runtime>();
  /** How often the programs were started. */
  starts = 0;

  constructor(setup: RunSetup) {
    this.#setup = setup;
  }

  async restart(): Promise<void> {
    this.starts += 1;
    this.#runtimes = new Map();
    for (const host of ['a', 'b'] as const)
      for (const [index, { text }] of this.#setup.programs[host].entries())
        this.#runtimes.set(key(host, index), runtimeOf(text));
  }

  async turn({ host, program, event, now }: Turn): Promise<readonly ProgramCall[]> {
    const runtime = this.#runtimes.get(key(host, program));
    if (!runtime) throw new Error(`host ${host} has no program ${program}`);
    return runtime.deliver(event, now);
  }
}

function key(host: HostId, program: number): string {
  return `${host}${program}`;
}
