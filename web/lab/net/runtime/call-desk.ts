import type { ProgramCall, ProgramEvent } from '../programs/turn.ts';
import type { Addressee, Desk } from './desk.ts';

/** A desk that keeps what a program asks for until its turn is over. What the program throws becomes a call, too. */
export class CallDesk implements Desk {
  readonly #lineOf: (error: unknown) => number | null;
  readonly #sockets = new Map<number, Addressee>();
  readonly #timers = new Map<number, () => void>();
  #calls: ProgramCall[] = [];
  /** Sockets and timers have numbers of one row. */
  #numbered = 0;

  /** @param lineOf the line of the program's text that an error is about, from 1; `null`: not known */
  constructor(lineOf: (error: unknown) => number | null) {
    this.#lineOf = lineOf;
  }

  post(call: ProgramCall): void {
    this.#calls.push(call);
  }

  open(addressee: Addressee): number {
    this.#numbered += 1;
    this.#sockets.set(this.#numbered, addressee);
    return this.#numbered;
  }

  adopt(socket: number, addressee: Addressee): void {
    this.#sockets.set(socket, addressee);
  }

  close(socket: number): void {
    this.#sockets.delete(socket);
  }

  later(work: () => void): void {
    void Promise.resolve().then(() => this.guarded(work));
  }

  setTimer(afterMs: number, work: () => void): number {
    this.#numbered += 1;
    const timer = this.#numbered;
    this.#timers.set(timer, work);
    this.post({ call: 'set-timer', timer, afterMs });
    return timer;
  }

  clearTimer(timer: number): void {
    if (this.#timers.delete(timer)) this.post({ call: 'clear-timer', timer });
  }

  /** Brings an event to whom it is for. */
  tell(event: Exclude<ProgramEvent, { event: 'start' }>): unknown {
    if (event.event === 'timer') {
      const work = this.#timers.get(event.timer);
      this.#timers.delete(event.timer);
      return work?.();
    }
    return this.#sockets.get(event.event === 'connection' ? event.server : event.socket)?.tell(event);
  }

  /** Runs a piece of the program; what it throws, or rejects with, ends the program. */
  guarded(work: () => unknown): void {
    try {
      const result = work();
      if (result instanceof Promise) result.catch((error) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.post({ call: 'fail', text, line: this.#lineOf(error) });
  }

  /** What was asked for since the last time. */
  takeCalls(): readonly ProgramCall[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }
}
