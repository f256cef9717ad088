import type { DemoAddress } from '#protocol/demos.ts';
import {
  FLUSH_INTERVAL_MS,
  MAX_BATCH_EVENTS,
  MAX_BATCH_PREVIEW_BYTES,
  MIN_PREVIEW_BYTES,
  PREVIEW_BYTES,
} from '#protocol/limits.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import type { Forgotten, WireMessage, WireRequest } from '#protocol/wire-messages.ts';
import { MAX_FORMER_JOURNALS, MAX_VIEWER_BUFFER_BYTES } from './limits.ts';
import { PacketFeed, type PacketSource } from './packet-feed.ts';
import type { SocketWatch } from './socket-watch.ts';

/** The journal as the gateway reads it. */
export interface JournalReader {
  readonly run: string;
  readonly id: string;
  readonly head: number;
  readonly oldest: number;
  read(seq: number, previewBytes?: number): WireEvent | null;
  payload(seq: number): Buffer | null;
  conversation(id: number): Conversation | null;
  settle(force?: boolean): void;
  erase(conversation: number | null): void;
}

/** One viewer's WebSocket. */
export interface ViewerLink {
  send(text: string): void;
  readonly bufferedBytes: number;
}

/** What the hub needs. */
export interface WireHubOptions {
  readonly journal: JournalReader;
  readonly demos: () => readonly DemoAddress[];
  readonly sockets: SocketWatch;
  readonly packets: PacketSource;
}

/**
 * Sends the journal to those who look at it. A viewer is only a cursor into the journal: nothing is queued for it, so
 * a slow one costs nothing and reads on, when it can, from what the journal still holds.
 */
