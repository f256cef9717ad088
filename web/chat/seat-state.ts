/** What a seat shows: whether it is connected, its conversations, and the wire under them. */
import { LOBBY, type ProtocolId } from './speakers/speaker.ts';
import type { ChatLine } from './transcript.ts';

/** One object, line or stanza on the wire. */
export interface Frame {
  readonly key: number;
  readonly direction: 'sent' | 'received';
  readonly text: string;
  readonly atMs: number;
}

/** Everything about one seat. */
export interface SeatState {
  readonly user: string;
  readonly protocol: ProtocolId;
  /** `healing`: the connection was lost, and is tried again. */
  readonly status: 'off' | 'connecting' | 'on' | 'healing';
  /** Why it went off, in the server's words; empty: it was wished. */
  readonly problem: string;
  /** It went off because nobody answered at all. */
  readonly unreachable: boolean;
  /** It went off because the server offers only these SASL mechanisms, and not PLAIN; `null`: that is not why. */
  readonly mechanisms: readonly string[] | null;
  /** The conversation that is looked at: `#lobby` or a user. */
  readonly conversation: string;
  readonly people: readonly string[];
  /** Conversations with something unread. */
  readonly unread: readonly string[];
  readonly lines: readonly ChatLine[];
  readonly frames: readonly Frame[];
  /** Who types, as `from conversation`. */
  readonly typing: ReadonlyMap<string, string>;
}

/** The part of a state that says why a seat is off: it was wished. */
export const NO_PROBLEM = { problem: '', unreachable: false, mechanisms: null } as const;

/** Nobody is connected, and nothing has been said. */
export function emptySeat(user: string, protocol: ProtocolId): SeatState {
  return {
    user,
    protocol,
    status: 'off',
    ...NO_PROBLEM,
    conversation: LOBBY,
    people: [],
    unread: [],
    lines: [],
    frames: [],
    typing: new Map(),
  };
}
