/**
 * TCP states of both ends (RFC 9293 §3.3.2), from the socket calls of one of them. The observed end's state follows
 * from its own calls; the other end's is derived from them by a rule that has a name, and the page shows it.
 */
import type { Conversation, Direction, Evidence, WireEvent } from '#protocol/wire.ts';

/** `FIN-WAIT` stands for FIN-WAIT-1 or -2: socket calls do not show when the FIN was acknowledged; packets do. */
export type EndStateName =
  | 'LISTEN'
  | 'CLOSED'
  | 'SYN-SENT'
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'CLOSE-WAIT'
  | 'LAST-ACK'
  | 'FIN-WAIT'
  | 'FIN-WAIT-1'
  | 'CLOSING'
  | 'FIN-WAIT-2'
  | 'TIME-WAIT';

/**
 * How the state is known:
 * - `call`: the end's own socket calls;
 * - `accepted`: accept() returned, so this end's connect() has had its SYN-ACK;
 * - `fin-read`: the other end read this one's FIN, and a kernel acknowledges what it hands over;
 * - `fin-sent`: a FIN was sent to this end, which goes to CLOSE-WAIT when it comes;
 * - `first-closer`: who sent the first FIN waits two maximum segment lifetimes (RFC 9293 §3.6);
 * - `second-closer`: who sent the second FIN is done when it is acknowledged;
 * - `segments`: the segments that were captured;
 * - `reset`: a RST ends both ends at once; `refused`: nobody accepted.
 */
export type StateRule =
  | 'call'
  | 'accepted'
  | 'fin-read'
  | 'fin-sent'
  | 'first-closer'
  | 'second-closer'
  | 'segments'
  | 'reset'
  | 'refused';

/** State of one end; `null` in Ends where nothing is known, or where there is none (UDP). */
export interface EndState {
  readonly name: EndStateName;
  readonly evidence: Evidence;
  readonly rule: StateRule;
}

/** Both ends at one moment. */
export interface Ends {
  readonly client: EndState | null;
  readonly server: EndState | null;
  /** Way of the first FIN, once one was seen. */
  readonly firstFin: Direction | null;
}

type Observed = Pick<Conversation, 'transport' | 'observer'>;
type End = 'client' | 'server';

/** Nothing is known, or there are no states. */
export const UNKNOWN_ENDS: Ends = { client: null, server: null, firstFin: null };

function state(seen: Observed, end: End, name: EndStateName, rule: StateRule): EndState {
  if (seen.observer === end && rule !== 'first-closer') return { name, evidence: 'observed', rule: 'call' };
  return { name, evidence: 'derived', rule };
}

/** Both ends before the conversation: a listener, and a client that has no connection yet. */
export function endsBefore(seen: Observed): Ends {
  if (seen.transport === 'udp') return UNKNOWN_ENDS;
  return {
    client: state(seen, 'client', 'CLOSED', 'accepted'),
    server: seen.observer === 'server' ? state(seen, 'server', 'LISTEN', 'call') : null,
    firstFin: null,
  };
}

/** `closer` sent a FIN; the other end has not sent its own. */
function afterFirstFin(seen: Observed, fin: Direction): Ends {
  const closer: End = fin === 'to-server' ? 'client' : 'server';
  const other: End = fin === 'to-server' ? 'server' : 'client';
  const own = seen.observer === closer;
  const closing = state(seen, closer, own ? 'FIN-WAIT' : 'FIN-WAIT-2', 'fin-read');
  const waiting = state(seen, other, 'CLOSE-WAIT', 'fin-sent');
  return closer === 'client'
    ? { client: closing, server: waiting, firstFin: fin }
    : { client: waiting, server: closing, firstFin: fin };
}

/** Both have sent a FIN. `done`: the observed end's socket is closed. */
function afterSecondFin(seen: Observed, firstFin: Direction, done: boolean): Ends {
  const first: End = firstFin === 'to-server' ? 'client' : 'server';
  const second: End = firstFin === 'to-server' ? 'server' : 'client';
  const waiting = state(seen, first, 'TIME-WAIT', 'first-closer');
  const finished = state(seen, second, done ? 'CLOSED' : 'LAST-ACK', 'second-closer');
  return first === 'client'
    ? { client: waiting, server: finished, firstFin }
    : { client: finished, server: waiting, firstFin };
}

function bothClosed(seen: Observed, rule: StateRule): Ends {
  return {
    client: state(seen, 'client', 'CLOSED', rule),
    server: state(seen, 'server', 'CLOSED', rule),
    firstFin: null,
  };
}

function afterHalfClose(seen: Observed, ends: Ends, fin: Direction | null): Ends {
  if (fin === null) return ends;
  if (ends.firstFin === null) return afterFirstFin(seen, fin);
  return ends.firstFin === fin ? ends : afterSecondFin(seen, ends.firstFin, false);
}

/** Both ends after `event`. UDP ends have no state, and stay as they are. */
export function endsAfter(seen: Observed, ends: Ends, event: Pick<WireEvent, 'kind' | 'direction'>): Ends {
  if (seen.transport === 'udp') return ends;
  switch (event.kind) {
    case 'opened':
      return {
        client: state(seen, 'client', 'ESTABLISHED', 'accepted'),
        server: state(seen, 'server', 'ESTABLISHED', 'accepted'),
        firstFin: null,
      };
    case 'half-closed':
      return afterHalfClose(seen, ends, event.direction);
    case 'closed':
      return ends.firstFin === null ? bothClosed(seen, 'second-closer') : afterSecondFin(seen, ends.firstFin, true);
    case 'reset':
      return bothClosed(seen, 'reset');
    case 'failed':
      return { client: state(seen, 'client', 'CLOSED', 'refused'), server: null, firstFin: null };
    case 'detached':
      return UNKNOWN_ENDS;
    case 'data':
    case 'datagram':
    case 'error':
    case 'skipped':
      return ends;
    default:
      return event.kind satisfies never;
  }
}
