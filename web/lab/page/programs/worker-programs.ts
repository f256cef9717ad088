/** The programs of a run, each in a worker of its own that is ended when it hangs. */
import type { Clock } from '../../../session/clock.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { ProgramCall, Turn } from '../../net/programs/turn.ts';
import type { RunSetup } from '../../net/run-setup.ts';
import type { ClosablePrograms } from '../lab-session.ts';
import { checkedCalls } from './check-calls.ts';
import { PROGRAM_READY, type ToProgram } from './program-messages.ts';

/** Longest that a program may work on one turn, in milliseconds: longer, and it is taken to loop for ever. */
export const HANG_MS = 2_000;

/** Longest that a worker may take to be there: it has to be fetched and begun. */
export const BEGIN_MS = 15_000;

/** A worker, as far as it is needed here. */
export interface ProgramWorker {
  postMessage(message: ToProgram): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** Why a program was ended from outside. */
export type ProgramEnd = 'hung' | 'died' | 'malformed';

/** What the programs need of the page. */
export interface ProgramsHost {
  readonly spawn: () => ProgramWorker;
  readonly clock: Clock;
  /** The sentence that the learner reads, in the language of the moment. */
  readonly sentence: (end: ProgramEnd) => string;
}

/** One program's worker, or what has become of it. */
interface Seat {
  readonly worker: ProgramWorker;
  ready: boolean;
  dead: boolean;
}

/** Programs in workers. A worker begins with its program's first turn. */
export class WorkerPrograms implements ClosablePrograms {
  readonly #host: ProgramsHost;
  readonly #setup: RunSetup;
  readonly #seats = new Map<string, Seat>();

  constructor(host: ProgramsHost, setup: RunSetup) {
    this.#host = host;
    this.#setup = setup;
  }

  async restart(): Promise<void> {
    this.close();
  }

  close(): void {
    for (const { worker } of this.#seats.values()) worker.terminate();
    this.#seats.clear();
  }

  turn(turn: Turn): Promise<readonly ProgramCall[]> {
    const seat = this.#seatOf(turn.host, turn.program);
    if (seat.dead) return Promise.resolve([]);
    return new Promise((resolve) => {
      let cancel = (): void => {};
      const settle = (calls: readonly ProgramCall[]): void => {
        cancel();
        resolve(calls);
      };
      const end = (why: ProgramEnd): void => {
        seat.dead = true;
        seat.worker.terminate();
        settle([{ call: 'fail', text: this.#host.sentence(why), line: null }]);
      };
      const begin = (): void => {
        cancel();
        seat.ready = true;
        cancel = this.#watch(HANG_MS, () => end('hung'));
      };
      seat.worker.onmessage = ({ data }) => {
        if (data === PROGRAM_READY && !seat.ready) return begin();
        const calls = checkedCalls(data);
        if (calls) settle(calls);
        else end('malformed');
      };
      seat.worker.onerror = () => end('died');
      if (seat.ready) begin();
      else cancel = this.#watch(BEGIN_MS, () => end('died'));
      seat.worker.postMessage({ type: 'turn', turn });
    });
  }

  /** A page that was frozen wakes with the timer and the answer both there: the answer comes first. */
  #watch(ms: number, run: () => void): () => void {
    let cancel = this.#host.clock.after(ms, () => {
      cancel = this.#host.clock.after(0, run);
    });
    return () => cancel();
  }

  #seatOf(host: HostId, program: number): Seat {
    const key = `${host}${program}`;
    const known = this.#seats.get(key);
    if (known) return known;
    const seat = { worker: this.#host.spawn(), ready: false, dead: false };
    const text = this.#setup.programs[host][program]?.text ?? '';
    seat.worker.postMessage({ type: 'load', text, seed: this.#setup.seed + program });
    this.#seats.set(key, seat);
    return seat;
  }
}
