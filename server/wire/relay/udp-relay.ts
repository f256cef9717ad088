import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { RelayFaults } from '#protocol/relay.ts';
import type { Endpoint } from '#protocol/wire.ts';
import type { Datagram } from '../serve-udp.ts';
import { codeOf } from '../tap.ts';
import { DatagramPump } from './datagram-pump.ts';
import { FLOW_IDLE_MS, MAX_RELAYED_FLOWS } from './limits.ts';
import type { RelayState } from './relay-state.ts';

/** The faults of both directions of a UDP relay. */
export type UdpRelayFaults = Extract<RelayFaults, { transport: 'udp' }>;

/** One client's way to the target: a socket of its own, so that answers find back. */
interface RelayedFlow {
  readonly there: DatagramPump;
  lastMs: number;
  close(): void;
}

/** Carries UDP flows to one target. Each client gets a connected socket, so that ICMP errors are told (RFC 1122 §4.1.3.3). */
export class UdpRelay {
  readonly #target: Endpoint;
  readonly #state: RelayState<UdpRelayFaults>;
  /** Longest quiet first. */
  readonly #flows = new Map<string, RelayedFlow>();

  constructor(target: Endpoint, state: RelayState<UdpRelayFaults>) {
    this.#target = target;
    this.#state = state;
  }

  /** Serves one datagram from a client. */
  serve(datagram: Datagram): void {
    const key = `${datagram.client.port} ${datagram.client.address}`;
    const flow = this.#flows.get(key) ?? this.#open(datagram, key);
    flow.lastMs = this.#state.timer.now();
    this.#flows.delete(key);
    this.#flows.set(key, flow);
    flow.there.take(datagram.bytes);
  }

  /** Ends every flow. */
  close(): void {
    for (const flow of this.#flows.values()) flow.close();
  }

  #open(client: Datagram, key: string): RelayedFlow {
    this.#endIdle();
    const { timer, toServer, toClient } = this.#state;
    const dice = this.#state.begin();
    const socket = createSocket(isIPv6(this.#target.address) ? 'udp6' : 'udp4');
    const common = { timer, faults: () => this.#state.faults.toServer };
    const there = new DatagramPump({ ...common, dice: dice.toServer, counts: toServer, send: sender(socket) });
    const back = new DatagramPump({
      timer,
      faults: () => this.#state.faults.toClient,
      dice: dice.toClient,
      counts: toClient,
      send: (bytes) => client.reply(bytes),
    });
    socket.on('message', (bytes) => back.take(bytes));
    socket.on('error', (error) => {
      this.#state.fail(codeOf(error));
      client.fail(codeOf(error));
    });
    socket.connect(this.#target.port, this.#target.address);
    return {
      there,
      lastMs: 0,
      close: () => {
        there.stop();
        back.stop();
        this.#flows.delete(key);
        this.#state.end();
        socket.close();
      },
    };
  }

  /** Makes room: flows that have been quiet too long end, and the quietest one if there are too many. */
  #endIdle(): void {
    const now = this.#state.timer.now();
    for (const flow of this.#flows.values()) {
      if (this.#flows.size < MAX_RELAYED_FLOWS && now - flow.lastMs < FLOW_IDLE_MS) return;
      flow.close();
    }
  }
}

/** Datagrams kept for the moment that connecting a UDP socket takes. */
const MAX_WAITING = 64;

/** Sends once the socket is connected; what comes before waits in order. */
function sender(socket: Socket): (bytes: Uint8Array) => void {
  const waiting: Uint8Array[] = [];
  let connected = false;
  const send = (bytes: Uint8Array): void => {
    // An error is told by the socket's own event where the system reports it there, else by this callback.
    socket.send(bytes, (error) => {
      if (error) socket.emit('error', error);
    });
  };
  socket.once('connect', () => {
    connected = true;
    for (const bytes of waiting.splice(0)) send(bytes);
  });
  return (bytes) => {
    if (connected) send(bytes);
    else if (waiting.length < MAX_WAITING) waiting.push(new Uint8Array(bytes));
  };
}
