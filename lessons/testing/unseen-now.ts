import { FlowFollower } from '#packets/flow-follower.ts';
import { parsePacket } from '#packets/packet.ts';
import type { CapturedFrame, CaptureStatus } from '#protocol/capture.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { WireMessage, WireRequest } from '#protocol/wire-messages.ts';
import { partsOf } from '../checks.ts';
import { sightingOf } from '../packet-checks.ts';
import type { Completion, Known, Runner } from '../runner.ts';
import type { Lesson } from '../schema.ts';
import { portOf } from '../templates.ts';

/** What no socket call shows, for a lesson that is followed in a test: packets and the kernel's socket table. */
export class UnseenNow {
  readonly requests: readonly WireRequest[];
  known: Omit<Known, 'solved'> = { captures: null, table: null, wallMs: 0 };
  readonly #demos: readonly DemoAddress[];
  readonly #flows: FlowFollower;
  readonly #needsTable: boolean;
  readonly #clientPorts = new Set<number>();
  /** Packets up to this number were captured before. */
  #floor: number | null = null;

  /** @param captures whether packets may be captured */
  constructor(lesson: Lesson, demos: readonly DemoAddress[], captures: boolean) {
    const kinds = new Set(
      [...lesson.steps, ...lesson.breakIt].flatMap(({ check }) => partsOf(check)).map(({ kind }) => kind),
    );
    const ports = [...(lesson.ports ?? [])];
    const packets = { type: 'watch-packets', on: true, ports, interface: null } as const;
    this.#demos = demos;
    this.#flows = new FlowFollower((port) => demos.some((demo) => demo.port === port));
    this.#needsTable = kinds.has('sockets');
    const needsPackets = captures && kinds.has('captured');
    if (!needsPackets) this.known = { ...this.known, captures: false };
    this.requests = [
      ...(this.#needsTable ? [{ type: 'watch-sockets', on: true, ports } as const] : []),
      ...(needsPackets ? [packets] : []),
    ];
  }

  /** Whether all that was asked for has been answered. */
  get isReady(): boolean {
    return this.known.captures !== null && (!this.#needsTable || this.known.table !== null);
  }

  /** Whether a packet of a client with this port has been seen. */
  hasSeen(port: number): boolean {
    return this.#clientPorts.has(port);
  }

  take(message: WireMessage, runner: Runner): readonly Completion[] {
    if (message.type === 'capture') return this.#capture(message.status, runner);
    if (message.type === 'packets') return this.#packets(message.frames, runner);
    if (message.type !== 'sockets' || message.rows === null) return [];
    const table = { rows: message.rows, portOf: (demo: string) => portOf(this.#demos, demo) };
    this.known = { ...this.known, table, wallMs: message.wallMs };
    return runner.feedKnown({ table, wallMs: message.wallMs });
  }

  #capture({ state, captured }: CaptureStatus, runner: Runner): readonly Completion[] {
    this.#floor ??= captured;
    const captures = state === 'on' ? true : state === 'refused' ? false : null;
    this.known = { ...this.known, captures };
    return runner.feedKnown({ captures });
  }

  #packets(frames: readonly CapturedFrame[], runner: Runner): readonly Completion[] {
    const seen = frames.flatMap(({ number, bytes, linkType, seconds, nanoseconds }) => {
      const packet = this.#flows.follow(parsePacket(Buffer.from(bytes, 'base64'), linkType));
      if (!packet || number <= (this.#floor ?? 0)) return [];
      this.#clientPorts.add(packet.client.port);
      return [{ packet: sightingOf(packet, this.#demos), wallMs: seconds * 1_000 + nanoseconds / 1e6 }];
    });
    return runner.feedPackets(seen);
  }
}
