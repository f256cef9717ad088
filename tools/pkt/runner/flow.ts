/** One connection under test: its ends, and how a script's relative numbers become those of the wire. */
import { advance, distance } from '#packets/sequence.ts';

/** The ports of a connection; the addresses are those of the settings. */
export interface Ends {
  readonly localPort: number;
  readonly remotePort: number;
}

/** Most timestamps remembered of one connection. */
const MAX_TIMESTAMPS = 10_000;

/**
 * In a script the numbers of a SYN are those of the wire for the peer, and count from the script's own SYN for the host
 * under test. In every other segment both count from the SYN: the first octet is number 1.
 */
export class Flow {
  readonly ends: Ends;
  /** Number of the stack's connection whose SYN was seen last. */
  connection: number | null = null;
  #offset = 0;
  /** Number of the peer's SYN, once the host has taken one; before that its numbers are those of the wire. */
  remoteIsn = 0;
  /** The stack's timestamp by the script's. */
  readonly #timestamps = new Map<number, number>();
  #firstTimestamp: { readonly script: number; readonly wire: number } | null = null;

  constructor(ends: Ends) {
    this.ends = ends;
  }

  /** Learns from a SYN of the host which number the script's `script` stands for. */
  learnSequence(script: number, wire: number): void {
    this.#offset = distance(script, wire);
  }

  toWire(sequence: number): number {
    return advance(sequence, this.#offset);
  }

  /** A number of the peer. */
  remoteToWire(sequence: number, isSyn: boolean): number {
    return isSyn ? sequence : advance(sequence, this.remoteIsn);
  }

  remoteToScript(sequence: number, isSyn: boolean): number {
    return isSyn ? sequence : distance(this.remoteIsn, sequence);
  }

  toScript(sequence: number): number {
    return distance(this.#offset, sequence);
  }

  /** Learns from a segment of the host which timestamp the script's stands for. */
  learnTimestamp(script: number, wire: number): void {
    this.#firstTimestamp ??= { script, wire };
    if (this.#timestamps.size < MAX_TIMESTAMPS) this.#timestamps.set(script, wire);
  }

  /** A timestamp that the peer echoes. One that was never seen lies as far from the first as the script says. */
  timestampToWire(script: number): number {
    const known = this.#timestamps.get(script);
    if (known !== undefined) return known;
    const first = this.#firstTimestamp;
    return first === null || script === 0 ? script : advance(first.wire, distance(first.script, script));
  }

  /** What a timestamp of the wire would be in a script whose clock ticks once in `tickUs`, ours in `ourTickUs`. */
  timestampToScript(wire: number, tickUs: number, ourTickUs: number): number {
    const first = this.#firstTimestamp;
    if (first === null || tickUs === 0) return wire;
    return advance(first.script, Math.round((distance(first.wire, wire) * ourTickUs) / tickUs));
  }
}
