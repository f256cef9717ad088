/** The way to one client, whichever carries it: TCP with a line an object, or a WebSocket with a message an object. */
export interface JsonLink {
  /** Octets handed over that the client has not taken. */
  readonly queuedBytes: number;
  /** So much waits for the client that its own requests have to wait, too; `drained` follows. */
  readonly congested: boolean;
  /** Sends objects that are JSON already. Answers whether there is room for more; after `false`, `drained` follows. */
  send(objects: readonly string[]): boolean;
  /** Reads nothing more, as far as that is possible, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the connection when everything has been sent. */
  end(): void;
  /** Ends it at once, recorded under this code. */
  reset(reason: string): void;
}

/** What a link tells of. */
export interface JsonPeer {
  /** One object as it came, or that it was too long. */
  receive(object: Uint8Array | 'line-too-long'): void;
  /** The client has taken what waited. */
  drained(): void;
  /** The client sends nothing more. */
  finished(): void;
  /** The connection is gone. */
  lost(): void;
}
