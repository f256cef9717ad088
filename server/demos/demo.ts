import type { Duplex } from 'node:stream';
import type { Endpoint } from '#protocol/wire.ts';

/** One accepted TCP connection: a Duplex whose every octet the journal sees. Half-close is up to the demo. */
export interface DemoConnection extends Duplex {
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** Octets written and not yet taken by the kernel. */
  readonly queuedBytes: number;
  /**
   * Has `reader` called with what comes, instead of a `data` listener, and costs no memory a read: the octets are only
   * lent, for the length of the call. To write them to a connection is safe; whoever keeps them otherwise copies them.
   */
  lendTo(reader: (this: DemoConnection, lent: Buffer) => void): void;
  /** Ends the connection with a RST and records `reason` (kebab-case) as its code. */
  reset(reason: string): void;
}

/** One UDP datagram as it came. */
export interface DemoDatagram {
  readonly bytes: Buffer;
  readonly client: Endpoint;
  /** Sends one datagram back to the client, from the port it wrote to. */
  reply(bytes: Uint8Array): void;
}

/** The playground's certificate and its key, in PEM. */
export interface DemoCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** SHA-256 of the certificate, as openssl writes it: `AB:CD:…`. */
  readonly fingerprint: string;
}

/** What a demo gets from outside: everything that is not pure is handed in. */
export interface DemoContext {
  /** Wall clock. */
  readonly now: () => Date;
  /** The playground's own certificate, for localhost; made at the first call, and then always the same. */
  readonly certificate: () => Promise<DemoCertificate>;
  /** Takes the lines of the TLS key log; absent unless it was asked for with `--keylog`. */
  readonly keyLog?: ((line: Buffer) => void) | undefined;
}

/** What a demo hears of a WebSocket. */
export interface DemoWebSocketListener {
  /** A whole text message. */
  message(text: string): void;
  /** The other end has taken everything. */
  drained(): void;
  /** It is gone, in whichever way. */
  closed(): void;
}

/** One WebSocket that the page's server took for a demo. Text only: a binary message ends it. */
export interface DemoWebSocket {
  readonly client: Endpoint;
  /** Octets sent and not yet taken by the kernel. */
  readonly queuedBytes: number;
  /** To be called once, before anything can come. */
  listen(listener: DemoWebSocketListener): void;
  send(text: string): void;
  /** Reads no more until `resume`. */
  pause(): void;
  resume(): void;
  /** Begins the closing handshake, with a code of RFC 6455 §7.4. */
  close(code: number, reason?: string): void;
  /** Ends it at once. */
  terminate(): void;
}

/** A way into a demo for browsers. */
export interface DemoWebSocketService {
  /** The subprotocol that it speaks (RFC 6455 §1.9), named to clients that offer it. `null`: none. */
  readonly protocol: string | null;
  /** A longer message ends the WebSocket. */
  readonly maxMessageBytes: number;
  open(socket: DemoWebSocket): void;
}

/** A started demo. Serves every connection and datagram that the playground hands it. */
export interface RunningDemo {
  /** Serves one connection. An exception here resets that connection only. */
  connection?(connection: DemoConnection): void;
  /** Serves one datagram. */
  datagram?(datagram: DemoDatagram): void;
  /** WebSockets that the page's server takes for it, by path. */
  readonly webSockets?: Readonly<Record<string, DemoWebSocketService>>;
  /** Ends timers and says goodbye; the playground closes the sockets. */
  close?(): void;
}

/** A real server on a real port. The playground listens, taps, bounds and closes; the demo only talks. */
export interface Demo {
  /** Kebab-case, unique: names the demo everywhere, `--demo-port` included. */
  readonly id: string;
  /** Port asked for when nothing else is said; TCP and UDP share it. */
  readonly port: number;
  /** Transports it speaks. */
  readonly transports: readonly ('tcp' | 'udp')[];
  start(context: DemoContext): RunningDemo;
}
