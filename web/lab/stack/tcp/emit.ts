/** Putting a segment of a connection on the wire: RFC 9293 §3.1, its options: RFC 7323 §3.2, RFC 2018 §3. */
import { serializeTcp, TCP_FLAGS, TCP_PROTOCOL, type TcpOption } from '#packets/tcp.ts';
import { type Because, because } from '../because.ts';
import { sendIp } from '../ip.ts';
import { advance, before } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { announcedMss } from './connections.ts';
import { sackBlocks } from './reassembly.ts';
import { offerWindow } from './receive-window.ts';
import { type Segment, sequenceLength } from './segment.ts';
import { OFF, type Tcb } from './tcb.ts';

/** A segment to be sent: `length` octets of the send queue from `seq` on. */
export interface Outgoing {
  readonly seq: number;
  readonly length: number;
  /** Besides ACK, which every segment but the first SYN has. */
  readonly flags: number;
  readonly because: Because;
}

/** Sends, and puts down that everything received is acknowledged by it. */
export function emit(turn: Turn, tcb: Tcb, { seq, length, flags, because: reason }: Outgoing): void {
  const payload = new Uint8Array(length);
  if (length > 0) tcb.sendQueue.copyTo(payload, 0, (seq - tcb.queueSeq) >>> 0, length);
  const isSyn = (flags & TCP_FLAGS.syn) !== 0;
  const acknowledges = tcb.state !== 'SYN-SENT';
  const header = {
    sourcePort: tcb.localPort,
    destinationPort: tcb.peerPort,
    sequence: seq,
    acknowledgment: acknowledges ? tcb.rcvNxt : 0,
    flags: flags | (acknowledges ? TCP_FLAGS.ack : 0),
    window: offerWindow(tcb, isSyn),
    urgentPointer: 0,
    options: isSyn ? synOptions(turn, tcb) : segmentOptions(turn, tcb, length),
  };
  const ends = { source: turn.host.options.address, destination: tcb.peerAddress };
  send(turn, tcb.peerAddress, serializeTcp(header, payload, ends), reason, tcb);
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.ackReason = null;
  tcb.unackedOctets = 0;
  tcb.delayedAckAt = OFF;
}

/** An ACK without data. RFC 9293 §3.10.7.4: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>. */
export function emitAck(turn: Turn, tcb: Tcb, reason: Because): void {
  emit(turn, tcb, { seq: acceptableSeq(tcb), length: 0, flags: 0, because: reason });
}

/** SND.NXT, unless it lies beyond the window (a probe, or a window that has shrunk): the peer would not look at the ACK. */
function acceptableSeq(tcb: Tcb): number {
  const edge = advance(tcb.sndUna, tcb.sndWnd);
  return tcb.state !== 'SYN-SENT' && tcb.state !== 'SYN-RECEIVED' && before(edge, tcb.sndNxt) ? edge : tcb.sndNxt;
}

/** RST of a connection. With ACK, as it is sent everywhere, so that the peer can tell it from a blind one (RFC 5961). */
export function emitReset(turn: Turn, tcb: Tcb, reason: Because): void {
  emit(turn, tcb, { seq: acceptableSeq(tcb), length: 0, flags: TCP_FLAGS.rst, because: reason });
}

/** RFC 9293 §3.2 and §3.7.1; RFC 7323 §2.2, §3.2; RFC 2018 §2. A SYN-ACK has only what the SYN had. */
function synOptions(turn: Turn, tcb: Tcb): TcpOption[] {
  const { options } = tcb;
  const isFirst = tcb.state === 'SYN-SENT';
  const list: TcpOption[] = [{ kind: 'mss', octets: announcedMss(turn, options) }];
  if (isFirst ? options.sack : tcb.sackOn) list.push({ kind: 'sack-permitted' });
  const stamped = isFirst ? options.timestamps : tcb.timestampsOn;
  if (stamped) list.push(...(list.length === 1 ? [NOP, NOP] : []), timestamps(turn, tcb));
  else if (list.length === 2) list.push(NOP, NOP);
  if (isFirst ? options.windowScale : tcb.windowScaleOn) list.push(NOP, { kind: 'window-scale', shift: tcb.rcvScale });
  return list;
}

const NOP: TcpOption = { kind: 'nop' };
const NO_OPTIONS: readonly TcpOption[] = [];

function segmentOptions(turn: Turn, tcb: Tcb, length: number): readonly TcpOption[] {
  // RFC 2018 §4: every ACK says what lies beyond a gap. Not on data, which may fill the segment to its last octet.
  const hasGap = tcb.sackOn && tcb.outOfOrder.length > 0 && length === 0;
  if (!hasGap) return tcb.timestampsOn ? [NOP, NOP, timestamps(turn, tcb)] : NO_OPTIONS;
  // RFC 2018 §3: four blocks fit, three beside timestamps.
  const blocks = sackBlocks(tcb, tcb.timestampsOn ? 3 : 4);
  const sack: TcpOption = { kind: 'sack', blocks };
  return tcb.timestampsOn ? [NOP, NOP, timestamps(turn, tcb), NOP, NOP, sack] : [NOP, NOP, sack];
}

function timestamps(turn: Turn, tcb: Tcb): TcpOption {
  return { kind: 'timestamps', value: timestampClock(turn, tcb), echo: tcb.state === 'SYN-SENT' ? 0 : tcb.tsRecent };
}

/** RFC 7323 §5.4: a clock of one millisecond a tick, begun at another place for every connection. */
export function timestampClock(turn: Turn, tcb: Tcb): number {
  return (tcb.timestampOffset + Math.floor(turn.now / 1000)) >>> 0;
}

/** RFC 9293 §3.10.7.1 and §3.5.2: the RST that answers a segment of no connection. A RST is never answered. */
export function refuseSegment(turn: Turn, segment: Segment, reason: Because = because('rst-no-connection')): void {
  if ((segment.flags & TCP_FLAGS.rst) !== 0) return;
  const hasAck = (segment.flags & TCP_FLAGS.ack) !== 0;
  const header = {
    sourcePort: segment.localPort,
    destinationPort: segment.peerPort,
    sequence: hasAck ? segment.ack : 0,
    acknowledgment: hasAck ? 0 : (segment.seq + sequenceLength(segment)) >>> 0,
    flags: hasAck ? TCP_FLAGS.rst : TCP_FLAGS.rst | TCP_FLAGS.ack,
    window: 0,
    urgentPointer: 0,
    options: NO_OPTIONS,
  };
  const ends = { source: turn.host.options.address, destination: segment.peerAddress };
  send(turn, segment.peerAddress, serializeTcp(header, NOTHING, ends), reason, null);
}

const NOTHING = new Uint8Array(0);

function send(turn: Turn, to: string, bytes: Uint8Array, reason: Because, tcb: Tcb | null): void {
  const sending = {
    to,
    protocol: TCP_PROTOCOL,
    dontFragment: tcb?.options.pathMtuDiscovery ?? false,
    because: reason,
    connection: tcb?.connection ?? null,
    socket: tcb?.socket ?? null,
  };
  sendIp(turn, sending, bytes);
}

/** Whether everything that was ever sent has been acknowledged. */
export function nothingInFlight(tcb: Tcb): boolean {
  return !before(tcb.sndUna, tcb.sndNxt);
}
