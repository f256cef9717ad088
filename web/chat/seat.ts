import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../session/clock.ts';
import { Call, type CallOptions } from './call.ts';
import { MAX_FRAME_CHARS, MAX_FRAMES, MAX_LINES, TYPING_EVERY_MS, TYPING_FOR_MS } from './limits.ts';
import type {
  HeardMessage,
  OpenSpeaker,
  ProtocolId,
  SharedFile,
  Speaker,
  SpeakerHandlers,
} from './speakers/speaker.ts';

/** How far a message of ours has come. */
export type Mark = 'sending' | 'sent' | 'acknowledged' | 'stored' | 'delivered' | 'read' | 'refused';

/** A message, or a notice, as a seat shows it. */
export interface ChatLine {
  readonly key: string;
  readonly kind: 'message' | 'notice';
  readonly id: string | null;
  readonly from: string;
  readonly mine: boolean;
  readonly with: string;
  readonly body: string;
  readonly file: SharedFile | null;
  readonly atMs: number;
  /** For messages of ours. */
  readonly mark: Mark | null;
  /** Why it was refused; empty otherwise. */
  readonly problem: string;
}

/** One object, line or stanza on the wire. */
export interface Frame {
  readonly key: number;
  readonly direction: 'sent' | 'received';
  readonly text: string;
  readonly atMs: number;
}

/** Everything about one seat. */
export interface SeatState {
  readonly user: string;
  readonly protocol: ProtocolId;
  readonly status: 'off' | 'connecting' | 'on';
  /** Why it went off; empty: it was wished. */
  readonly problem: string;
  /** The conversation that is looked at: `#lobby` or a user. */
  readonly conversation: string;
  readonly people: readonly string[];
  /** Conversations with something unread. */
  readonly unread: readonly string[];
  readonly lines: readonly ChatLine[];
  readonly frames: readonly Frame[];
  /** Who types, as `from conversation`. */
  readonly typing: ReadonlyMap<string, string>;
}

/** What a seat needs from outside. */
export interface SeatOptions {
  readonly user: string;
  readonly protocol: ProtocolId;
  readonly speakers: Readonly<Partial<Record<ProtocolId, OpenSpeaker>>>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly call: Pick<CallOptions, 'media' | 'peerConnection'>;
  /** Puts octets at a path of the page's server; `false` when it did not take them. */
  readonly upload: (path: string, mime: string, body: Blob) => Promise<boolean>;
  /** Asks the page's server what is at a path; `null`: nothing, or it does not answer. */
  readonly inspect: (path: string) => Promise<Pick<SharedFile, 'mime' | 'sizeBytes'> | null>;
}

const PROTOCOLS: readonly ProtocolId[] = ['json', 'lines', 'xmpp'];

/** The room that everybody is in. */
export const LOBBY = '#lobby';

/** One user of the chat, connected over the protocol of its choice. */
export class Seat {
  readonly store: StoreApi<SeatState>;
  readonly call: Call;
  /** Tells the seats of a page apart. */
  readonly id: string;
  /** What it can speak. */
  readonly protocols: readonly ProtocolId[];
  readonly #options: SeatOptions;
  #speaker: Speaker | null = null;
  #keys = 0;
  #typedAtMs = 0;

  constructor(options: SeatOptions) {
    this.#options = options;
    this.id = options.newId();
    this.protocols = PROTOCOLS.filter((id) => options.speakers[id]);
    this.store = createStore<SeatState>(() => ({
      user: options.user,
      protocol: options.protocol,
      status: 'off',
      problem: '',
      conversation: LOBBY,
      people: [],
      unread: [],
      lines: [],
      frames: [],
      typing: new Map(),
    }));
    this.call = new Call({
      ...options.call,
      newId: options.newId,
      send: (...step) => this.#speaker?.call?.(...step),
    });
  }

  /** What the protocol spoken now has words for; `null` while nothing is spoken. */
  get speaker(): Speaker | null {
    return this.#speaker;
  }

  /** Chooses user and protocol; only while nothing is connected. */
  choose(choice: Partial<Pick<SeatState, 'user' | 'protocol'>>): void {
    if (this.store.getState().status === 'off') this.store.setState({ ...choice, problem: '' });
  }

  connect(): void {
    const { status, user, protocol } = this.store.getState();
    const open = this.#options.speakers[protocol];
    if (status !== 'off' || !open) return;
    this.store.setState({ status: 'connecting', problem: '', lines: [], frames: [], people: [], unread: [] });
    this.store.setState({ conversation: LOBBY, typing: new Map() });
    this.#speaker = open(user, this.#handlers());
  }

  disconnect(): void {
    this.call.close();
    this.#speaker?.close();
    this.#speaker = null;
    this.store.setState({ status: 'off', people: [], typing: new Map() });
  }

  /** Looks at a conversation: what is in it counts as read. */
  look(conversation: string): void {
    const { unread, lines } = this.store.getState();
    this.store.setState({ conversation, unread: unread.filter((each) => each !== conversation) });
    if (!unread.includes(conversation)) return;
    const last = lines.findLast((line) => line.with === conversation && !line.mine && line.id !== null);
    if (last?.id && !conversation.startsWith('#')) this.#speaker?.receipt?.(conversation, last.id, 'read');
  }