export class WireHub {
  readonly #options: WireHubOptions;
  readonly #viewers = new Set<Viewer>();
  /** Journals before something was forgotten, oldest first. */
  readonly #former = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: WireHubOptions) {
    this.#options = options;
  }

  /** Viewers attached. */
  get viewerCount(): number {
    return this.#viewers.size;
  }

  /** Attaches a viewer; it is sent nothing before its `hello`. */
  attach(link: ViewerLink): Viewer {
    const viewer = new Viewer(link, this.#options, {
      dropped: () => this.#drop(viewer),
      forget: (conversation) => this.#forget(conversation),
      isFormer: (journal) => this.#former.has(journal),
    });
    this.#viewers.add(viewer);
    this.#timer ??= setInterval(() => this.flush(), FLUSH_INTERVAL_MS);
    return viewer;
  }

  /** Sends every viewer what is new. Viewers at the same place share one encoding. */
  flush(): void {
    this.#options.journal.settle();
    const encoded = new Map<string, string>();
    for (const viewer of this.#viewers) viewer.flush(encoded);
  }

  /** Lets all viewers go. */
  close(): void {
    for (const viewer of [...this.#viewers]) viewer.close();
  }

  #forget(id: number | null): void {
    const { journal, packets } = this.#options;
    const conversation = id === null ? null : journal.conversation(id);
    if (id !== null && conversation === null) return;
    this.#rememberJournal(journal.id);
    packets.erase(conversation);
    journal.erase(id);
    const forgotten = conversation === null ? 'all' : endsOf(conversation);
    for (const viewer of this.#viewers) viewer.startAnew(forgotten);
  }

  #rememberJournal(id: string): void {
    this.#former.add(id);
    for (const oldest of this.#former) {
      if (this.#former.size <= MAX_FORMER_JOURNALS) break;
      this.#former.delete(oldest);
    }
  }

  #drop(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    if (this.#viewers.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}

function endsOf({ transport, client, server }: Conversation): Forgotten {
  return { transport, client, server };
}

/** What a viewer has its hub do. */
interface ViewerDeeds {
  dropped(): void;
  forget(conversation: number | null): void;
  /** Whether something was forgotten since the journal was this one. */
  isFormer(journal: string): boolean;
}

/** One browser tab that looks at the wire. */
export class Viewer {
  readonly #link: ViewerLink;
  readonly #options: WireHubOptions;
  readonly #deeds: ViewerDeeds;
  /** `seq` of the last event sent; `null` before `hello`. */
  #cursor: number | null = null;
  #unwatch: (() => void) | null = null;
  #feed: PacketFeed | null = null;

  constructor(link: ViewerLink, options: WireHubOptions, deeds: ViewerDeeds) {
    this.#link = link;
    this.#options = options;
    this.#deeds = deeds;
  }

  /** Answers one request. */
  receive(request: WireRequest): void {
    switch (request.type) {
      case 'hello':
        this.#welcome(request);
        break;
      case 'payload':
        this.#payload(request.seq);
        break;
      case 'watch-sockets':
        this.#watchSockets(request.on, request.ports);
        break;
      case 'watch-packets':
        this.#watchPackets(request);
        break;
      case 'forget':
        this.#deeds.forget(request.conversation);
        break;
      case 'ping':
        this.#send({ type: 'pong' });
        break;
      default:
        request satisfies never;
    }
  }

  /** Sends one batch, unless there is nothing new or the link has not taken the last ones yet. */
  flush(encoded: Map<string, string>): void {
    this.#flushPackets();
    const { journal } = this.#options;
    if (this.#cursor === null || this.#cursor >= journal.head) return;
    if (this.#isFull()) return;
    const from = Math.max(this.#cursor + 1, journal.oldest);
    const missed = from - this.#cursor - 1;
    const to = Math.min(journal.head, from + MAX_BATCH_EVENTS - 1);
    const key = `${from} ${to} ${missed}`;
    const text = encoded.get(key) ?? JSON.stringify(batchOf(journal, from, to, missed));
    encoded.set(key, text);
    this.#link.send(text);
    this.#cursor = to;
  }

  /** Something was forgotten and the journal is another one: what the viewer has is nothing any more. */
  startAnew(forgotten: Forgotten): void {
    if (this.#cursor === null) return;
    this.#feed?.close();
    this.#feed = null;
    this.#welcome({ type: 'hello', version: CONTRACT_VERSION }, forgotten);
  }

  /** The WebSocket is gone. */
  close(): void {
    this.#cursor = null;
    this.#watchSockets(false, []);
    this.#feed?.close();
    this.#feed = null;
    this.#deeds.dropped();
  }

  #welcome(hello: Extract<WireRequest, { type: 'hello' }>, forgotten: Forgotten | null = null): void {
    if (hello.version !== CONTRACT_VERSION) {
      this.#send({ type: 'reload', version: CONTRACT_VERSION });
      return;
    }
    const { journal, demos } = this.#options;
    journal.settle(true);
    const resumed = hello.resume?.journal === journal.id && hello.resume.seq <= journal.head;
    this.#cursor = resumed && hello.resume ? hello.resume.seq : journal.oldest - 1;
    this.#send({
      type: 'welcome',
      version: CONTRACT_VERSION,
      run: journal.run,
      journal: journal.id,
      resumed,
      from: this.#cursor + 1,
      head: journal.head,
      // Whoever was away then is not told which conversations it was.
      forgotten: forgotten ?? (hello.resume && this.#deeds.isFormer(hello.resume.journal) ? 'all' : null),
      demos: [...demos()],
    });
    this.flush(new Map());
  }

  #payload(seq: number): void {
    if (this.#isFull()) {
      this.#send({
        type: 'error',
        code: 'viewer-too-slow',
        message: 'Octets asked for faster than they are read.',
      });
      return;
    }
    const bytes = this.#options.journal.payload(seq);
    this.#send({ type: 'payload', seq, bytes: bytes?.toString('base64') ?? null });
  }

  #watchSockets(on: boolean, ports: readonly number[]): void {
    this.#unwatch?.();
    this.#unwatch = on ? this.#options.sockets.watch((message) => this.#sendSockets(message), ports) : null;
  }

  #watchPackets({ on, ports, interface: device }: Extract<WireRequest, { type: 'watch-packets' }>): void {
    if (!on) {
      this.#feed?.close();
      this.#feed = null;
      return;
    }
    const { packets } = this.#options;
    const begins = this.#feed === null;
    this.#feed ??= new PacketFeed(packets, (status) => this.#send({ type: 'capture', status }));
    this.#feed.setPorts(ports);
    if (!this.#feed.setInterface(device)) {
      const message = `There is no interface ${device} to capture on.`;
      this.#send({ type: 'error', code: 'no-such-interface', message });
    }
    // One that begins has been told already.
    if (!begins) this.#send({ type: 'capture', status: packets.status });
  }

  #flushPackets(): void {
    if (this.#feed === null || this.#isFull()) return;
    const message = this.#feed.next();
    if (message) this.#send(message);
  }

  /** A look at the table that a slow viewer misses is made up for by the next. */
  #sendSockets(message: WireMessage): void {
    if (!this.#isFull()) this.#send(message);
  }

  #isFull(): boolean {
    return this.#link.bufferedBytes > MAX_VIEWER_BUFFER_BYTES;
  }

  #send(message: WireMessage): void {
    this.#link.send(JSON.stringify(message));
  }
}

/** Events `from` … `to` with the present state of the conversations that they name. */
function batchOf(journal: JournalReader, from: number, to: number, missed: number): WireMessage {
  const events: WireEvent[] = [];
  const ids = new Set<number>();
  const previewBytes = previewBytesOf(to - from + 1);
  for (let seq = from; seq <= to; seq += 1) {
    const event = journal.read(seq, previewBytes);
    if (!event) continue;
    events.push(event);
    ids.add(event.conversation);
  }
  const conversations = [...ids].map((id) => journal.conversation(id)).filter((found) => found !== null);
  return { type: 'batch', missed, conversations, events };
}

/** Whole previews at a person's pace; in a flood, what each event of a batch may have. */
function previewBytesOf(events: number): number {
  const share = Math.floor(MAX_BATCH_PREVIEW_BYTES / events);
  return Math.max(MIN_PREVIEW_BYTES, Math.min(PREVIEW_BYTES, share));
}
