import type { CheckClock } from '../clock.ts';

/** Turns of the event loop in which nothing happened before time goes on: a busy kernel may deliver late. */
const QUIET_TURNS = 1_000;

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
}

/**
 * A clock that goes only when nothing happens: while octets travel between sockets of this process time stands still, and
 * when they rest it jumps to the next timer. So a server that never answers costs no waiting, and a busy machine is not
 * taken for a slow server.
 */
export class QuietClock implements CheckClock {
  readonly #timers = new Set<Timer>();
  readonly #wallAtStartMs: number;
  #nowMs = 0;
  #quietTurns = 0;
  #turning = false;

  constructor(wallAtStartMs = Date.UTC(2026, 0, 1)) {
    this.#wallAtStartMs = wallAtStartMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#wallAtStartMs + this.#nowMs;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, run };
    this.#timers.add(timer);
    this.#quietTurns = 0;
    if (!this.#turning) this.#turn();
    return () => {
      if (this.#timers.delete(timer)) this.#quietTurns = 0;
    };
  }

  #turn(): void {
    this.#turning = this.#timers.size > 0;
    if (!this.#turning) return;
    this.#quietTurns += 1;
    if (this.#quietTurns > QUIET_TURNS) this.#jump();
    setImmediate(() => this.#turn());
  }

  #jump(): void {
    this.#quietTurns = 0;
    const [next] = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs);
    if (!next) return;
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    next.run();
  }
}
