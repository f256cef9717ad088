/** What is the same for every nc: it carries octets between the keyboard and one peer, until it may leave. */
import type { Program } from '../command.ts';
import type { InputReader, PeerEnd } from '../net/conversation.ts';
import type { NcRequest } from './nc-options.ts';

/** The peer's side: a TCP stream or UDP datagrams. */
export interface NcPeer {
  /** Resolves when the peer's direction is over. */
  readonly ended: Promise<PeerEnd>;
  /** Resolves when nothing can be sent either. */
  readonly gone: Promise<PeerEnd>;
  /** Sends what was typed; false when that is not possible any more. */
  send(octets: Uint8Array): Promise<boolean>;
  /** `-N`: says that nothing more will be sent. */
  shutdown(): Promise<void>;
  /** Called at every arrival. */
  onArrival(arrived: () => void): void;
}

/** Resolves after a time without `touch`; never without a time. */
interface Countdown {
  readonly over: Promise<void>;
  touch(): void;
}

function countdown(program: Program, delayMs: number | undefined): Countdown {
  if (delayMs === undefined || delayMs === 0) return { over: new Promise(() => undefined), touch: () => undefined };
  let cancel: () => void = () => undefined;
  let resolve: () => void = () => undefined;
  const over = new Promise<void>((done) => {
    resolve = done;
  });
  const touch = () => {
    cancel();
    cancel = program.effects.timer(delayMs, resolve);
  };
  program.own(() => cancel());
  touch();
  return { over, touch };
}

/** Line ends as `-C` wants them. */
function outgoing(octets: Uint8Array, { crlf }: NcRequest): Uint8Array {
  if (!crlf) return octets;
  return Buffer.from(Buffer.from(octets).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

const SILENCE = 'silence';
const ARRIVED = 'limit';

/**
 * Carries octets both ways until there is nothing more to do, as openbsd-nc's `readwrite` has it: the end of input
 * does not end it, nor (for a client) does the peer's FIN alone, for the other direction is still open.
 */
export async function carry(program: Program, request: NcRequest, peer: NcPeer, input: InputReader): Promise<PeerEnd> {
  const idle = countdown(program, request.timeoutMs);
  const limit = arrivals(peer, request, idle);
  const over = Promise.race([idle.over.then(() => SILENCE), limit]);
  let peerEnd: PeerEnd | null = null;
  while (true) {
    const first: Uint8Array | string | null = await Promise.race([
      over,
      input.next(),
      peerEnd === null ? peer.ended : peer.gone,
    ]);
    if (first === SILENCE || first === ARRIVED) return 'end';
    if (typeof first === 'string') {
      if (peerEnd !== null || first !== 'end' || request.listen) return first;
      peerEnd = first;
      continue;
    }
    await input.take();
    if (first === null) return endOfInput(program, request, peer, over);
    idle.touch();
    if (!(await peer.send(outgoing(first, request)))) return peer.gone;
  }
}

async function endOfInput(
  program: Program,
  request: NcRequest,
  peer: NcPeer,
  over: Promise<unknown>,
): Promise<PeerEnd> {
  if (request.shutdown) await peer.shutdown();
  const { quitAfterMs } = request;
  if (quitAfterMs === 0) return 'end';
  const quit = countdown(program, quitAfterMs).over;
  return Promise.race([peer.ended, over.then(() => 'end'), quit.then(() => 'end')]);
}

function arrivals(peer: NcPeer, { receiveLimit }: NcRequest, idle: Countdown): Promise<string> {
  let count = 0;
  return new Promise((resolve) => {
    peer.onArrival(() => {
      idle.touch();
      count += 1;
      if (count === receiveLimit) resolve(ARRIVED);
    });
  });
}
