import { createStore, type StoreApi } from 'zustand/vanilla';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { Conversation } from '#protocol/wire.ts';
import type { WireMessage, WireRequest } from '#protocol/wire-messages.ts';
import { bytesOf } from './base64.ts';
import { type BatchQueue, createBatchQueue, type EventRun } from './batch-queue.ts';
import type { Clock, FrameScheduler } from './clock.ts';
import { type Connection, createConnection } from './connection.ts';
import { boundConversations } from './conversation-bound.ts';
import { createEventLog, type WritableEventLog } from './event-log.ts';
import { WritablePacketLog } from './packet-log.ts';
import { PayloadCache } from './payload-cache.ts';
import { PayloadRequests } from './payload-requests.ts';
import { createRunSplitter, type RunSplitter } from './run-splitter.ts';
import type { OpenWireLink } from './wire-link.ts';
import { initialWireState, type WireProblem, type WireState } from './wire-state.ts';
import { WireWatches } from './wire-watches.ts';

/** What the session needs from outside; nothing is taken from the browser directly. */
export interface WireSessionOptions {
  readonly open: OpenWireLink;
  readonly clock: Clock;
  readonly frame: FrameScheduler;
  /** Between 0 (inclusive) and 1; spreads the retries. */
  readonly random: () => number;
  /** For tests. Default: a log of `MAX_HELD_EVENTS`. */
  readonly log?: WritableEventLog;
  /** For tests. Default: a cache of `MAX_PAYLOAD_CACHE_BYTES`. */
  readonly payloads?: PayloadCache;
}

/** The page's end of `/ws/wire`. */
export interface WireSession {
  readonly store: StoreApi<WireState>;
  /** Brings all recorded octets of one event into `payloads`; does nothing when they are there or under way. */
  requestPayload(seq: number): void;
  /** Has the socket table polled until what it answers is called. */
  watchSockets(): () => void;
  /** Has packets captured, of Porthole's ports and of those that were named, until what it answers is called. */
  watchPackets(): () => void;
  /** Names ports to capture, and to look for in the socket table, whenever those are watched, until what it answers is called. */
  namePorts(ports: readonly number[]): () => void;
  /** Has one more interface captured, of those that the capture offers, or none (`null`). */
  chooseInterface(name: string | null): void;
  /** Has the server forget a conversation, or all (`null`); every page then begins with what is left. */
  forget(conversation: number | null): void;
  /** While `lost`: tries at once. */
  retryNow(): void;
  /** Ends the session; closing twice is harmless. */
  close(): void;
}

/** Connects at once, and again whenever the connection is lost. */
export function createWireSession(options: WireSessionOptions): WireSession {
  return new Session(options);
}

const MALFORMED: WireProblem = { code: 'malformed-message', message: '' };

type Message<T extends WireMessage['type']> = Extract<WireMessage, { type: T }>;

class Session implements WireSession {
  readonly store: StoreApi<WireState>;
  readonly #log: WritableEventLog;
  readonly #payloads: PayloadCache;
  readonly #conversations = new Map<number, Conversation>();
  readonly #splitter: RunSplitter = createRunSplitter();
  readonly #queue: BatchQueue;
  readonly #requests: PayloadRequests;
  readonly #connection: Connection;
  readonly #watches: WireWatches;
  /** Newest event of the journal when the connection was made: once it is here, the page is live. */
  #head = 0;
  readonly #packets = new WritablePacketLog();

