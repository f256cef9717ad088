import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Program } from '../command.ts';
import { codeOf, Interrupted, ProgramError, sentenceOf } from '../errors.ts';
import { MAX_LISTENERS, MAX_WAITING_CONNECTIONS } from '../limits.ts';
import { isLoopback, plainAddress } from '../net/address.ts';
import { createInputReader } from '../net/conversation.ts';
import type { ListenerPlace } from '../net/listener-table.ts';
import { resolve } from '../net/target.ts';
import type { NcRequest } from './nc-options.ts';
import { converse } from './nc-tcp.ts';

/** One accepted connection, tapped. */
interface Accepted {
  readonly stream: Duplex;
  readonly address: string;
  readonly port: number;
}

/**
 * Loopback addresses that `nc -l` binds: those of the host typed, or both families' where none is.
 * @throws ProgramError for an address that other machines could reach
 */
export async function listenAddresses(program: Program, { host, family }: NcRequest): Promise<string[]> {
  if (host === null) return family === 0 ? ['127.0.0.1', '::1'] : [family === 4 ? '127.0.0.1' : '::1'];
  const addresses = await resolve(program, host, family);
  const outside = addresses.find((address) => !isLoopback(address));
  if (outside === undefined) return addresses;
  throw new ProgramError(
    `${outside}: this shell listens on loopback only (127.0.0.1, ::1), where no other machine reaches it.`,
  );
}

/** Hands out accepted connections one by one; some may wait. */
class Doorway {
  readonly #program: Program;
  readonly #keep: boolean;
  readonly #waiting: Accepted[] = [];
  #taker: ((accepted: Accepted) => void) | null = null;
  #open = true;

  constructor(program: Program, keep: boolean) {
    this.#program = program;
    this.#keep = keep;
  }

  arrived(socket: Socket): void {
    if (!this.#open || this.#waiting.length >= MAX_WAITING_CONNECTIONS) {
      socket.resetAndDestroy();
      return;
    }
    this.#open = this.#keep;
    const accepted = this.#accept(socket);
    const taker = this.#taker;
    this.#taker = null;
    if (taker === null) this.#waiting.push(accepted);
    else taker(accepted);
  }

  next(): Promise<Accepted> {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return Promise.resolve(waiting);
    return new Promise((taken) => {
      this.#taker = taken;
    });
  }

  #accept(socket: Socket): Accepted {
    socket.once(
      'close',
      this.#program.own(() => socket.destroy()),
    );
    const { terminal, host } = this.#program;
    const stream = host.wire.observe(socket, { observer: 'server', terminal });
    // A peer may reset while it waits; the conversation sees that from the stream's state.
    stream.on('error', () => stream.destroy());
    return { stream, address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen({ host, port, ipv6Only: true }, () => {
      server.off('error', failed);
      // An accept that fails (EMFILE) costs one connection, not the listener.
      server.on('error', () => undefined);
      listening((server.address() as AddressInfo).port);
    });
  });
}

interface Listening {
  readonly doorway: Doorway;
  stop(): void;
}

/** Binds all addresses, the first one deciding; another that this machine has not is left out. */
async function openListeners(program: Program, request: NcRequest, place: ListenerPlace): Promise<Listening> {
  const doorway = new Doorway(program, request.keep);
  const closers: (() => void)[] = [];
  const stop = () => {
    for (const close of closers) close();
    place.release();
  };
  program.own(stop);
  const [port = 0] = request.ports;
  for (const [index, address] of (await listenAddresses(program, request)).entries()) {
    if (program.signal.aborted) throw new Interrupted();
    const server = createServer({ allowHalfOpen: true }, (socket) => doorway.arrived(socket));
    closers.push(() => server.close());
    const bound = await listen(server, address, port).catch((error: unknown) => bindFailed(error, index > 0));
    if (bound === null) continue;
    place.listens(bound);
    if (request.verbose) program.errors.line(`Listening on ${address} ${bound}`);
  }
  return { doorway, stop };
}

function bindFailed(error: unknown, isOptional: boolean): null {
  const code = codeOf(error);
  if (isOptional && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) return null;
  throw new ProgramError(sentenceOf(code), 1, error);
}

/** `nc -l` over TCP. */
export async function ncListen(program: Program, request: NcRequest): Promise<number> {
  const place = program.listeners.reserve();
  if (place === null) throw new ProgramError(`${MAX_LISTENERS} listeners run already. End one of them first.`);
  const { doorway, stop } = await openListeners(program, request, place);
  const input = createInputReader(program.input);
  do {
    const { stream, address, port } = await doorway.next();
    if (!request.keep) stop();
    if (request.verbose) program.errors.line(`Connection received on ${address} ${port}`, 'good');
    await converse(program, request, stream, input);
  } while (request.keep);
  return 0;
}
