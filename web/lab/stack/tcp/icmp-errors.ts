/** ICMP errors about our segments: RFC 9293 §3.9.2.2; which are believed: RFC 5927 §4; path MTU: RFC 1191 §3. */
import { ICMP_TYPES, UNREACHABLE_CODES } from '#packets/icmp.ts';
import { because } from '../because.ts';
import type { IcmpError, Quote } from '../icmp.ts';
import { before } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { endConnection, findConnection, own } from './connections.ts';
import { lowerPathMtu } from './path-mtu.ts';
import type { Tcb } from './tcb.ts';
import { rescheduleConnection } from './timers.ts';

/** RFC 1122 §4.2.3.9: protocol and port; and a filter's three ways to say no (RFC 1812 §5.2.7.1), which nobody calls soft. */
const HARD_CODES: ReadonlySet<number> = new Set([UNREACHABLE_CODES.protocol, UNREACHABLE_CODES.port, 9, 10, 13]);

/** Takes an error that quotes a segment of ours. */
export function tcpUnreachable(turn: Turn, quote: Quote, error: IcmpError): void {
  const found = findConnection(turn, quote.localPort, quote.peerAddress, quote.peerPort);
  if (found === undefined) {
    turn.discard('icmp-no-connection');
    return;
  }
  // RFC 5927 §4.1: an attacker can't know the sequence numbers in flight.
  if (before(quote.seq, found.sndUna) || !before(quote.seq, found.sndNxt)) {
    turn.discard('icmp-sequence');
    return;
  }
  const tcb = own(turn, found);
  takeError(turn, tcb, error);
  rescheduleConnection(turn, tcb);
}

function takeError(turn: Turn, tcb: Tcb, { code, type, nextHopMtu }: IcmpError): void {
  const isUnreachable = type === ICMP_TYPES.unreachable;
  if (isUnreachable && code === UNREACHABLE_CODES.fragmentationNeeded) {
    if (!lowerPathMtu(turn, tcb, nextHopMtu)) turn.discard('icmp-ignored');
    return;
  }
  const { icmpErrors } = tcb.options;
  const isHard = isUnreachable && HARD_CODES.has(code);
  const isTold = isUnreachable || type === ICMP_TYPES.timeExceeded;
  const counts = icmpErrors === 'all' ? isTold : icmpErrors === 'hard' && isHard;
  // RFC 9293 §3.9.2.2: hard errors are soft ones to a connection that works (RFC 5461).
  if (tcb.state !== 'SYN-SENT' || !counts) {
    turn.discard('icmp-soft');
    return;
  }
  endConnection(turn, tcb, because('icmp-error', { type, code }), isHard ? 'ECONNREFUSED' : 'EHOSTUNREACH');
}
