import { partsOf } from '#lessons/checks.ts';
import { type Captures, type PacketSighting, sightingOf } from '#lessons/packet-checks.ts';
import type { Completion, Known, Runner } from '#lessons/runner.ts';
import type { Experiment, Step } from '#lessons/schema.ts';
import { portOf } from '#lessons/templates.ts';
import { FlowFollower } from '#packets/flow-follower.ts';
import type { CaptureStatus } from '#protocol/capture.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import type { WireSession } from '../session/wire-session.ts';
import type { SocketTable, WireState } from '../session/wire-state.ts';

/** What a lesson has watched while a step needs it. */
export type Watching = Pick<WireSession, 'watchPackets' | 'watchSockets'>;

/**
 * Feeds a lesson's checks with what no socket call shows: packets and the kernel's socket table. Both are watched only while a
 * step or an experiment that waits asks for them, and only packets captured from then on count.
 */
export class UnseenFeed {
  readonly #watching: Watching;
  #unwatchPackets: (() => void) | null = null;
  #unwatchSockets: (() => void) | null = null;
  /** What the capture said before it was asked; the next that it says is the answer. */
  #saidBefore: CaptureStatus | null = null;
  /** Packets up to this number were captured before; `null` while the capture has not answered. */
  #floor: number | null = null;
  #flows: FlowFollower;
  #lastPacket = 0;
  #demos: readonly DemoAddress[] = [];
  #table: SocketTable | null = null;
  #known: Omit<Known, 'solved'> = { captures: null, table: null, wallMs: 0 };

  constructor(watching: Watching) {
    this.#watching = watching;
    this.#flows = this.#follower();
  }

  /** What is known now, for a runner that begins. */
  get known(): Omit<Known, 'solved'> {
    return this.#known;
  }

  /** Takes in what is new, for those that wait. */
  follow(wire: WireState, runner: Runner, waiting: readonly (Step | Experiment)[]): readonly Completion[] {
    const kinds = new Set(waiting.flatMap(checksOf).map(({ kind }) => kind));
    this.#demos = wire.demos;
    const completed = this.#watchSockets(kinds.has('sockets'), runner);
    this.#watchPackets(kinds.has('captured'), wire);
    return [
      ...completed,
      ...this.#capture(wire, runner),
      ...this.#sockets(wire, runner),
      ...this.#packets(wire, runner),
    ];
  }

  /** The journal is another one, and its packets are numbered anew: those that are captured from then on count. */
  restart(): void {
    this.#flows = this.#follower();
    this.#lastPacket = 0;
    this.#floor = null;
    this.#saidBefore = null;
  }

  /** Stops watching. */
  close(): void {
    this.#unwatchSockets?.();
    this.#unwatchSockets = null;
    this.#unwatchPackets?.();
    this.#unwatchPackets = null;
  }

  #watchSockets(on: boolean, runner: Runner): readonly Completion[] {
    if (on) this.#unwatchSockets ??= this.#watching.watchSockets();
    if (on || !this.#unwatchSockets) return [];
    this.#unwatchSockets();
    this.#unwatchSockets = null;
    // The next that looks has to know what was there when it began, which an old reading does not say.
    this.#known = { ...this.#known, table: null };
    return runner.feedKnown({ table: null });
  }

  #watchPackets(on: boolean, wire: WireState): void {
    if (on === (this.#unwatchPackets !== null)) return;
    this.#unwatchPackets?.();
    this.#floor = null;
    this.#saidBefore = wire.capture;
    this.#unwatchPackets = on ? this.#watching.watchPackets() : null;
  }

  #capture({ capture }: WireState, runner: Runner): readonly Completion[] {
    if (this.#unwatchPackets && this.#floor === null && capture && capture !== this.#saidBefore)
      this.#floor = capture.captured;
    const captures = this.#floor === null ? null : capturesOf(capture);
    if (captures === this.#known.captures) return [];
    this.#known = { ...this.#known, captures };
    return runner.feedKnown({ captures });
  }

  #sockets({ sockets, demos }: WireState, runner: Runner): readonly Completion[] {
    if (sockets === this.#table) return [];
    this.#table = sockets;
    if (!sockets?.rows) return [];
    const table = { rows: sockets.rows, portOf: (demo: string) => portOf(demos, demo) };
    this.#known = { ...this.#known, table, wallMs: sockets.wallMs };
    return runner.feedKnown({ table, wallMs: sockets.wallMs });
  }

  /** Every packet is followed, so that numbers count from the beginning of their connections; what is old is not told. */
  #packets({ packets }: WireState, runner: Runner): readonly Completion[] {
    const { all } = packets;
    let from = all.length;
    while (from > 0 && (all[from - 1]?.number ?? 0) > this.#lastPacket) from -= 1;
    const seen = all.slice(from).flatMap((held) => {
      this.#lastPacket = held.number;
      const packet = this.#sighting(held);
      const isNew = this.#floor !== null && held.number > this.#floor;
      return packet && isNew ? [{ packet, wallMs: held.seconds * 1_000 + held.nanoseconds / 1e6 }] : [];
    });
    return seen.length === 0 ? [] : runner.feedPackets(seen);
  }

  #sighting({ packet }: HeldPacket): PacketSighting | null {
    const seen = this.#flows.follow(packet);
    return seen && sightingOf(seen, this.#demos);
  }

  #follower(): FlowFollower {
    return new FlowFollower((port) => this.#demos.some((demo) => demo.port === port));
  }
}

function checksOf(task: Step | Experiment) {
  const predictions = 'predictions' in task ? (task.predictions ?? []) : [];
  const all = [
    task.check,
    ...task.hints.map(({ when }) => when),
    ...predictions.flatMap(({ choices }) => Object.values(choices)),
  ];
  return all.flatMap(partsOf);
}

function capturesOf(capture: CaptureStatus | null): Captures {
  if (capture?.state === 'on') return true;
  return capture?.state === 'refused' ? false : null;
}
