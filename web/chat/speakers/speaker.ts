import type { CallStep } from '../call.ts';

/** The room that everybody is in. */
export const LOBBY = '#lobby';

/** A protocol that a seat can speak. */
export type ProtocolId = 'json' | 'lines' | 'xmpp';

/** A file that was uploaded. */
export interface SharedFile {
  /** Path on the page's own server. */
  readonly path: string;
  readonly name: string;
  /** Media type; empty: the message did not say, the server is to be asked. */
  readonly mime: string;
  readonly sizeBytes: number;
}

/** A message as a speaker tells of it. */
export interface HeardMessage {
  /** The server's id, where the protocol has one. */
  readonly id: string | null;
  /** The id that its sender gave it, where it did. */
  readonly clientId: string | null;
  readonly from: string;
  /** `#lobby`, or the user at the other end. */
  readonly with: string;
  /** It was sent by this user, from another session. */
  readonly own: boolean;
  readonly body: string;
  readonly file: SharedFile | null;
  /** Milliseconds since 1970; `null`: now. */
  readonly atMs: number | null;
}

/** What a speaker tells its seat. `closed` comes once, and nothing after it. */
export interface SpeakerHandlers {
  /** One object, line or stanza as it went over the wire. */
  frame(direction: 'sent' | 'received', text: string): void;
  /** Logged in and in the lobby. */
  ready(): void;
  heard(message: HeardMessage): void;
  /** The server has a message of ours. */
  acknowledged(clientId: string, id: string, status: string): void;
  /** A message of ours is not taken; the reason, in the server's words. */
  refused(clientId: string, reason: string): void;
  /** The other end has got or read a message of ours. */
  receipt(id: string, state: 'delivered' | 'read'): void;
  typing(from: string, conversation: string, isTyping: boolean): void;
  /** Who can be written to alone now. */
  people(names: readonly string[]): void;
  /** Something happened in the room, in a sentence of the protocol's or the server's own. */
  notice(text: string): void;
  /** Somebody calls, or answers. `from` is where the answer goes. */
  call(from: string, callId: string, step: CallStep, payload: string): void;
  /**
   * @param reason in the server's words; empty: the connection broke, and may be tried again.
   * @param mechanisms the SASL mechanisms that the server offers, where it does not offer PLAIN. Default: it does.
   */
  closed(reason: string, mechanisms?: readonly string[]): void;
}

/** A connection to the chat. What a protocol has no word for is `null`. */
export interface Speaker {
  /** Says something to `#lobby` or to a user. `clientId` comes back in `acknowledged` or `refused`. */
  say(to: string, clientId: string, body: string, fileId: string | null): void;
  /** Gives the lobby a subject. What comes of it is a notice. */
  setSubject(text: string): void;
  /** Puts somebody out of the lobby. What comes of it is a notice. */
  kick(nick: string, reason: string): void;
  readonly type: ((to: string, isTyping: boolean) => void) | null;
  readonly receipt: ((to: string, id: string, state: 'delivered' | 'read') => void) | null;
  readonly call: ((to: string, callId: string, step: CallStep, payload: string) => void) | null;
  /** Asks where a file may be put. Rejects with the server's words. */
  readonly slot: ((file: { name: string; mime: string; sizeBytes: number }) => Promise<UploadSlot>) | null;
  /** The server takes a message of the same id for the same message: it may be sent again. */
  readonly repeats: boolean;
  /** Users can be written to alone. */
  readonly hasPeople: boolean;
  /** Ends the connection. `closed` does not follow. */
  close(): void;
}

/** Where a file goes. */
export interface UploadSlot {
  readonly fileId: string;
  /** Path on the page's own server. */
  readonly path: string;
}

/** Opens a connection for a user. */
export type OpenSpeaker = (user: string, handlers: SpeakerHandlers) => Speaker;