  constructor(options: WireSessionOptions) {
    this.#log = options.log ?? createEventLog();
    this.#payloads = options.payloads ?? new PayloadCache();
    const held = { log: this.#log, conversations: this.#conversations, packets: this.#packets };
    this.store = createStore(() => initialWireState({ ...held, payloads: this.#payloads.entries }));
    this.#queue = createBatchQueue(options.frame, (runs) => this.#apply(runs));
    this.#requests = new PayloadRequests((seq) => this.#connection.send({ type: 'payload', seq }), options.clock);
    this.#watches = new WireWatches(
      (request) => this.#connection.send(request),
      () => this.store.setState({ sockets: null }),
    );
    this.#connection = createConnection({
      open: options.open,
      clock: options.clock,
      random: options.random,
      hello: () => this.#hello(),
      received: (message) => this.#received(message),
      lost: (retryAtMs) => this.#lost(retryAtMs),
      trying: () => this.store.setState({ retryAtMs: null }),
      malformed: () => this.store.setState({ problem: MALFORMED }),
    });
    this.#connection.retryNow();
  }

  requestPayload(seq: number): void {
    if (this.#payloads.touch(seq)) return;
    const known = this.#knownPayload(seq);
    if (known === undefined) this.#requests.ask(seq);
    else this.#keepPayload(seq, known);
  }

  watchSockets(): () => void {
    return this.#watches.sockets();
  }

  watchPackets(): () => void {
    return this.#watches.packets();
  }

  namePorts(ports: readonly number[]): () => void {
    return this.#watches.namePorts(ports);
  }

  chooseInterface(name: string | null): void {
    this.store.setState({ alsoInterface: name });
    this.#watches.chooseInterface(name);
  }

  forget(conversation: number | null): void {
    this.#connection.send({ type: 'forget', conversation });
  }

  retryNow(): void {
    this.#connection.retryNow();
  }

  close(): void {
    this.#connection.close();
    this.#requests.clear();
    this.#queue.close();
  }

  #hello(): WireRequest {
    const { journal } = this.store.getState();
    const resume = journal === null ? {} : { resume: { journal, seq: this.#splitter.lastSeq } };
    return { type: 'hello', version: CONTRACT_VERSION, ...resume };
  }

  #received(message: WireMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#welcome(message);
        return;
      case 'reload':
        this.#outdated();
        return;
      case 'batch':
        for (const run of this.#splitter.split(message)) this.#queue.add(run);
        return;
      case 'payload':
        this.#payload(message);
        return;
      case 'sockets': {
        const { rows, reason, wallMs } = message;
        if (this.#watches.watchesSockets) this.store.setState({ sockets: { rows, reason, wallMs } });
        return;
      }
      case 'packets':
        this.#takePackets(message);
        return;
      case 'pong':
        return;
      case 'capture':
        this.store.setState({ capture: message.status });
        return;
      case 'error':
        // Which request was refused is not said: what is under way may be asked for again.
        this.#requests.clear();
        if (message.code === 'no-such-interface') this.chooseInterface(null);
        this.store.setState({ problem: { code: message.code, message: message.message } });
        return;
      default:
        message satisfies never;
    }
  }

  #welcome(message: Message<'welcome'>): void {
    if (message.version !== CONTRACT_VERSION) {
      this.#outdated();
      return;
    }
    this.#queue.flush();
    const { journal } = this.store.getState();
    if (!message.resumed || message.journal !== journal) this.#startAfresh(message);
    this.#head = message.head;
    const { forgotten } = message;
    this.store.setState({
      ...(forgotten === null ? {} : { forgotten: { what: forgotten } }),
      status: this.#splitter.lastSeq >= message.head ? 'live' : 'connecting',
      run: message.run,
      journal: message.journal,
      demos: message.demos,
      retryAtMs: null,
      problem: null,
    });
    this.#watches.askAgain();
    this.#requests.askAgain();
  }

  #startAfresh(message: Message<'welcome'>): void {
    this.#log.clear();
    this.#conversations.clear();
    this.#payloads.clear();
    this.#packets.clear();
    this.#requests.clear();
    this.#splitter.startAfter(message.from - 1);
    this.store.setState(({ revision }) => ({ missed: 0, sockets: null, capture: null, revision: revision + 1 }));
  }

  #outdated(): void {
    this.#queue.flush();
    this.#connection.close();
    this.store.setState({ status: 'outdated', retryAtMs: null });
  }

  #lost(retryAtMs: number): void {
    this.#queue.flush();
    this.store.setState({ status: 'lost', retryAtMs });
  }

  #apply(runs: readonly EventRun[]): void {
    let missed = 0;
    for (const run of runs) {
      this.#log.append(run.events, run.missedBefore);
      missed += run.missedBefore;
      for (const conversation of run.conversations) this.#conversations.set(conversation.id, conversation);
    }
    boundConversations(this.#conversations);
    this.store.setState((state) => ({
      revision: state.revision + 1,
      missed: state.missed + missed,
      status: state.status === 'connecting' && this.#splitter.lastSeq >= this.#head ? 'live' : state.status,
    }));
  }

  #takePackets({ frames, missed }: Message<'packets'>): void {
    try {
      this.#packets.take(frames, missed);
    } catch {
      this.store.setState({ problem: MALFORMED });
    }
    this.store.setState(({ packetRevision }) => ({ packetRevision: packetRevision + 1 }));
  }

  #payload({ seq, bytes }: Message<'payload'>): void {
    if (!this.#requests.answered(seq)) return;
    const payload = bytes === null ? null : this.#decoded(bytes);
    if (payload || bytes === null) this.#keepPayload(seq, payload);
  }

  /** What the event itself already says: gone, or whole in the preview. Else `undefined`. */
  #knownPayload(seq: number): Uint8Array | null | undefined {
    const event = this.#log.bySeq(seq);
    if (!event) return undefined;
    if (event.evicted) return null;
    const preview = this.#decoded(event.preview);
    return preview && preview.length >= event.recorded ? preview : undefined;
  }

  #decoded(base64: string): Uint8Array | null {
    try {
      return bytesOf(base64);
    } catch {
      this.store.setState({ problem: MALFORMED });
      return null;
    }
  }

  #keepPayload(seq: number, payload: Uint8Array | null): void {
    this.#payloads.set(seq, payload);
    this.store.setState(({ revision }) => ({ revision: revision + 1 }));
  }
}
