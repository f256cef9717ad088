import type { Duplex } from 'node:stream';
import type { SeededDice } from '#packets/seeded-dice.ts';
import type { TcpFaults } from '#protocol/relay.ts';
import type { Counts } from './counts.ts';
import { MAX_HELD_BYTES } from './limits.ts';
import type { RelayTimer } from './timer.ts';

/** What one direction of a relayed connection is made of. */
export interface StreamPumpOptions {
  readonly source: Duplex;
  readonly sink: Duplex;
  /** The faults of this moment: they may be switched while octets are on their way. */
  readonly faults: () => TcpFaults;
  readonly dice: SeededDice;
  readonly timer: RelayTimer;
  readonly counts: Counts;
  /** Ends the connection with a RST to both ends. */
  readonly reset: () => void;
}

/** Octets that were read at once and are on their way, or the end of the stream. */
interface Held {
  /** When its first octet is due, if nothing ahead of it takes longer. */
  readonly dueMs: number;
  bytes: Buffer | null;
}

/** With a bandwidth, octets go on in pieces of so many milliseconds' worth. */
const PACE_MS = 20;

/**
 * One direction of a relayed TCP connection. Octets keep their order and go on when they are due; without faults that
 * is in the same turn. A sink that is full, or MAX_HELD_BYTES on the way, makes the source wait.
 */
export class StreamPump {
  readonly #options: StreamPumpOptions;
  readonly #held: Held[] = [];
  #heldBytes = 0;
  /** Octets sent on so far. */
  #through = 0;
  /** The link is busy until then. */
  #linkFreeMs = 0;
  #sinkFull = false;
  #paused = false;
  #state: 'carrying' | 'finished' | 'cut' | 'stopped' = 'carrying';
  #callOff: (() => void) | null = null;

  constructor(options: StreamPumpOptions) {
    this.#options = options;
    const { source, sink } = options;
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.once('end', () => this.#take(null));
    sink.on('drain', () => this.#drained());
  }

  /** Whether octets, or the end of the stream, may still go through. */
  get carrying(): boolean {
    return this.#state === 'carrying';
  }

  /** Whether a cut ended this direction; what comes is dropped. */
  get isCut(): boolean {
    return this.#state === 'cut';
  }

  /** Looks at the faults again: what is due by the new ones happens now, without waiting for the next octet. */
  faultsChanged(): void {
    this.#cutIfDue();
    this.#goOn();
  }

  /** Lets go of timers and of what is held. */
  stop(): void {
    if (this.carrying) this.#state = 'stopped';
    this.#callOff?.();
    this.#callOff = null;
    this.#held.length = 0;
    this.#heldBytes = 0;
  }

  #take(bytes: Buffer | null): void {
    if (!this.carrying) {
      if (bytes) this.#options.counts.dropped(bytes.length);
      return;
    }
    const { latencyMs, jitterMs } = this.#options.faults();
    const dueMs = this.#options.timer.now() + latencyMs + (jitterMs > 0 ? this.#options.dice.throw() * jitterMs : 0);
    this.#held.push({ dueMs, bytes });
    this.#heldBytes += bytes?.length ?? 0;
    this.#goOn();
  }

  #goOn(): void {
    if (!this.carrying) return;
    this.#release();
    this.#balance();
  }

  #release(): void {
    this.#callOff?.();
    this.#callOff = null;
    const { timer } = this.#options;
    const now = timer.now();
    for (let head = this.#held[0]; head && !this.#sinkFull; head = this.#held[0]) {
      const piece = this.#pieceOf(head);
      const dueMs = this.#dueMs(head, piece);
      if (dueMs > now) {
        this.#callOff = timer.at(dueMs, () => this.#goOn());
        return;
      }
      this.#linkFreeMs = dueMs;
      this.#leave(head, piece);
    }
  }

  /** The octets of a read that go on together; `null` is the stream's end. */
  #pieceOf({ bytes }: Held): Buffer | null {
    const { sliceBytes, bandwidth } = this.#options.faults();
    const paced = bandwidth === null ? Number.POSITIVE_INFINITY : Math.ceil((bandwidth * PACE_MS) / 1_000);
    const most = Math.min(sliceBytes ?? Number.POSITIVE_INFINITY, paced);
    return bytes && bytes.length > most ? bytes.subarray(0, most) : bytes;
  }

  #dueMs({ dueMs }: Held, piece: Buffer | null): number {
    const { bandwidth } = this.#options.faults();
    const carriedMs = bandwidth === null ? 0 : ((piece?.length ?? 0) * 1_000) / bandwidth;
    return Math.max(dueMs, this.#linkFreeMs) + carriedMs;
  }

  #leave(head: Held, piece: Buffer | null): void {
    if (head.bytes && piece && piece.length < head.bytes.length) {
      head.bytes = head.bytes.subarray(piece.length);
      this.#linkFreeMs += this.#options.faults().sliceGapMs;
    } else this.#held.shift();
    this.#heldBytes -= piece?.length ?? 0;
    if (piece) this.#sendOn(piece);
    else {
      this.#state = 'finished';
      this.#options.sink.end();
    }
  }

  #sendOn(piece: Buffer): void {
    const { sink, counts } = this.#options;
    const { cut } = this.#options.faults();
    const room = cut === null ? piece.length : Math.max(0, cut.afterBytes - this.#through);
    const passing = piece.length > room ? piece.subarray(0, room) : piece;
    if (passing.length < piece.length) counts.dropped(piece.length - passing.length);
    if (passing.length > 0) {
      this.#through += passing.length;
      counts.sent(passing.length);
      this.#sinkFull = !sink.write(passing);
    }
    this.#cutIfDue();
  }

  #cutIfDue(): void {
    const { cut } = this.#options.faults();
    if (!this.carrying || cut === null || this.#through < cut.afterBytes) return;
    for (const { bytes } of this.#held) if (bytes) this.#options.counts.dropped(bytes.length);
    this.#state = 'cut';
    this.stop();
    this.#options.source.resume();
    if (cut.how === 'half-close') this.#options.sink.end();
    else if (cut.how === 'reset') this.#options.reset();
  }

  #drained(): void {
    this.#sinkFull = false;
    // Time spent waiting for the receiver is not made up for by a burst.
    this.#linkFreeMs = Math.max(this.#linkFreeMs, this.#options.timer.now());
    this.#goOn();
  }

  /** Lets the source wait or go on. */
  #balance(): void {
    if (!this.carrying) return;
    const full = this.#sinkFull || this.#heldBytes >= MAX_HELD_BYTES;
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.#options.source.pause();
    else this.#options.source.resume();
  }
}
