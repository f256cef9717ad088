/** What is sent and kept, as values. No protocol is known here: each shows a message in its own form. */

/** Where a message goes. Names are keys: see `nameKey`. */
export type Address =
  | {
      readonly type: 'user';
      readonly name: string;
      /** One of the user's sessions that is meant; `null`: all that are there. */
      readonly resource: string | null;
    }
  | {
      readonly type: 'room';
      readonly name: string;
      /** A private message to the member of this nick; `null`: to everybody in the room. */
      readonly nick: string | null;
    };

/** Who sent something. */
export interface Sender {
  /** Account, or `null` for somebody who came in without one (by lines). */
  readonly user: string | null;
  /** What the others call the sender: the nick in a room, the account's name otherwise. */
  readonly nick: string;
  /** The sender's session, where there is one. */
  readonly resource: string | null;
}

/** A file that was uploaded before; its octets never pass through the core. */
export interface FileReference {
  readonly url: string;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly sizeBytes: number;
}

/**
 * What one protocol wants to keep beside the body, for others that speak the same one: the elements of a stanza, say.
 * Everybody else ignores it.
 */
export interface Native {
  /** The protocol that understands `value`. */
  readonly protocol: string;
  readonly value: unknown;
  /** What it counts for in the bounds. Octets. */
  readonly bytes: number;
}

/** What somebody wants to send. */
export interface Draft {
  readonly body: string;
  /** Default: none. */
  readonly file?: FileReference | null;
  /** The id that the sender gave it, sent along to everybody. Default: none. */
  readonly clientId?: string | null;
  /** Whether a second draft of this sender with the same `clientId` is the first one sent again. Default: no. */
  readonly once?: boolean;
  /** Default: none. */
  readonly native?: Native | null;
}

/** What the core gives each message when it takes it; enough to acknowledge it. */
export interface Stamp {
  /** Unique among all messages of this and earlier runs; a later one is not greater as a string. */
  readonly id: string;
  /** Place among all messages since the start, from 1. */
  readonly seq: number;
  /** When the core took it, in milliseconds since 1970. */
  readonly atMs: number;
}

/** A message as the core keeps and delivers it. The order of all messages is that of `seq`. */
export interface Message extends Stamp {
  readonly from: Sender;
  readonly to: Address;
  readonly kind: 'text' | 'file';
  readonly body: string;
  readonly file: FileReference | null;
  readonly clientId: string | null;
  readonly native: Native | null;
  /** Octets of its body and of what is native. */
  readonly bytes: number;
}

/** What passes by and is in no history: it reaches who is there. Every protocol may know it. */
export type CommonSignal =
  | { readonly type: 'typing'; readonly state: 'composing' | 'paused' }
  /** The message of this id has reached its recipient, or has been read there. */
  | { readonly type: 'receipt'; readonly state: 'delivered' | 'read'; readonly messageId: string }
  /** A step of setting up a call; `payload` is between the two ends (SDP, a candidate). */
  | { readonly type: 'call'; readonly step: CallStep; readonly callId: string; readonly payload: string };

/** Something that passes by. */
export type Signal =
  | CommonSignal
  /** In the words of the sender's own protocol; `means` is what others are told instead, where they have a word for it. */
  | { readonly type: 'native'; readonly native: Native; readonly means?: CommonSignal | null };

/** The steps of WebRTC signalling, and its end. */
export type CallStep = 'offer' | 'answer' | 'candidate' | 'hangup';

/** A signal on its way. */
export interface SentSignal {
  readonly from: Sender;
  readonly to: Address;
  readonly signal: Signal;
  /** Since when it has waited for its recipient, in milliseconds since 1970. Default: it has not. */
  readonly sinceMs?: number;
}

/** Octets that a draft counts for. */
export function octetsOf({ body, native }: Draft): number {
  return Buffer.byteLength(body) + (native?.bytes ?? 0);
}
