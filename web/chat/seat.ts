import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../session/clock.ts';
import { Call, type CallOptions } from './call.ts';
import { Healing } from './healing.ts';
import { MAX_FRAME_CHARS, MAX_FRAMES, TYPING_EVERY_MS, TYPING_FOR_MS } from './limits.ts';
import { Outbox } from './outbox.ts';
import { emptySeat, type Frame, NO_PROBLEM, type SeatState } from './seat-state.ts';
import {
  type HeardMessage,
  LOBBY,
  type OpenSpeaker,
  type ProtocolId,
  type SharedFile,
  type Speaker,
  type SpeakerHandlers,
} from './speakers/speaker.ts';
import { type ChatLine, markOf, withChange, withLine, withReceipt } from './transcript.ts';

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
  readonly #outbox = new Outbox();
  readonly #healing: Healing;

  constructor(options: SeatOptions) {
    this.#options = options;
    this.id = options.newId();
    this.protocols = PROTOCOLS.filter((id) => options.speakers[id]);
    this.store = createStore<SeatState>(() => emptySeat(options.user, options.protocol));
    this.#healing = new Healing(options.clock);
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
    if (this.store.getState().status === 'off') this.store.setState({ ...choice, ...NO_PROBLEM });
  }

  connect(): void {
    if (this.store.getState().status !== 'off') return;
    this.#outbox.clear();
    this.#healing.healed();
    this.store.setState({ status: 'connecting', ...NO_PROBLEM, lines: [], frames: [], unread: [] });
    this.store.setState({ conversation: LOBBY, people: [], typing: new Map() });
    this.#open();
  }

  disconnect(): void {
    this.#healing.callOff();
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
    if (conversation === LOBBY && this.#command(this.#speaker, body)) return;
    const key = this.#options.newId();
    const line = { key, id: null, from: user, mine: true, with: conversation, body, file: shared?.file ?? null };
    this.#add({ ...line, kind: 'message', atMs: this.#options.clock.now(), mark: 'sending', problem: '' });
    this.#typedAtMs = 0;
    this.#outbox.send(this.#speaker, { key, to: conversation, body, fileId: shared?.fileId ?? null });
  }

  /** `/topic words` and `/kick nick why`, in the words of each protocol. */
  #command(speaker: Speaker, body: string): boolean {
    const [, name, argument = ''] = /^\/(topic|kick)(?: +(.*))?$/s.exec(body) ?? [];
    const [nick = ''] = argument.split(' ', 1);
    if (name === 'topic') speaker.setSubject(argument);
    else if (name === 'kick' && nick !== '') speaker.kick(nick, argument.slice(nick.length).trim());
    else return false;
    return true;
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
      ready: () => this.#ready(),
      heard: (message) => this.#hear(message),
      acknowledged: (key, id, status) => this.#settle(key, { mark: markOf(status), id: id === '' ? null : id }),
      refused: (key, problem) => this.#settle(key, { mark: 'refused', problem }),
      receipt: (id, state) => this.store.setState({ lines: withReceipt(this.store.getState().lines, id, state) }),
      typing: (from, conversation, isTyping) => this.#showTyping(from, conversation, isTyping),
      people: (people) => this.store.setState({ people }),
      notice: (body) => this.#notice(body),
      call: (...step) => void this.call.receive(...step),
      closed: (problem, mechanisms) => this.#closed(problem, mechanisms ?? null),
    };
  }

  #open(): void {
    const { user, protocol } = this.store.getState();
    const open = this.#options.speakers[protocol];
    if (open) this.#speaker = open(user, this.#handlers());
  }

  #ready(): void {
    this.#healing.healed();
    this.store.setState({ status: 'on' });
    if (this.#speaker) this.#outbox.sendAgain(this.#speaker);
  }

  #closed(problem: string, mechanisms: SeatState['mechanisms']): void {
    const { status, lines } = this.store.getState();
    this.call.close();
    this.#speaker = null;
    this.store.setState({ people: [], typing: new Map() });
    const doubtful = (line: ChatLine): boolean => line.mark === 'sending' && !this.#outbox.has(line.key);
    this.store.setState({ lines: lines.map((line) => (doubtful(line) ? { ...line, mark: 'unknown' } : line)) });
    // Nobody said why: the connection broke. Whoever was in comes back; whoever never was is told.
    const isBroken = problem === '' && mechanisms === null;
    if (isBroken && status !== 'connecting') {
      this.store.setState({ status: 'healing' });
      this.#healing.tryLater(() => this.#open());
    } else this.store.setState({ status: 'off', problem, mechanisms, unreachable: isBroken });
  }

  #hear(message: HeardMessage): void {
    const { conversation, lines, unread, user } = this.store.getState();
    // Earlier messages are asked for when a room is joined; some may be here already.
    if (message.id !== null && lines.some(({ id }) => id === message.id)) return;
    const { id, from, body, file, own: mine } = message;
    // What was in doubt when the connection broke did arrive: it is in the history.
    if (mine && id !== null && lines.some(({ key, mine }) => mine && key === message.clientId)) {
      this.#settle(message.clientId ?? '', { id, mark: 'acknowledged' });
      return;
    }
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
    const known = { ...file, mime: 'application/octet-stream', ...facts };
    this.store.setState({ lines: withChange(this.store.getState().lines, key, { file: known }) });
  }

  #notice(body: string): void {
    const line = { key: this.#newKey(), id: null, from: '', mine: false, with: LOBBY, body, file: null };
    this.#add({ ...line, kind: 'notice', atMs: this.#options.clock.now(), mark: null, problem: '' });
  }

  #settle(key: string, change: Partial<ChatLine>): void {
    this.#outbox.settle(key);
    this.store.setState({ lines: withChange(this.store.getState().lines, key, change) });
  }

  #showTyping(from: string, conversation: string, isTyping: boolean): void {
    const typing = new Map(this.store.getState().typing);
    const key = `${conversation} ${from}`;
    if (isTyping) typing.set(key, from);
    else if (!typing.delete(key)) return;
    this.store.setState({ typing });
    if (isTyping) this.#options.clock.after(TYPING_FOR_MS, () => this.#showTyping(from, conversation, false));
  }

  #add(line: Omit<ChatLine, 'cutChars'>): void {
    this.store.setState({ lines: withLine(this.store.getState().lines, line) });
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
