/** What is the same for every nc: it carries octets between the keyboard and one peer, until it may leave. */
import type { Program } from '../command.ts';
import { createMailbox, type Mailbox } from '../mailbox.ts';
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
  shutdown(): void;
  /** Called at every arrival. */
  onArrival(arrived: () => void): void;
}

/** What may happen to a conversation. */
type Happening =
  | { readonly type: 'typed'; readonly octets: Uint8Array | null }
  | { readonly type: 'ended'; readonly how: PeerEnd }
  | { readonly type: 'gone'; readonly how: PeerEnd }
  /** `-w`, `-q` or `-W`: enough. */
  | { readonly type: 'enough' };

/** One conversation, as openbsd-nc's `readwrite` carries it. */
class Carrier {
  readonly #program: Program;
  readonly #request: NcRequest;
  readonly #peer: NcPeer;
  readonly #input: InputReader;
  readonly #box: Mailbox<Happening> = createMailbox();
  #inputEnded = false;
  #peerEnded = false;
  #cancelIdle: () => void = () => undefined;
  #cancelQuit: () => void = () => undefined;

  constructor(program: Program, request: NcRequest, peer: NcPeer, input: InputReader) {
    this.#program = program;
    this.#request = request;
    this.#peer = peer;
    this.#input = input;
  }

  async run(): Promise<PeerEnd> {
    const release = this.#program.own(() => this.#stopTimers());
    this.#watchPeer();
    this.#touch();
    this.#listen();
    let end: PeerEnd | null = null;
    while (end === null) end = await this.#handle(await this.#box.next());
    release();
    return end;
  }

  #watchPeer(): void {
    const { ended, gone } = this.#peer;
    void ended.then((how) => this.#box.post({ type: 'ended', how }));
    void gone.then((how) => this.#box.post({ type: 'gone', how }));
    let count = 0;
    this.#peer.onArrival(() => {
      this.#touch();
      count += 1;
      if (count === this.#request.receiveLimit) this.#box.post({ type: 'enough' });
    });
  }

  #listen(): void {
    void this.#input.next().then((octets) => this.#box.post({ type: 'typed', octets }));
  }

  /** `-w` begins anew with everything that comes or goes. */
  #touch(): void {
    this.#cancelIdle();
    this.#cancelIdle = this.#enoughAfter(this.#request.timeoutMs);
  }

  #enoughAfter(delayMs: number | undefined): () => void {
    if (delayMs === undefined) return () => undefined;
    return this.#program.effects.timer(delayMs, () => this.#box.post({ type: 'enough' }));
  }

  #stopTimers(): void {
    this.#cancelIdle();
    this.#cancelQuit();
  }

  /** The end, or `null` to go on. */
  async #handle(happening: Happening): Promise<PeerEnd | null> {
    switch (happening.type) {
      case 'typed':
        await this.#input.take();
        return happening.octets === null ? this.#endOfInput() : this.#send(happening.octets);
      case 'ended':
        return this.#endOfPeer(happening.how);
      case 'gone':
        return happening.how;
      case 'enough':
        return 'end';
      default:
        return happening satisfies never;
    }
  }

  async #send(octets: Uint8Array): Promise<PeerEnd | null> {
    this.#touch();
    if (!(await this.#peer.send(outgoing(octets, this.#request)))) return this.#peer.gone;
    this.#listen();
    return null;
  }

  /** The end of input ends nothing by itself, for the other direction is still open. */
  #endOfInput(): PeerEnd | null {
    this.#inputEnded = true;
    const { shutdown, quitAfterMs } = this.#request;
    if (shutdown) this.#peer.shutdown();
    if (this.#peerEnded || quitAfterMs === 0) return 'end';
    this.#cancelQuit = this.#enoughAfter(quitAfterMs);
    return null;
  }

  /** Nor does, for a client, the peer's FIN. */
  #endOfPeer(how: PeerEnd): PeerEnd | null {
    this.#peerEnded = true;
    return how !== 'end' || this.#inputEnded || this.#request.listen ? how : null;
  }
}

/** Line ends as `-C` wants them. */
function outgoing(octets: Uint8Array, { crlf }: NcRequest): Uint8Array {
  if (!crlf) return octets;
  return Buffer.from(Buffer.from(octets).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** Carries octets both ways until there is nothing more to do; says how the peer's side ended, `end` if it had to. */
export function carry(program: Program, request: NcRequest, peer: NcPeer, input: InputReader): Promise<PeerEnd> {
  return new Carrier(program, request, peer, input).run();
}
