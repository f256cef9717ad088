/** Putting a segment of a connection on the wire: RFC 9293 §3.1, its options: RFC 7323 §3.2, RFC 2018 §3. */
import { ipv4PseudoHeaderSum } from '#packets/checksum.ts';
import { IPV4_HEADER_OCTETS } from '#packets/ipv4.ts';
import { TCP_FLAGS, TCP_PROTOCOL, type TcpHeader, type TcpOption, tcpHeaderLength, writeTcp } from '#packets/tcp.ts';
import { type Because, because } from '../because.ts';
import { emptyPacket, sendIp } from '../ip.ts';
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
  const isSyn = (flags & TCP_FLAGS.syn) !== 0;
  const acknowledges = tcb.state !== 'SYN-SENT';
  const header = {
    sourcePort: tcb.localPort,
    destinationPort: tcb.peerPort,
    sequence: seq,
    acknowledgment: acknowledges ? tcb.rcvNxt : 0,
    flags: flags | (acknowledges ? TCP_FLAGS.ack : 0),
    // A RST offers nothing: the connection is gone.
    window: (flags & TCP_FLAGS.rst) === 0 ? offerWindow(tcb, isSyn) : 0,
    urgentPointer: 0,
    options: isSyn ? synOptions(turn, tcb) : segmentOptions(turn, tcb, length),
  };
  const headerLength = tcpHeaderLength(header.options);
  const packet = emptyPacket(headerLength + length);
  if (length > 0) tcb.sendQueue.copyTo(packet, IPV4_HEADER_OCTETS + headerLength, (seq - tcb.queueSeq) >>> 0, length);
  finish(turn, tcb.peerAddress, packet, header, headerLength);
  sendIp(turn, sendingOf(tcb, reason), packet);
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
  const blocks = sackRoom(tcb, length);
  if (blocks === 0) return tcb.timestampsOn ? [NOP, NOP, timestamps(turn, tcb)] : NO_OPTIONS;
  const sack: TcpOption = { kind: 'sack', blocks: sackBlocks(tcb, blocks) };
  return tcb.timestampsOn ? [NOP, NOP, timestamps(turn, tcb), NOP, NOP, sack] : [NOP, NOP, sack];
}

/** RFC 2018 §4: every ACK says what lies beyond a gap, as far as it has room: four blocks, three beside timestamps (§3). */
function sackRoom(tcb: Tcb, length: number): number {
  if (!tcb.sackOn || tcb.outOfOrder.length === 0 || tcb.finReceived) return 0;
  const most = tcb.timestampsOn ? 3 : 4;
  return length === 0 ? most : Math.min(most, Math.max(0, Math.floor((tcb.smss - length - 4) / 8)));
}

function timestamps(turn: Turn, tcb: Tcb): TcpOption {
  return { kind: 'timestamps', value: timestampClock(turn, tcb), echo: tcb.state === 'SYN-SENT' ? 0 : tcb.tsRecent };
}

/** RFC 7323 §5.4: a clock of one millisecond a tick, begun at another place for every connection. */
export function timestampClock(turn: Turn, tcb: Tcb): number {
  return (tcb.timestampOffset + Math.floor(turn.now / 1000)) >>> 0;
}

/** Two NOPs, kind, length, and both edges. */
const ONE_BLOCK_OCTETS = 12;

/** A full segment: SMSS, less a SACK block when there is a gap to be told of (RFC 9293 §3.7.1, Eff.snd.mss). */
export function fullSegment(tcb: Tcb): number {
  const hasGap = tcb.sackOn && tcb.outOfOrder.length > 0 && tcb.smss > 8 * ONE_BLOCK_OCTETS;
  return hasGap ? tcb.smss - ONE_BLOCK_OCTETS : tcb.smss;
}

/** RFC 9293 §3.10.7.1 and §3.5.2: the RST that answers a segment of no connection. A RST is never answered. */
export function refuseSegment(
  turn: Turn,
  segment: Segment,
  reason = because('rst-no-connection', { port: segment.localPort }),
): void {
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
  const headerLength = tcpHeaderLength(header.options);
  const packet = emptyPacket(headerLength);
  finish(turn, segment.peerAddress, packet, header, headerLength);
  const sending = { to: segment.peerAddress, protocol: TCP_PROTOCOL, dontFragment: false, because: reason };
  sendIp(turn, { ...sending, connection: null, socket: null }, packet);
}

/** Writes the TCP header into a packet that has its payload. */
function finish(turn: Turn, to: number, packet: Uint8Array, header: TcpHeader, headerLength: number): void {
  const pseudo = ipv4PseudoHeaderSum(turn.host.address, to, TCP_PROTOCOL, packet.length - IPV4_HEADER_OCTETS);
  writeTcp(packet, IPV4_HEADER_OCTETS, header, headerLength, pseudo);
}

function sendingOf(tcb: Tcb, reason: Because) {
  return {
    to: tcb.peerAddress,
    protocol: TCP_PROTOCOL,
    dontFragment: tcb.options.pathMtuDiscovery,
    because: reason,
    connection: tcb.connection,
    socket: tcb.socket,
  };
}

/** Whether everything that was ever sent has been acknowledged. */
export function nothingInFlight(tcb: Tcb): boolean {
  return !before(tcb.sndUna, tcb.sndNxt);
}
