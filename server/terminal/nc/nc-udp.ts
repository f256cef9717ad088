import { createSocket, type Socket } from 'node:dgram';
import type { Program } from '../command.ts';
import { codeOf, ProgramError, sentenceOf } from '../errors.ts';
import { ConnectError } from '../net/connect.ts';
import { createInputReader, type InputReader, type PeerEnd } from '../net/conversation.ts';
import type { Target } from '../net/target.ts';
import { openUdp, type UdpLink } from '../net/udp.ts';
import { listenAddresses } from './nc-listen.ts';
import type { NcRequest } from './nc-options.ts';
import { carry, type NcPeer } from './nc-peer.ts';
import { ncName } from './nc-tcp.ts';

/** How long `-z` waits for an ICMP error before it takes silence for success, in milliseconds. */
const UDP_PROBE_WAIT_MS = 500;

/** Shows datagrams, each decoded for itself: a character cannot go on in the next one. */
function showDatagram(program: Program, octets: Uint8Array): void {
  const output = program.output.octets('received');
  output.write(octets);
  output.end();
}

/** A connected socket as nc's peer. One read of the keyboard is one datagram. */
function udpPeer(program: Program, link: UdpLink): NcPeer {
  let arrived: () => void = () => undefined;
  let end: (code: PeerEnd) => void = () => undefined;
  const ended = new Promise<PeerEnd>((resolve) => {
    end = resolve;
  });
  link.onError(end);
  link.socket.on('message', (octets) => {
    showDatagram(program, octets);
    arrived();
  });
  return {
    ended,
    gone: ended,
    async send(octets) {
      const code = await link.send(octets);
      if (code !== null) end(code);
      return code === null;
    },
    shutdown: () => undefined,
    onArrival(listener) {
      arrived = listener;
    },
  };
}

function refused(program: Program, target: Target, code: string): number {
  program.errors.line(`nc: ${ncName(target)} port ${target.port} (udp): ${sentenceOf(code)}`);
  return 1;
}

/** `-z`: one datagram, and whether the system says that nobody takes it. */
async function probe(program: Program, request: NcRequest, link: UdpLink): Promise<number> {
  const { target } = link;
  const heard = new Promise<string>((resolve) => link.onError(resolve));
  const silence = new Promise<null>((resolve) => {
    program.own(program.effects.timer(UDP_PROBE_WAIT_MS, () => resolve(null)));
  });
  const code = (await link.send(Buffer.from('X'))) ?? (await Promise.race([heard, silence]));
  if (code !== null) return request.verbose ? refused(program, target, code) : 1;
  if (request.verbose) {
    program.errors.line(`Connection to ${ncName(target)} ${target.port} port [udp/*] succeeded!`, 'good');
  }
  return 0;
}

async function talk(program: Program, request: NcRequest, link: UdpLink, input: InputReader): Promise<number> {
  const { target } = link;
  if (request.verbose) {
    program.errors.line(
      `[UDP knows no connection: each line goes as a datagram to ${ncName(target)} port ${target.port}]`,
      'dim',
    );
  }
  const end = await carry(program, request, udpPeer(program, link), input);
  return end === 'end' ? 0 : refused(program, target, end);
}

/** `nc -u host port…`: the first address of the name, for UDP does not tell which one answers. */
export async function ncUdp(
  program: Program,
  request: NcRequest,
  targetsOf: (port: number) => readonly Target[],
): Promise<number> {
  const input = createInputReader(program.input);
  let status = 1;
  for (const port of request.ports) {
    const [target] = targetsOf(port);
    if (target === undefined) continue;
    const one = await single(program, request, target, input);
    if (one === 0) status = 0;
  }
  return status;
}

async function single(program: Program, request: NcRequest, target: Target, input: InputReader): Promise<number> {
  try {
    const link = await openUdp(program, target, request.localPort);
    return await (request.scan ? probe(program, request, link) : talk(program, request, link, input));
  } catch (error) {
    if (error instanceof ConnectError) return refused(program, target, error.code);
    throw error;
  }
}

/** A bound socket; `null` where the address is not there and another one is. */
async function bind(
  program: Program,
  request: NcRequest,
  address: string,
  isOptional: boolean,
): Promise<Socket | null> {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', ipv6Only: address.includes(':') });
  program.own(() => socket.close());
  const [port = 0] = request.ports;
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, () => {
        socket.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const code = codeOf(error);
    if (isOptional && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) return null;
    throw new ProgramError(sentenceOf(code), 1, error);
  }
  if (request.verbose) program.errors.line(`Bound on ${address} ${socket.address().port}`);
  return socket;
}

/** The first datagram: its sender becomes the peer. */
interface FirstDatagram {
  readonly socket: Socket;
  readonly octets: Uint8Array;
  readonly target: Target;
}

function firstDatagram(sockets: readonly Socket[]): Promise<FirstDatagram> {
  return new Promise((resolve) => {
    for (const socket of sockets) {
      socket.once('message', (octets, { address, port, family }) => {
        resolve({ socket, octets, target: { host: address, address, port, family: family === 'IPv6' ? 6 : 4 } });
      });
    }
  });
}

/** `nc -l -u`: talks with the first that sends; with `-k` it only shows what anybody sends, as the real one does. */
export async function ncListenUdp(program: Program, request: NcRequest): Promise<number> {
  const addresses = await listenAddresses(program, request);
  const bound: Socket[] = [];
  for (const address of addresses) {
    const socket = await bind(program, request, address, bound.length > 0);
    if (socket !== null) bound.push(socket);
  }
  if (request.keep) return showAll(program, bound);
  const { socket, octets, target } = await firstDatagram(bound);
  const link = await linkTo(socket, target);
  if (request.verbose) program.errors.line(`Connection received on ${target.address} ${target.port}`, 'good');
  showDatagram(program, octets);
  const end = await carry(program, request, udpPeer(program, link), createInputReader(program.input));
  return end === 'end' ? 0 : refused(program, target, end);
}

function showAll(program: Program, sockets: readonly Socket[]): Promise<number> {
  for (const socket of sockets) {
    socket.on('message', (octets) => showDatagram(program, octets));
    socket.on('error', (error) => program.errors.line(`nc: ${sentenceOf(codeOf(error))}`));
  }
  return new Promise(() => undefined);
}

/** The bound socket, from now on for one peer only. */
async function linkTo(socket: Socket, target: Target): Promise<UdpLink> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(target.port, target.address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  let heard: (code: string) => void = () => undefined;
  socket.on('error', (error) => heard(codeOf(error)));
  return {
    socket,
    target,
    send: (octets) =>
      new Promise((resolve) => {
        socket.send(octets, (error) => resolve(error === null ? null : codeOf(error)));
      }),
    onError(listener) {
      heard = listener;
    },
  };
}
