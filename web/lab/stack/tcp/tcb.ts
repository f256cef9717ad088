/** The transmission control block: all that is known of one connection. RFC 9293 §3.3.1. */
import type { SackBlock } from '#packets/tcp.ts';
import type { TcpState } from '#packets/tcp-state.ts';
import type { Because } from '../because.ts';
import { ByteQueue } from '../byte-queue.ts';
import type { SocketError, SocketId } from '../calls.ts';
import type { TcpOptions } from '../options.ts';
import type { SimTime } from '../time.ts';

/** A timer that is not running. */
export const OFF = Number.POSITIVE_INFINITY;

/** Who a connection is between. Addresses are 32 bits. */
export interface Ends {
  readonly localPort: number;
  readonly peerAddress: number;
  readonly peerPort: number;
}

/** How a connection finds its host's tables: one string for both ends. */
export function endsKey(localPort: number, peerAddress: number, peerPort: number): string {
  return `${localPort} ${peerAddress} ${peerPort}`;
}

/** What a new connection begins with. */
export interface TcbOpening extends Ends {
  readonly epoch: object;
  readonly connection: number;
  readonly socket: SocketId | null;
  readonly listener: number | null;
  readonly options: TcpOptions;
  readonly iss: number;
  readonly state: TcpState;
  readonly mss: number;
  readonly timestampOffset: number;
}

/**
 * Written only by a step of the host whose epoch it carries; otherwise `own` makes a copy first. Sequence numbers are
 * those of the wire, sizes octets, times microseconds.
 */
export class Tcb {
  epoch: object;
  readonly connection: number;
  socket: SocketId | null;
  /** Connection number of the listener whose backlog it is on; `null` once accepted, and of an active open. */
  listener: number | null;
  readonly localPort: number;
  readonly peerAddress: number;
  readonly peerPort: number;
  options: TcpOptions;
  state: TcpState;
  /** Whether the program has called close: nobody will read what comes in. */
  released = false;
  /** What ended it; told to the next call, once. */
  error: SocketError | null = null;

  // What is sent. `sndNxt` is the highest number sent and one; `sndCursor` lies before it while old data is sent again.
  readonly iss: number;
  sndUna: number;
  sndNxt: number;
  sndCursor: number;
  /** Whether old data goes again because the path takes smaller segments only. */
  isRecutting = false;
  sndWnd = 0;
  sndWl1 = 0;
  sndWl2 = 0;
  maxSndWnd = 0;
  sndScale = 0;
  sendQueue = new ByteQueue();
  /** Sequence number of the first octet in `sendQueue`. */
  queueSeq: number;
  /** Whether FIN follows the queue. */
  finQueued = false;
  /** Whether a `tcp.send` took less than it was given, so that the program waits for room. */
  wantsRoom = false;

  // What is received. `rcvAdv` is the right edge of the window as it was offered.
  irs = 0;
  rcvNxt = 0;
  rcvAdv = 0;
  rcvScale = 0;
  receiveQueue = new ByteQueue();
  outOfOrder: readonly Piece[] = [];
  /** First octets of the pieces that came last, newest first: in this order blocks are announced (RFC 2018 §4). */
  recentPieces: readonly number[] = [];
  finReceived = false;
  /** Number of the peer's FIN once it has come, be it beyond a gap. */
  finSeq: number | null = null;

  // Sizes. `mss` is the smaller announced one; `smss` what fits besides the options of every segment.
  mss: number;
  smss: number;

  // Options in use.
  timestampsOn = false;
  sackOn = false;
  windowScaleOn = false;
  readonly timestampOffset: number;
  tsRecent = 0;
  tsRecentAt: SimTime = 0;
  lastAckSent = 0;

  // Acknowledging.
  /** Why an ACK is to be sent in this step; `null`: none is. */
  ackReason: Because | null = null;
  unackedOctets = 0;
  /** Answers to segments that could not be taken, since when (RFC 5961 §7). */
  answers = 0;
  answersSince: SimTime = 0;

  // Round trips and retransmission, RFC 6298.
  srtt: number | null = null;
  rttvar: number | null = null;
  rto: number;
  /** The end of the segment that is timed, and when it was sent; `timedAt` OFF: none. */
  timedEnd = 0;
  timedAt: SimTime = OFF;
  /** Timeouts in a row without an acknowledgment of new data. */
  retries = 0;
  synRetransmitted = false;

  // Congestion, RFC 5681.
  cwnd = 0;
  ssthresh = OFF;
  /** Octets acknowledged in congestion avoidance that have not grown the window yet. */
  ackedInAvoidance = 0;
  duplicateAcks = 0;
  recovery: 'none' | 'fast' | 'loss' = 'none';
  /** RFC 6582 §3.2: the highest sequence number sent when loss was noticed. */
  recover: number;
  /** Octets that limited transmit has sent on the present duplicates. */
  limitedOctets = 0;
  /** Whether a partial acknowledgment has come in this recovery. */
  hadPartialAck = false;
  sacked: readonly SackBlock[] = [];
  /** RFC 6675 §2: HighRxt and RescueRxt. */
  highRxt = 0;
  rescueRxt: number | null = null;
  lastSentAt: SimTime = 0;
  /** State of the congestion control that is its own. */
  congestion: object | null = null;

  // Persist and keep-alive.
  persistBackoff = 0;
  persistUnanswered = 0;
  lastHeardAt: SimTime = 0;
  keepAliveSent = 0;

  // Timers: when each is due, or OFF.
  retransmissionAt: SimTime = OFF;
  persistAt: SimTime = OFF;
  delayedAckAt: SimTime = OFF;
  timeWaitAt: SimTime = OFF;
  keepAliveAt: SimTime = OFF;

  constructor(opening: TcbOpening) {
    this.epoch = opening.epoch;
    this.connection = opening.connection;
    this.socket = opening.socket;
    this.listener = opening.listener;
    this.localPort = opening.localPort;
    this.peerAddress = opening.peerAddress;
    this.peerPort = opening.peerPort;
    this.options = opening.options;
    this.state = opening.state;
    this.iss = opening.iss;
    this.sndUna = opening.iss;
    this.sndNxt = opening.iss;
    this.sndCursor = opening.iss;
    this.recover = opening.iss;
    this.queueSeq = (opening.iss + 1) >>> 0;
    this.mss = opening.mss;
    this.smss = opening.mss;
    this.timestampOffset = opening.timestampOffset;
    this.rto = opening.options.initialRtoUs;
  }

  /** A copy for another state. Octets are shared. */
  clone(epoch: object): Tcb {
    const copy: Tcb = Object.assign(Object.create(Tcb.prototype), this);
    copy.epoch = epoch;
    copy.sendQueue = this.sendQueue.clone();
    copy.receiveQueue = this.receiveQueue.clone();
    return copy;
  }
}

/** Octets that came out of order. */
export interface Piece {
  readonly seq: number;
  readonly bytes: Uint8Array;
}
