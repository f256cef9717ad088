import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { boundEndpoint, endpoint } from '#protocol/address.ts';
import type { Endpoint } from '#protocol/wire.ts';
import { ClientMap } from './client-map.ts';
import type { ConversationRecord } from './conversation.ts';
import type { Journal } from './journal.ts';
import { MAX_UDP_FLOWS, UDP_RECEIVE_BUFFER_BYTES } from './limits.ts';
import type { Listening } from './serve-tcp.ts';
import { codeOf } from './tap.ts';

/** One datagram, as it is handed to whoever serves it. */
export interface Datagram {
  readonly bytes: Buffer;
  readonly client: Endpoint;
  reply(bytes: Uint8Array): void;
  /** Records that something about this flow failed: `code` is an errno name. */
  fail(code: string): void;
}

/** What to bind and whom to hand datagrams to. */
export interface UdpService {
  readonly journal: Journal;
  readonly demo: string;
  readonly host: string;
  /** 0 asks the system for an ephemeral port. */
  readonly port: number;
  /** Whether a datagram from this port of this machine comes from one of our own UDP demos. */
  readonly isOwnPort: (port: number) => boolean;
  readonly datagram: (datagram: Datagram) => void;
}

/** A bound UDP service. */
export interface UdpListening extends Listening {
  /** Receive buffer that the system granted, in octets; Linux counts its own overhead in. */
  readonly receiveBufferBytes: number;
}

/** Ports of well-known services (RFC 6335 §6); answering one may start an endless exchange. */
const LAST_SYSTEM_PORT = 1_023;

/** Whether an answer to this port may be answered again, and so on for ever: CVE-1999-0103. */
export function mayLoop(port: number, isOwnPort: (port: number) => boolean): boolean {
  return port <= LAST_SYSTEM_PORT || isOwnPort(port);
}

/** Binds, records every datagram and hands it on. Rejects with the system's error when the port can't be had. */
export async function serveUdp(service: UdpService): Promise<UdpListening> {
  const family = isIPv6(service.host) ? 6 : 4;
  const socket = createSocket({
    type: `udp${family}`,
    ...(family === 6 && { ipv6Only: true }),
    recvBufferSize: UDP_RECEIVE_BUFFER_BYTES,
    // Clients come as IP addresses, so there is no name to look up.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  await bind(socket, service.host, service.port);
  const flows = new FlowTable(service, socket);
  socket.on('message', (bytes, from) => flows.receive(bytes, from));
  socket.on('error', () => {
    // A send that failed has told its own flow; the socket itself stays usable.
  });
  return {
    endpoint: boundEndpoint(socket.address()),
    receiveBufferBytes: socket.getRecvBufferSize(),
    close: () => close(socket),
  };
}

/** The flows of one UDP service. */
class FlowTable {
  readonly #service: UdpService;
  readonly #socket: Socket;
  readonly #server: Endpoint;
  readonly #flows = new ClientMap<Flow>(MAX_UDP_FLOWS);

  constructor(service: UdpService, socket: Socket) {
    this.#service = service;
    this.#socket = socket;
    this.#server = boundEndpoint(socket.address());
  }

  receive(bytes: Buffer, from: RemoteInfo): void {
    const flow = this.#flowOf(from);
    const recorded = this.#service.journal.datagram(flow.record, 'to-server', bytes);
    if (mayLoop(from.port, this.#service.isOwnPort)) {
      // Said of what is on record: a flood must not fill the journal with errors.
      if (recorded) this.#service.journal.error(flow.record, 'echo-loop-refused', 'to-client');
      return;
    }
    flow.bytes = bytes;
    this.#service.datagram(flow);
  }

  #flowOf({ port, address }: RemoteInfo): Flow {
    const known = this.#flows.get(port, address);
    if (known) return known;
    const client = endpoint(address, port);
    const { journal, demo } = this.#service;
    const record = journal.open({ transport: 'udp', demo, observer: 'server', client, server: this.#server });
    const flow = new Flow(this.#socket, journal, record);
    const forgotten = this.#flows.add(port, address, flow);
    if (forgotten) journal.forget(forgotten.record);
    return flow;
  }
}

/** One flow; it is handed to the service with the datagram just received, so that a datagram costs no object. */
class Flow implements Datagram {
  bytes: Buffer = Buffer.alloc(0);
  readonly client: Endpoint;
  readonly record: ConversationRecord;
  readonly #socket: Socket;
  readonly #journal: Journal;

  constructor(socket: Socket, journal: Journal, record: ConversationRecord) {
    this.#socket = socket;
    this.#journal = journal;
    this.record = record;
    this.client = record.start.client;
  }

  /**
   * Asks what became of the send only where the datagram is on record: in a flood, when most are counted and no more, a
   * callback for each would cost a sixth of the throughput. A send that keeps failing is still seen in every window.
   */
  reply(bytes: Uint8Array): void {
    const recorded = this.#journal.datagram(this.record, 'to-client', bytes);
    this.#socket.send(bytes, this.client.port, this.client.address, recorded ? this.#onSent : undefined);
  }

  fail(code: string): void {
    this.#journal.error(this.record, code, 'to-client');
  }

  readonly #onSent = (error: Error | null): void => {
    if (error) this.#journal.error(this.record, codeOf(error), 'to-client');
  };
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}
