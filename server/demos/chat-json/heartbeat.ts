import type { Scheduler } from '../../chat/scheduler.ts';
import { MAX_ANSWER_MS } from './limits.ts';

/** What a heartbeat does. */
export interface HeartbeatOptions {
  readonly scheduler: Scheduler;
  /** Time without a sign of life after which the peer is asked for one. */
  readonly idleMs: number;
  /** Asks. */
  readonly ping: () => void;
  /** No answer within `idleMs`, or MAX_ANSWER_MS if that is less: the peer is taken for dead. */
  readonly dead: () => void;
}

/**
 * Finds out that a peer is gone although no FIN and no RST came: its machine lost power, or the network between broke.
 * TCP alone would not notice as long as nothing is sent.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #callOff: () => void;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#callOff = this.#wait();
  }

  /** Something came, whatever it was. */
  heard(): void {
    this.#callOff();
    this.#callOff = this.#wait();
  }

  /** Nothing is asked or told from now on. */
  stop(): void {
    this.#callOff();
  }

  #wait(): () => void {
    const { scheduler, idleMs, ping, dead } = this.#options;
    return scheduler.later(idleMs, () => {
      this.#callOff = scheduler.later(Math.min(idleMs, MAX_ANSWER_MS), dead);
      ping();
    });
  }
}
