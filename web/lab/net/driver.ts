/** Drives a run whose programs answer in their own time (a Worker): one thing after the other, never two at once. */
import type { SimTime } from '../stack/time.ts';
import type { ProgramCall, Turn } from './programs/turn.ts';
import type { Run } from './run.ts';
import type { Deed } from './run-setup.ts';

/** Where the programs of a run live. */
export interface Programs {
  /** Ends all programs and starts those of the setup anew, with nothing done yet. */
  restart(): Promise<void>;
  /** Tells a program of an event; resolves with what it asks for. A program that hangs or dies answers `fail`. */
  turn(turn: Turn): Promise<readonly ProgramCall[]>;
}

/** Waits for programs where the run does; whatever is asked of it meanwhile waits its turn. */
export class Driver {
  readonly run: Run;
  readonly #programs: Programs;
  /** The future that the programs live in. */
  #branch = -1;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(run: Run, programs: Programs) {
    this.run = run;
    this.#programs = programs;
  }

  /** On to the next event, whatever time that takes. False: there is none. */
  step(): Promise<boolean> {
    return this.#inTurn(async () => {
      const count = this.run.events.length;
      while (this.run.events.length === count) if (!(await this.#advance())) return false;
      return true;
    });
  }

  /** Lets happen what happens until `at`, but not more than `maxEvents` events; false when those were too few. */
  advanceTo(at: SimTime, maxEvents = Number.POSITIVE_INFINITY): Promise<boolean> {
    return this.#inTurn(async () => {
      const stop = this.run.events.length + maxEvents;
      for (;;) {
        const next = this.run.nextAt();
        if (next === null || next > at) break;
        if (this.run.events.length >= stop) return false;
        if (!(await this.#advance())) break;
      }
      this.run.pass(at);
      return true;
    });
  }

  back(): Promise<boolean> {
    return this.#inTurn(() => this.run.back());
  }

  /** To any moment, past or to come. */
  async jumpTo(at: SimTime, maxEvents?: number): Promise<boolean> {
    if (at >= this.run.now) return this.advanceTo(at, maxEvents);
    return this.#inTurn(() => {
      this.run.backTo(at);
      return true;
    });
  }

  /** `null`: it was done; else why not. */
  act(deed: Deed): Promise<ReturnType<Run['act']>> {
    return this.#inTurn(() => this.run.act(deed));
  }

  undo(): Promise<boolean> {
    return this.#inTurn(() => this.run.undo());
  }

  async #advance(): Promise<boolean> {
    const { waiting } = this.run;
    if (!waiting) return this.run.advance();
    await this.#catchUp();
    this.run.answer(await this.#programs.turn(waiting));
    return true;
  }

  /** Programs cannot step back: they are started anew and told again what they were told up to now. */
  async #catchUp(): Promise<void> {
    if (this.#branch === this.run.branches) return;
    this.#branch = this.run.branches;
    await this.#programs.restart();
    for (const { turn } of this.run.answered) await this.#programs.turn(turn);
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#busy.then(work);
    this.#busy = result.catch(() => undefined);
    return result;
  }
}
