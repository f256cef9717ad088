/** A stream over the messages of a WebSocket, one element each. https://www.rfc-editor.org/rfc/rfc7395 */
import type { DemoWebSocket } from '../../demo.ts';
import { NS } from '../namespaces.ts';
import { XmlElement, xml } from '../xml/element.ts';
import { serialize } from '../xml/serialize.ts';
import { TreeBuilder } from '../xml/tree-builder.ts';
import type { LinkListener, StreamHeader, StreamLink } from './link.ts';
import { isLoopback } from './loopback.ts';
import { StreamError } from './stream-error.ts';
import type { Serve } from './tcp-link.ts';

/** Normal closure (RFC 6455 §7.4.1). */
const NORMAL = 1000;

/** Messages that may be sent while an answer is worked out. */
const MAX_KEPT_MESSAGES = 100;

/** Carries one stream over one WebSocket. */
export class WebSocketLink implements StreamLink {
  readonly address: string;
  readonly isLoopback: boolean;
  /** The page's server speaks plain HTTP. */
  readonly isSecure = false;
  readonly canStartTls = false;
  readonly #socket: DemoWebSocket;
  readonly #listener: LinkListener;
  readonly #builder: TreeBuilder;
  #maxStanzaBytes = 0;
  #elements: XmlElement[] = [];
  /** Messages that wait for the answer to an earlier one; `null`: none has to. */
  #kept: string[] | null = null;
  #opened = false;
  #closed = false;

  constructor(socket: DemoWebSocket, serve: Serve) {
    this.#socket = socket;
    this.address = socket.client.address;
    this.isLoopback = isLoopback(socket.client.address);
    this.#listener = serve(this);
    this.#builder = messageBuilder((element) => this.#elements.push(element));
    this.#listener.started();
    socket.listen({
      message: (text) => this.#message(text),
      drained: () => this.#listener.drained(),
      closed: () => this.#listener.lost(),
    });
  }

  get queuedBytes(): number {
    return this.#socket.queuedBytes;
  }

  setMaxStanzaBytes(bytes: number): void {
    this.#maxStanzaBytes = bytes;
  }

  open({ from, to, id }: StreamHeader): void {
    this.#opened = true;
    this.#socket.send(serialize(xml(NS.framing, 'open', { from, to, id, version: '1.0', 'xml:lang': 'en' })));
  }

  send(text: string): void {
    if (!this.#closed) this.#socket.send(standalone(text));
  }

  /** Each message is parsed for itself: nothing is left of the stream before. */
  restart(): void {
    this.#opened = false;
  }

  hold(): void {
    this.#kept ??= [];
  }

  release(): void {
    const kept = this.#kept ?? [];
    this.#kept = null;
    // A message may ask for a hold itself: those behind it are kept again, in their order.
    for (const text of kept) this.#message(text);
  }

  /** Not offered: see `canStartTls`. */
  async prepareTls(): Promise<boolean> {
    return false;
  }

  startTls(): void {}

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    if (this.#closed) return;
    if (this.#opened) this.#socket.send(serialize(xml(NS.framing, 'close')));
    this.#closed = true;
    this.#socket.close(NORMAL);
  }

  reset(_reason: string): void {
    this.#closed = true;
    this.#socket.terminate();
  }

  #message(text: string): void {
    if (this.#closed) return;
    if (this.#kept) {
      this.#keep(text);
      return;
    }
    try {
      this.#take(this.#parse(text));
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#listener.failed(error);
    }
  }

  #keep(text: string): void {
    this.#kept?.push(text);
    if ((this.#kept?.length ?? 0) <= MAX_KEPT_MESSAGES) return;
    this.#listener.failed(new StreamError('policy-violation', 'Wait for the answer to what you sent before.'));
  }

  #take(element: XmlElement): void {
    if (element.is(NS.framing, 'close')) this.#listener.closed();
    else if (!element.is(NS.framing, 'open')) this.#listener.element(element);
    // What opens a stream over TCP, with the namespace that is fixed here (RFC 7395 §3.3.2).
    else this.#listener.opened(new XmlElement(NS.streams, 'stream', { ...element.attrs, xmlns: NS.client }));
  }

  #parse(text: string): XmlElement {
    if (Buffer.byteLength(text) > this.#maxStanzaBytes) {
      throw new StreamError('policy-violation', `A stanza may have ${this.#maxStanzaBytes} octets here (XEP-0478).`);
    }
    this.#elements = [];
    this.#builder.write(text);
    const [element, ...more] = this.#elements;
    if (!element || more.length > 0 || !this.#builder.isBetweenElements) {
      throw new StreamError('not-well-formed', 'A message holds exactly one element (RFC 7395, 3.3.3).');
    }
    return element;
  }
}

/** A parser that stands inside a root that nobody sees, so that each message is an element of its own. */
function messageBuilder(hear: (element: XmlElement) => void): TreeBuilder {
  const builder = new TreeBuilder({
    opened: () => {},
    element: hear,
    closed: () => {
      throw new StreamError('not-well-formed', 'There is an end tag without a beginning.');
    },
  });
  builder.write('<messages>');
  return builder;
}

/** A stanza is alone in its message: its namespaces are to be said. */
function standalone(text: string): string {
  const end = text.search(/[ />]/);
  if (text.startsWith('<stream:')) return `${text.slice(0, end)} xmlns:stream='${NS.streams}'${text.slice(end)}`;
  if (text.startsWith(" xmlns='", end)) return text;
  return `${text.slice(0, end)} xmlns='${NS.client}'${text.slice(end)}`;
}