  /** Says something in the conversation that is looked at. */
  say(body: string, shared: { readonly file: SharedFile; readonly fileId: string } | null = null): void {
    const { status, conversation, user } = this.store.getState();
    if (status !== 'on' || !this.#speaker || (body.trim() === '' && !shared)) return;
    const key = this.#options.newId();
    const line = { key, id: null, from: user, mine: true, with: conversation, body, file: shared?.file ?? null };
    this.#add({ ...line, kind: 'message', atMs: this.#options.clock.now(), mark: 'sending', problem: '' });
    this.#typedAtMs = 0;
    this.#speaker.say(conversation, key, body, shared?.fileId ?? null);
  }

  /** Uploads a file and says so. A reason when it could not be done, else `null`. */
  async share(name: string, mime: string, body: Blob): Promise<string | null> {
    const slot = this.#speaker?.slot;
    if (!slot) return '';
    try {
      const { fileId, path } = await slot({ name, mime, sizeBytes: body.size });
      if (!(await this.#options.upload(path, mime, body))) return '';
      this.say('', { file: { path, name, mime, sizeBytes: body.size }, fileId });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  }

  /** Something is typed: says so now and then. */
  typed(): void {
    const now = this.#options.clock.now();
    if (now - this.#typedAtMs < TYPING_EVERY_MS) return;
    this.#typedAtMs = now;
    this.#speaker?.type?.(this.store.getState().conversation, true);
  }

  #handlers(): SpeakerHandlers {
    return {
      frame: (direction, text) => this.#addFrame(direction, text),
      ready: () => this.store.setState({ status: 'on' }),
      heard: (message) => this.#hear(message),
      acknowledged: (key, id, status) => this.#mark(key, markOf(status), { id: id === '' ? null : id }),
      refused: (key, problem) => this.#mark(key, 'refused', { problem }),
      receipt: (id, state) => this.#receipt(id, state),
      typing: (from, conversation, isTyping) => this.#showTyping(from, conversation, isTyping),
      people: (people) => this.store.setState({ people }),
      notice: (body) => this.#notice(body),
      call: (...step) => void this.call.receive(...step),
      closed: (problem) => {
        this.call.close();
        this.#speaker = null;
        this.store.setState({ status: 'off', problem, people: [], typing: new Map() });
      },
    };
  }

  #hear(message: HeardMessage): void {
    const { conversation, lines, unread, user } = this.store.getState();
    // Earlier messages are asked for when a room is joined; some may be here already.
    if (message.id !== null && lines.some(({ id }) => id === message.id)) return;
    const { id, from, body, file, own: mine } = message;
    const atMs = message.atMs ?? this.#options.clock.now();
    const line = { key: this.#newKey(), id, from: mine ? user : from, mine, with: message.with, body, file, atMs };
    this.#add({ ...line, kind: 'message', mark: mine ? 'acknowledged' : null, problem: '' });
    if (file?.mime === '') void this.#inspect(line.key, file);
    this.#showTyping(from, message.with, false);
    if (mine) return;
    if (message.with !== conversation) this.store.setState({ unread: [...new Set([...unread, message.with])] });
    if (id === null || message.with.startsWith('#')) return;
    this.#speaker?.receipt?.(message.with, id, message.with === conversation ? 'read' : 'delivered');
  }

  /** A link says where a file is, and nothing of it. */
  async #inspect(key: string, file: SharedFile): Promise<void> {
    const facts = await this.#options.inspect(file.path);
    const { lines } = this.store.getState();
    const known = { ...file, mime: 'application/octet-stream', ...facts };
    this.store.setState({ lines: lines.map((line) => (line.key === key ? { ...line, file: known } : line)) });
  }

  #notice(body: string): void {
    const line = { key: this.#newKey(), id: null, from: '', mine: false, with: LOBBY, body, file: null };
    this.#add({ ...line, kind: 'notice', atMs: this.#options.clock.now(), mark: null, problem: '' });
  }

  #mark(key: string, mark: Mark, more: Partial<ChatLine>): void {
    const { lines } = this.store.getState();
    this.store.setState({ lines: lines.map((line) => (line.key === key ? { ...line, ...more, mark } : line)) });
  }

  /** What is read was delivered, and so was everything before it. */
  #receipt(id: string, state: 'delivered' | 'read'): void {
    const { lines } = this.store.getState();
    const at = lines.findIndex((line) => line.id === id);
    const peer = lines[at]?.with;
    const marked = (line: ChatLine, index: number): ChatLine =>
      index <= at && line.mine && line.with === peer && line.mark !== 'refused' && line.mark !== 'read'
        ? { ...line, mark: state }
        : line;
    this.store.setState({ lines: lines.map(marked) });
  }

  #showTyping(from: string, conversation: string, isTyping: boolean): void {
    const typing = new Map(this.store.getState().typing);
    const key = `${conversation} ${from}`;
    if (isTyping) typing.set(key, from);
    else if (!typing.delete(key)) return;
    this.store.setState({ typing });
    if (isTyping) this.#options.clock.after(TYPING_FOR_MS, () => this.#showTyping(from, conversation, false));
  }

  #add(line: ChatLine): void {
    const { lines } = this.store.getState();
    this.store.setState({ lines: [...lines, line].slice(-MAX_LINES) });
  }

  #addFrame(direction: Frame['direction'], text: string): void {
    const { frames } = this.store.getState();
    this.#keys += 1;
    const frame = { key: this.#keys, direction, text: text.slice(0, MAX_FRAME_CHARS), atMs: this.#options.clock.now() };
    this.store.setState({ frames: [...frames, frame].slice(-MAX_FRAMES) });
  }

  #newKey(): string {
    this.#keys += 1;
    return `line-${this.#keys}`;
  }
}

function markOf(status: string): Mark {
  if (status === 'delivered' || status === 'stored' || status === 'sent') return status;
  return 'acknowledged';
}
