/**
 * The expectation language of lessons: values that say what must be seen on the wire. Plain JSON, built by the functions
 * below and judged by `createMatcher` (matcher.ts).
 *
 * An *edge* check (`opened`, `data`, `echoed`, `closed`, …) is about something that happens after its step began, and stays
 * true. A *level* check (`atOnce`, `not`) is about how things are now, and may become false again.
 */
import type { Direction, Transport } from '#protocol/wire.ts';
import type { LabCheck } from './lab-checks.ts';
import type { PacketsCheck, SocketsCheck } from './packet-checks.ts';

/** Which conversations a check is about. All that is given must hold; the page's own are never meant. */
export interface Where {
  /** Id of the demo that serves it. */
  readonly demo?: string;
  /** Any demo but this one: for near misses. */
  readonly otherThan?: string;
  readonly transport?: Transport;
  /** The server's port, where it is one that the lesson names: of a program of the learner's, or a closed one. */
  readonly port?: number;
  /** Version of IP, told by the server's address. */
  readonly family?: 4 | 6;
  /** The range that the client's port is of. */
  readonly clientPort?: PortRange;
}

/** First and last port of each range of RFC 6335 §6; 0 means “any” and is nobody's port. */
export const PORT_RANGES = { system: [1, 1_023], user: [1_024, 49_151], dynamic: [49_152, 65_535] } as const;
/** One of them. */
export type PortRange = keyof typeof PORT_RANGES;

/** One end of a conversation, by its role. */
export type End = 'client' | 'server';

/** The four numbers that tell conversations of one transport apart (RFC 9293 §3.4.1). */
export const TUPLE_PARTS = ['client-address', 'client-port', 'server-address', 'server-port'] as const;
/** One of the four. */
export type TuplePart = (typeof TUPLE_PARTS)[number];

/** What to look for in the octets of one direction, counted from the moment the check began. */
export interface OctetsWanted {
  /** Default: either. */
  readonly direction?: Direction;
  /** The stream contains this text, however it was cut into reads. */
  readonly text?: string;
  /** The stream, as far as it has come, ends with this text. */
  readonly ends?: string;
  /** At least so many octets; default 1. */
  readonly minBytes?: number;
  /** One read or one datagram has exactly so many octets; 0 is an empty datagram. */
  readonly exactly?: number;
  /** The text (without one: all that came) lies in at least so many reads or datagrams. */
  readonly minPieces?: number;
  /** And in so many at the most. */
  readonly maxPieces?: number;
  /** A UTF-8 character begins in one read and is completed by a later one. */
  readonly cutCharacter?: true;
}

/** See the functions of this file for what each kind means. */
export type Check =
  | ({ readonly kind: 'opened' } & Where)
  | ({ readonly kind: 'data' } & OctetsWanted & Where)
  | ({ readonly kind: 'echoed'; readonly minBytes?: number } & Where)
  | ({ readonly kind: 'half-closed'; readonly by?: End } & Where)
  | ({ readonly kind: 'closed'; readonly by?: End } & Where)
  | ({ readonly kind: 'reset'; readonly by?: End } & Where)
  | ({ readonly kind: 'failed'; readonly code?: string } & Where)
  | ({ readonly kind: 'at-once'; readonly conversations: number; readonly differ?: readonly TuplePart[] } & Where)
  | { readonly kind: 'went-away'; readonly what: Check }
  | { readonly kind: 'all'; readonly of: readonly Check[] }
  | { readonly kind: 'in-one'; readonly of: readonly Check[] }
  | { readonly kind: 'any'; readonly of: readonly Check[] }
  | { readonly kind: 'not'; readonly what: Check }
  | { readonly kind: 'then'; readonly first: Check; readonly second: Check }
  | PacketsCheck
  | SocketsCheck
  | { readonly kind: 'captured'; readonly check: Check; readonly without?: Check }
  | { readonly kind: 'solved'; readonly exercise: string }
  | LabCheck;

/** Every kind of check, for messages that say what is allowed. */
export const CHECK_KINDS = [
  'opened',
  'data',
  'echoed',
  'half-closed',
  'closed',
  'reset',
  'failed',
  'at-once',
  'went-away',
  'all',
  'in-one',
  'any',
  'not',
  'then',
  'packets',
  'sockets',
  'captured',
  'solved',
  'lab-sent',
  'lab-lost',
  'lab-arrived',
  'lab-state',
  'lab-printed',
  'lab-cwnd',
  'lab-halved',
] as const satisfies readonly Check['kind'][];

