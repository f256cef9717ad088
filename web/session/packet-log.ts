import { type Packet, parsePacket } from '#packets/packet.ts';
import type { CapturedFrame } from '#protocol/capture.ts';
import { bytesOf } from './base64.ts';

/** Packets held by the page; the oldest go first. */
export const MAX_HELD_PACKETS = 20_000;

/** Octets of packets held. */
export const MAX_HELD_PACKET_BYTES = 32 * 1024 * 1024;

/** One captured packet, read. */
export interface HeldPacket {
  /** Unique and rising within one log. */
  readonly number: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** The same moment in the journal's time; of a file: since its first packet. Microseconds. */
  readonly timeUs: number;
  readonly interface: string;
  readonly linkType: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly comment: string | null;
  readonly packet: Packet;
}

/** Packets in the order of their numbers. */
export interface PacketLog {
  readonly all: readonly HeldPacket[];
  /** Packets that are gone, or never reached this page. */
  readonly missed: number;
  byNumber(number: number): HeldPacket | undefined;
}

/** Packets that may be held beyond the bound before those go at once. */
const SLACK = 2_000;

/** The log, for whoever fills it. */
export class WritablePacketLog implements PacketLog {
  #all: HeldPacket[] = [];
  #bytes = 0;
  #missed = 0;
  #last = 0;

  get all(): readonly HeldPacket[] {
    return this.#all;
  }

  get missed(): number {
    return this.#missed;
  }

  byNumber(number: number): HeldPacket | undefined {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#all[middle]?.number ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const found = this.#all[low];
    return found?.number === number ? found : undefined;
  }

  /** Takes what the server sent. What is there already (the capture was looked at before) is not taken twice. */
  take(frames: readonly CapturedFrame[], missed: number): void {
    this.#missed += missed;
    for (const frame of frames) if (frame.number > this.#last) this.add(held(frame));
  }

  add(packet: HeldPacket): void {
    this.#last = packet.number;
    this.#all.push(packet);
    this.#bytes += packet.bytes.length;
    if (this.#all.length > MAX_HELD_PACKETS + SLACK || this.#bytes > MAX_HELD_PACKET_BYTES) this.#evict();
  }

  clear(): void {
    this.#all = [];
    this.#bytes = 0;
    this.#missed = 0;
    this.#last = 0;
  }

  #evict(): void {
    let gone = Math.max(0, this.#all.length - MAX_HELD_PACKETS);
    let bytes = this.#bytes;
    for (let at = 0; at < gone; at += 1) bytes -= this.#all[at]?.bytes.length ?? 0;
    for (; bytes > MAX_HELD_PACKET_BYTES && gone < this.#all.length; gone += 1)
      bytes -= this.#all[gone]?.bytes.length ?? 0;
    this.#all = this.#all.slice(gone);
    this.#bytes = bytes;
    this.#missed += gone;
  }
}

function held(frame: CapturedFrame): HeldPacket {
  const bytes = bytesOf(frame.bytes);
  return { ...frame, bytes, comment: null, packet: parsePacket(bytes, frame.linkType) };
}
