/** What carries a stream: TCP (RFC 6120), or the messages of a WebSocket (RFC 7395). */
import type { ChannelFacts } from '../sasl/mechanisms.ts';
import type { StreamListener } from '../xml/stream-reader.ts';

/** Attributes of the header that opens a stream, ours or the client's. */
export interface StreamHeader {
  readonly from?: string;
  readonly to?: string | undefined;
  readonly id?: string;
}

/** What a stream does to what carries it. */
export interface StreamLink extends ChannelFacts {
  /** Address of the other end, without port. */
  readonly address: string;
  /** Whether `startTls` can be asked for. */
  readonly canStartTls: boolean;
  /** Octets written and not taken by the client's end. */
  readonly queuedBytes: number;
  /** Octets that one stanza may have from now on. */
  setMaxStanzaBytes(bytes: number): void;
  /** Sends the header that opens our side. */
  open(header: StreamHeader): void;
  /** Sends an element, as text that stands where `jabber:client` is the default namespace. */
  send(text: string): void;
  /** The element being heard was the last of its stream: a new header is to follow. */
  restart(): void;
  /** The element being heard is answered later: what follows waits until `release`. */
  hold(): void;
  release(): void;
  /** Gets ready for TLS; answers whether it is to be had. */
  prepareTls(): Promise<boolean>;
  /** Upgrades to TLS; `secured` follows, or `lost`. What the client sent before is forgotten. */
  startTls(): void;
  /** Reads no more until `resume`. */
  pause(): void;
  resume(): void;
  /** Sends the end of the stream and closes. Closing twice is harmless. */
  close(): void;
  /** Ends the connection at once; `reason` (kebab-case) is written into the journal. */
  reset(reason: string): void;
}

/** What a link tells its stream. */
export interface LinkListener extends StreamListener {
  /** The link is ready. */
  started(): void;
  /** TLS is up: the stream begins anew. */
  secured(): void;
  /** The client has taken everything. */
  drained(): void;
  /** The connection is gone. */
  lost(): void;
}
