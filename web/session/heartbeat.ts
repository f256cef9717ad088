import type { Clock } from './clock.ts';

/**
 * How often it is looked whether anything came, in milliseconds. A link whose other end is silent, because its process is
 * stopped or its machine gone, is given up within three of these.
 */
export const HEARTBEAT_MS = 5_000;

/** What a heartbeat needs. */
export interface HeartbeatOptions {
  readonly clock: Clock;
  /** Asks the other end for a sign of life. */
  readonly ask: () => void;
  /** It gave none. Called once, and then the heartbeat stands still. */
  readonly silent: () => void;
}

/**
 * Notices that nothing comes any more over a link that stays open. It never goes by the time that passed, but by a
 * question that has found no answer at the next look: a tab that is hidden, whose timers run once a minute, and one
 * that has slept ask first, and what comes meanwhile is heard.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #isHeard = false;
  #isAsked = false;
  #cancel: () => void = () => {};

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** Begins anew; the link has just been heard. */
  start(): void {
    this.heard();
    this.#lookLater();
  }

  /** Something came. */
  heard(): void {
    this.#isHeard = true;
    this.#isAsked = false;
  }

  /** Looks no more; stopping twice is harmless. */
  stop(): void {
    this.#cancel();
  }

  #lookLater(): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(HEARTBEAT_MS, () => this.#look());
  }

  #look(): void {
    if (this.#isAsked) {
      this.#options.silent();
      return;
    }
    if (!this.#isHeard) {
      this.#isAsked = true;
      this.#options.ask();
    }
    this.#isHeard = false;
    this.#lookLater();
  }
}
