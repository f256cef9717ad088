import type { CaptureStatus } from '#protocol/capture.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Conversation, SocketRow } from '#protocol/wire.ts';
import type { Forgotten } from '#protocol/wire-messages.ts';
import type { EventLog } from './event-log.ts';
import type { PacketLog } from './packet-log.ts';

/**
 * - `connecting`: no welcome yet, or what the journal already held is still coming;
 * - `live`: everything the journal has is here;
 * - `lost`: the server is not reached; it is tried again by itself;
 * - `outdated`: the server speaks another contract; the tab must be reloaded.
 */
export type WireStatus = 'connecting' | 'live' | 'lost' | 'outdated';

/** The operating system's socket table as last polled. */
export interface SocketTable {
  /** `null` where this system's table cannot be read. */
  readonly rows: readonly SocketRow[] | null;
  /** Why there are no rows. */
  readonly reason: string | null;
  /** When it was read: wall clock in milliseconds. */
  readonly wallMs: number;
}

/** What the session had to refuse or was refused, by stable code; the words are the view's. */
export interface WireProblem {
  /** `malformed-message`, or the code the server gave. */
  readonly code: string;
  /** The server's sentence, or empty. */
  readonly message: string;
}

/**
 * What the page knows of the wire. `log`, `conversations` and `payloads` are the same objects while they change:
 * a reader that uses one must also read `revision`, which grows with each change to any of them.
 */
export interface WireState {
  readonly status: WireStatus;
  /** `lost`: wall clock of the next try in milliseconds; `null` while a try is under way. */
  readonly retryAtMs: number | null;
  /** Names the run of the server that was reached last, within which a conversation's number is its own; `null`: none yet. */
  readonly run: string | null;
  /** Names the journal whose events are held; another run, or one of which something was forgotten, starts afresh. */
  readonly journal: string | null;
  /** What was forgotten last; another object each time. `null`: nothing was while this page was open. */
  readonly forgotten: { readonly what: Forgotten } | null;
  readonly demos: readonly DemoAddress[];
  /** Grows with each applied frame of batches, and with each payload that comes. */
  readonly revision: number;
  readonly log: EventLog;
  readonly conversations: ReadonlyMap<number, Conversation>;
  /** Events of this journal that never reached this page because it was too slow; `log.missedBefore` says where. */
  readonly missed: number;
  /** The socket table; `null` until it is watched and has come. */
  readonly sockets: SocketTable | null;
  /** Captured packets; the same object while it changes: read `packetRevision`, too. */
  readonly packets: PacketLog;
  readonly packetRevision: number;
  /** How the capture fares; `null` until packets are watched and the server has said. */
  readonly capture: CaptureStatus | null;
  /** Interface that this page wants captured besides the usual one; `null`: none. */
  readonly alsoInterface: string | null;
  /** Fetched payloads by `seq`; `null`: the octets are gone; absent: not asked for, or dropped since. */
  readonly payloads: ReadonlyMap<number, Uint8Array | null>;
  readonly problem: WireProblem | null;
}

/** What is held; all of it stays the same object while it changes. */
export type HeldByPage = Pick<WireState, 'log' | 'conversations' | 'packets' | 'payloads'>;

/** A page that has not heard from its server yet. */
export function initialWireState(held: HeldByPage): WireState {
  return {
    status: 'connecting',
    retryAtMs: null,
    run: null,
    journal: null,
    forgotten: null,
    demos: [],
    revision: 0,
    missed: 0,
    sockets: null,
    packetRevision: 0,
    capture: null,
    alsoInterface: null,
    problem: null,
    ...held,
  };
}