/** A conversation began: a connection was accepted, or a UDP flow's first datagram came. */
export function opened(where: Where = {}): Check {
  return { kind: 'opened', ...where };
}

/** Octets went by that fit what is wanted. */
export function data(wanted: OctetsWanted & Where = {}): Check {
  return { kind: 'data', ...wanted };
}

/** In one conversation, the server sent back octets that the client had sent before. */
export function echoed(where: Where & { readonly minBytes?: number } = {}): Check {
  return { kind: 'echoed', ...where };
}

/** One end finished sending (its FIN was seen). */
export function halfClosed(where: Where & { readonly by?: End } = {}): Check {
  return { kind: 'half-closed', ...where };
}

/** Both ends finished sending. `by`: who was first. A reset is no close: see {@link reset}. */
export function closed(where: Where & { readonly by?: End } = {}): Check {
  return { kind: 'closed', ...where };
}

/** A RST ended a conversation. `by`: who sent it. */
export function reset(where: Where & { readonly by?: End } = {}): Check {
  return { kind: 'reset', ...where };
}

/**
 * A connection never came to be. Nothing of it reaches a server, so only the terminals of the page can show it; `code` is the
 * errno name, e.g. ECONNREFUSED.
 */
export function failed(where: Where & { readonly code?: string } = {}): Check {
  return { kind: 'failed', ...where };
}

/**
 * Level: at least so many conversations are open now. `differ`: exactly these of the four numbers are not the same in all
 * of them.
 */
export function atOnce(
  where: Where & { readonly conversations: number; readonly differ?: readonly TuplePart[] },
): Check {
  return { kind: 'at-once', ...where };
}

/** A level check held when the step began or later, and then no longer did. */
export function wentAway(what: Check): Check {
  return { kind: 'went-away', what };
}

/** Every one holds. */
export function all(...of: readonly Check[]): Check {
  return { kind: 'all', of };
}

/**
 * Every one holds, of one and the same conversation; `not` is about that one alone. For what its events and its packets
 * show: in it there is no `atOnce`, and nothing of the socket table or the lab.
 */
export function inOne(...of: readonly Check[]): Check {
  return { kind: 'in-one', of };
}

/** At least one holds. */
export function any(...of: readonly Check[]): Check {
  return { kind: 'any', of };
}

/** Level: it does not hold now; of an edge check, it has not happened since the step began. */
export function not(what: Check): Check {
  return { kind: 'not', what };
}

/**
 * The first, and after the event that satisfied it, the second. (Not called `then`: a module with such an export is a
 * thenable, and `await import()` of it never ends.)
 */
export function inOrder(first: Check, second: Check): Check {
  return { kind: 'then', first, second };
}

/**
 * What must be seen where packets are captured; and `without`: what takes its place where that is not allowed. A step has to
 * say what; a hint without it is never shown there.
 */
export function captured(check: Check, without?: Check): Check {
  return { kind: 'captured', check, ...(without && { without }) };
}

/** An exercise of the lesson has been solved, now or before. */
export function solved(exercise: string): Check {
  return { kind: 'solved', exercise };
}

/** A check and all that it is made of. */
export function partsOf(check: Check): readonly Check[] {
  switch (check.kind) {
    case 'all':
    case 'in-one':
    case 'any':
      return [check, ...check.of.flatMap(partsOf)];
    case 'not':
    case 'went-away':
      return [check, ...partsOf(check.what)];
    case 'then':
      return [check, ...partsOf(check.first), ...partsOf(check.second)];
    case 'captured':
      return [check, ...partsOf(check.check), ...(check.without ? partsOf(check.without) : [])];
    default:
      return [check];
  }
}

/** Whether it asks for packets where they are captured. */
export function looksAtPackets(check: Check): boolean {
  return partsOf(check).some(({ kind }) => kind === 'captured');
}

/**
 * Whether only a terminal of the page can satisfy it: what failed before it reached a server is seen by its client alone.
 * @param captures whether packets are captured
 */
export function isSeenOnlyByOurClient(check: Check, captures: boolean): boolean {
  const isOurs = (each: Check): boolean => isSeenOnlyByOurClient(each, captures);
  switch (check.kind) {
    case 'failed':
      return true;
    case 'all':
    case 'in-one':
      return check.of.some(isOurs);
    case 'any':
      return check.of.length > 0 && check.of.every(isOurs);
    case 'then':
      return isOurs(check.first) || isOurs(check.second);
    case 'went-away':
      return isOurs(check.what);
    case 'captured':
      return captures || !check.without ? isOurs(check.check) : isOurs(check.without);
    default:
      return false;
  }
}
