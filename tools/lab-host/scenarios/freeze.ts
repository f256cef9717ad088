/**
 * Holds the kernel in each of its states by keeping back chosen segments, and answers what `ss` says of its socket and
 * what our stack says of its own.
 */
import type { Socket } from 'node:net';
import { parseIpPacket } from '#packets/packet.ts';
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { TcpState } from '#packets/tcp-state.ts';
import { LabConnection, LabListener } from '../connection.ts';
import { kernelConnect, kernelServer, socketRows } from '../kernel-sockets.ts';
import type { Lab } from '../lab.ts';
import type { WireDirection } from '../real-time-wire.ts';
import { KERNEL_ADDRESS } from '../tunnel.ts';
import { type Scenario, textIn } from './scenario.ts';

const POLL_MS = 20;
const PATIENCE_MS = 3_000;
/** Both states must stay for so long: they are held, not passed through. */
const HELD_MS = 60;
const PORT = 4_000;

/** Both ends of one connection. */
interface Pair {
  readonly lab: LabConnection;
  readonly kernel: Socket;
}

/** Holds the kernel in a state; answers how to look at our end, and how to let go. */
interface Frozen {
  readonly kernelPort: number;
  readonly ours: () => TcpState;
  readonly release: () => void;
}

const { syn, ack, fin, rst } = TCP_FLAGS;

/** Keeps back TCP segments of one direction for which `which` holds of their flags and payload. */
function keepBack({ wire }: Lab, from: WireDirection, which: (flags: number, octets: number) => boolean): void {
  wire.withhold((direction, packet) => {
    const { transport, payload } = parseIpPacket(packet);
    return (
      direction === from &&
      transport?.layer === 'tcp' &&
      (transport.flags & rst) === 0 &&
      which(transport.flags, payload.end - payload.start)
    );
  });
}

/** A connection that the lab's host has opened, and the kernel accepted. */
async function pair(lab: Lab): Promise<Pair> {
  let take: (socket: Socket) => void = () => undefined;
  const accepted = new Promise<Socket>((resolve) => {
    take = resolve;
  });
  const { server, port } = await kernelServer(take);
  const connection = await LabConnection.connect(lab.host, KERNEL_ADDRESS, port);
  const kernel = await accepted;
  server.close();
  // Read on, or the end of the peer is never seen.
  kernel.resume();
  return { lab: connection, kernel };
}

function frozen({ lab, kernel }: Pair): Frozen {
  return {
    kernelPort: kernel.localPort ?? 0,
    ours: () => lab.view?.state ?? 'CLOSED',
    release: () => {
      lab.abort();
      kernel.destroy();
    },
  };
}

async function paired(lab: Lab, act: (pair: Pair) => void): Promise<Frozen> {
  const both = await pair(lab);
  act(both);
  return frozen(both);
}

const FREEZERS: Readonly<Record<string, (lab: Lab) => Promise<Frozen>>> = {
  async LISTEN() {
    const { server, port } = await kernelServer(() => undefined);
    return { kernelPort: port, ours: () => 'CLOSED', release: () => void server.close() };
  },
  /** Our SYN-ACK never comes. */
  async 'SYN-SENT'(lab) {
    const listener = new LabListener(lab.host, PORT);
    keepBack(lab, 'to-kernel', (flags) => (flags & syn) !== 0);
    const kernel = kernelConnect(PORT);
    const ours = () => lab.host.views().find(({ local, peer }) => local.port === PORT && peer)?.state ?? 'LISTEN';
    const release = () => {
      kernel.destroy();
      listener.close();
    };
    return { kernelPort: 0, ours, release };
  },
  /** The third segment of the handshake never comes. */
  async 'SYN-RECV'(lab) {
    const { server, port } = await kernelServer(() => undefined);
    keepBack(lab, 'to-kernel', (flags) => (flags & (syn | ack)) === ack);
    const connection = LabConnection.open(lab.host, KERNEL_ADDRESS, port);
    const release = () => {
      connection.abort();
      server.close();
    };
    return { kernelPort: port, ours: () => connection.view?.state ?? 'CLOSED', release };
  },
  ESTAB: (lab) => paired(lab, () => undefined),
  /** The kernel's FIN never comes. */
  'FIN-WAIT-1': (lab) =>
    paired(lab, ({ kernel }) => {
      keepBack(lab, 'to-lab', (flags) => (flags & fin) !== 0);
      kernel.end();
    }),
  /** Our program does not close. */
  'FIN-WAIT-2': (lab) => paired(lab, ({ kernel }) => void kernel.end()),
  /** The kernel's program does not close. */
  'CLOSE-WAIT': (lab) => paired(lab, (both) => both.lab.shutdown()),
  /** The FINs cross: ours comes, but never an acknowledgment of the kernel's. */
  CLOSING: (lab) =>
    paired(lab, (both) => {
      let ended = false;
      keepBack(lab, 'to-lab', (flags) => {
        const isFin = (flags & fin) !== 0;
        // Not before the kernel's is on the wire: ours would only be answered.
        if (isFin && !ended) both.lab.shutdown();
        ended ||= isFin;
        return isFin;
      });
      both.kernel.end();
    }),
  /** Ours comes first, the kernel's comes to us, and our last ACK is lost. */
  'LAST-ACK': (lab) =>
    paired(lab, (both) => {
      keepBack(lab, 'to-kernel', (flags) => (flags & fin) === 0);
      both.kernel.once('end', () => both.kernel.end());
      both.lab.shutdown();
    }),
  /** The kernel closes first, and everything comes. */
  'TIME-WAIT': (lab) =>
    paired(lab, (both) => {
      both.kernel.end();
      void both.lab.readAll().then(() => both.lab.close());
    }),
  /** We close first, everything comes, and the kernel forgets. */
  CLOSED: (lab) =>
    paired(lab, (both) => {
      both.kernel.once('end', () => both.kernel.end());
      both.lab.close();
    }),
};

const freeze: Scenario = async (lab, options) => {
  const wanted = { kernel: textIn(options, 'kernel'), ours: textIn(options, 'ours') };
  const freezer = FREEZERS[wanted.kernel];
  if (!freezer) throw new TypeError(`there is no state ${wanted.kernel}`);
  const held = await freezer(lab);
  const states = await heldStates(wanted, held);
  held.release();
  lab.wire.set({});
  return states;
};

/** The states of both ends. */
interface States {
  readonly kernel: string;
  readonly ours: string;
}

/** Both states once they are the wanted ones and have stayed them; else the last ones that were seen. */
async function heldStates(wanted: States, { kernelPort, ours }: Frozen): Promise<States> {
  const until = performance.now() + PATIENCE_MS;
  let states: States = { kernel: '', ours: '' };
  let since = performance.now();
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const now: States = { kernel: await stateOf(wanted.kernel, kernelPort), ours: ours() };
    if (!isSame(now, states)) since = performance.now();
    states = now;
    if (isSame(states, wanted) && performance.now() - since >= HELD_MS) return states;
  }
  return states;
}

const isSame = (one: States, other: States): boolean => one.kernel === other.kernel && one.ours === other.ours;

/** The state of the kernel's socket on a port; a socket that is connecting is the only one in its state. */
async function stateOf(wanted: string, port: number): Promise<string> {
  const rows = await socketRows();
  const own = rows.filter(({ local, state }) => (port === 0 ? state === wanted : local.endsWith(`:${port}`)));
  const connected = own.filter(({ state }) => wanted === 'LISTEN' || state !== 'LISTEN');
  return connected[0]?.state ?? 'CLOSED';
}

/** By the name with which it is asked for. */
export const FREEZE = { freeze };
