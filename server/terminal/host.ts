import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CaptureStatus } from '#protocol/capture.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Endpoint, SocketRow, Transport } from '#protocol/wire.ts';

/** A connection that never came to be, as the terminal's client saw it. */
export interface FailedAttempt {
  readonly transport: Transport;
  readonly server: Endpoint;
  /** Errno name (ECONNREFUSED, ETIMEDOUT, …) or a reason of ours in kebab-case. */
  readonly code: string;
  /** Number of the terminal that tried. */
  readonly terminal: number;
}

/** A client socket that the terminal has opened to a server of this process, which journals it at its own end. */
export interface TerminalClient {
  readonly transport: Transport;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly terminal: number;
}

/** The journal, as far as the terminal writes to it. */
export interface TerminalWire {
  /** Journals a connection that never came to be: refused, timed out, unreachable. */
  failed(attempt: FailedAttempt): void;
  /**
   * Taps a socket whose other end is not one of our demos, and returns the Duplex to use instead of it.
   * Called once, when the socket is connected (client) or accepted (server), in the callback that says so.
   * Connections to our demos are journalled by the demo's end and never come here.
   */
  observe(socket: Socket, as: { readonly observer: 'server' | 'client'; readonly terminal: number }): Duplex;
  /**
   * Says whose client a connection to one of our demos is, so that the journal can name the terminal.
   * TCP: in the connect callback, maybe after the demo has accepted. UDP: before the first datagram.
   */
  client?(connection: TerminalClient): void;
}

/** One captured frame, as the terminal prints it. */
export interface TerminalFrame {
  /** Name of the interface. */
  readonly interface: string;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

/** The capture, as the terminal reads it. */
export interface TerminalCapture {
  /** Numbers of the newest and of the oldest frame held. */
  readonly head: number;
  readonly oldest: number;
  readonly status: CaptureStatus;
  frame(number: number): TerminalFrame | null;
  watch(told: (status: CaptureStatus) => void): {
    setPorts(ports: readonly number[]): void;
    /** Answers whether there is such an interface. */
    setInterface(name: string): boolean;
    leave(): void;
  };
}

/** What the shell may do, asked before every connection. */
export type Reach = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Everything the terminal is handed by the playground. */
export interface TerminalHost {
  /** The demos that run now, with their real ports. */
  demos(): readonly DemoAddress[];
  /** Ports of this process, the page's own included: conversations with them are journalled at the server's end. */
  ownPorts(): ReadonlySet<number>;
  /** Whether a terminal may connect. `host` is an IP address literal, already resolved. */
  mayReach(host: string, port: number): Reach;
  readonly wire: TerminalWire;
  /** The operating system's socket table for our ports. Rejects where it cannot be read. */
  sockets(): Promise<readonly SocketRow[]>;
  readonly capture: TerminalCapture;
  /** Wall clock. */
  now(): Date;
  /** Porthole's version. */
  readonly version: string;
}
