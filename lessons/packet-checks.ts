/**
 * The expectation language of what no socket call shows: packets that were captured, and the kernel's socket table.
 *
 * Packets can be judged only where they may be captured, and while they are: the page captures while such a step is open. So
 * `packets` stands inside of `captured` (checks.ts), which has another way for machines that do not let us.
 */
import type { DemoAddress } from '#protocol/demos.ts';
import type { Endpoint, SocketRow, Transport } from '#protocol/wire.ts';
import type { End } from './checks.ts';

/** Control bits of TCP that a check may name. */
export const FLAG_NAMES = ['syn', 'fin', 'rst', 'psh', 'ack'] as const;
/** One of them. */
export type FlagName = (typeof FLAG_NAMES)[number];

/** Marks that a check may name; see `SegmentMark` of the packet codecs. */
export const MARK_NAMES = ['retransmission', 'duplicate-ack', 'zero-window'] as const;

/** One packet of a conversation. All that is given must hold; numbers are counted from the beginning of the connection. */
export interface PacketExpected {
  readonly from?: End;
  /** Control bits that are set; others may be, too, unless `only`. */
  readonly flags?: readonly FlagName[];
  /** PSH apart, which only says that somebody should read now. */
  readonly only?: true;
  /** Octets of payload, exactly; and at least. */
  readonly length?: number;
  readonly minLength?: number;
  readonly sequence?: number;
  readonly acknowledgment?: number;
  readonly minAcknowledgment?: number;
  readonly mark?: (typeof MARK_NAMES)[number];
  /** Nothing has come from the server in this flow so far. */
  readonly unanswered?: true;
}

/** Which flows a check of packets is about: those of a demo, or of a port that the lesson names. */
export interface FlowsMeant {
  readonly demo?: string;
  readonly port?: number;
  /** Default tcp. */
  readonly transport?: Transport;
}

/** Edge: within one flow these packets were captured, in this order; others may lie between them. */
export interface PacketsCheck extends FlowsMeant {
  readonly kind: 'packets';
  readonly inOrder: readonly PacketExpected[];
}

/** One row of the socket table. */
export interface SocketExpected {
  /** Which end's row it is; a listener is at the server's. */
  readonly at: End;
  readonly state: string;
  /** A listener's: so many connections wait for accept(), where the system says. */
  readonly minWaiting?: number;
}

/**
 * Level: the latest reading of the kernel's socket table has every row of `rows`, and none of `none`. A connection that was in
 * the table when the check began is not meant; a listener is.
 */
export interface SocketsCheck {
  readonly kind: 'sockets';
  readonly demo?: string;
  readonly port?: number;
  readonly rows: readonly SocketExpected[];
  readonly none?: readonly SocketExpected[];
}

/** One packet as checks see it. */
export interface PacketSighting {
  /** Tells flows apart. */
  readonly flow: number;
  readonly transport: Transport;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly from: End;
  readonly flags: readonly string[];
  readonly length: number;
  readonly sequence: number | null;
  readonly acknowledgment: number | null;
  readonly marks: readonly string[];
  readonly answered: boolean;
  /** Demo that has the server's port. */
  readonly demo: string | null;
}

/** The socket table as checks see it. */
export interface TableSighting {
  readonly rows: readonly SocketRow[];
  /** Port of each demo, TCP. */
  readonly portOf: (demo: string) => number | null;
}

/** Whether packets are captured: `null` while that is not known, or is about to change. */
export type Captures = boolean | null;

/** A packet as checks see it, with the demo that has the server's port. */
export function sightingOf(
  packet: Omit<PacketSighting, 'demo'>,
  demos: readonly Pick<DemoAddress, 'id' | 'transport' | 'port'>[],
): PacketSighting {
  const demo = demos.find(({ transport, port }) => transport === packet.transport && port === packet.server.port);
  return { ...packet, demo: demo?.id ?? null };
}

/** These packets, in this order, in one flow. */
export function packets(where: FlowsMeant, ...inOrder: readonly PacketExpected[]): PacketsCheck {
  return { kind: 'packets', ...where, inOrder };
}

/** These rows are in the socket table at once. */
export function sockets(
  where: Pick<SocketsCheck, 'demo' | 'port' | 'none'>,
  ...rows: readonly SocketExpected[]
): SocketsCheck {
  return { kind: 'sockets', ...where, rows };
}
