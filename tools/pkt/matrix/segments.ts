/** The segments that are sent to a host in every state. */

/** What is sent. `ack` and `data` carry an ACK, `syn`, `fin` and `rst` do not. */
export const SEGMENTS = ['syn', 'syn-ack', 'fin', 'fin-ack', 'ack', 'data', 'rst', 'rst-ack'] as const;
export type SegmentKind = (typeof SEGMENTS)[number];

/**
 * Where in the receive window: `left`, the number before RCV.NXT; `exact`, RCV.NXT; `inside`, ten further; `edge`, the
 * last number of the window; `right`, the one after it.
 */
export const POSITIONS = ['left', 'exact', 'inside', 'edge', 'right'] as const;
export type Position = (typeof POSITIONS)[number];

/** Numbers of a connection, relative as in the scripts. */
export interface Numbers {
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly rcvNxt: number;
}

/** The window that the scripts expect our host to offer. */
const WINDOW = 65_535;
const INSIDE = 10;

const FLAGS: Readonly<Record<SegmentKind, string>> = {
  syn: 'S',
  'syn-ack': 'S.',
  fin: 'F',
  'fin-ack': 'F.',
  ack: '.',
  data: 'P.',
  rst: 'R',
  'rst-ack': 'R.',
};

/** The sequence number of a position. */
export function sequenceAt(position: Position, rcvNxt: number): number {
  const offsets = { left: -1, exact: 0, inside: INSIDE, edge: WINDOW - 1, right: WINDOW };
  return rcvNxt + offsets[position];
}

/** A segment as a script writes it; data is one octet, so that it lies where it is said to lie. */
export function segmentLine(kind: SegmentKind, sequence: number, acknowledgment: number): string {
  const octets = kind === 'data' ? 1 : 0;
  const ack = FLAGS[kind].endsWith('.') ? ` ack ${acknowledgment}` : '';
  return `< ${FLAGS[kind]} ${sequence}:${sequence + octets}(${octets})${ack} win 10000`;
}
