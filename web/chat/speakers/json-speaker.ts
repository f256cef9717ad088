/** A user who speaks JSON: docs/chat-json.md, over `/ws/chat`. */
import { type ChatEvent, type ChatFile, type ChatMessage, chatEventSchema } from '#protocol/chat-event.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import type { Clock } from '../../session/clock.ts';
import { HISTORY_LIMIT } from '../limits.ts';
import { filePath } from './file-path.ts';
import { LiveSocket } from './live-socket.ts';
import { type HeardMessage, LOBBY, type SharedFile, type Speaker, type SpeakerHandlers } from './speaker.ts';
import type { OpenTextSocket } from './text-socket.ts';

/** What a JSON speaker is handed. */
export interface JsonSpeakerOptions {
  readonly open: OpenTextSocket;
  readonly user: string;
  readonly password: string;
  /** Names this session. */
  readonly resource: string;
  readonly clock: Clock;
  readonly handlers: SpeakerHandlers;
}

/** Errors with which a connection ends that the next one need not meet. */
const PASSING: ReadonlySet<string> = new Set(['closing', 'dead-peer']);
/** Id of the requests for another subject. */
const SUBJECT = 'subject';

/** Events that the connection itself has to do with. */
type OwnBusiness =
  | 'welcome'
  | 'joined'
  | 'history'
  | 'presence'
  | 'slot'
  | 'ping'
  | 'error'
  | 'left'
  | 'hello'
  | 'registered'
  | 'pong';

/** A connection that speaks JSON. */
export class JsonSpeaker implements Speaker {
  readonly repeats = true;
  readonly hasPeople = true;
  readonly #user: string;
  readonly #handlers: SpeakerHandlers;
  readonly #socket: LiveSocket;
  readonly #people = new Map<string, Set<string>>();
  #lastError = '';
  #subject = '';
  #isReady = false;

  constructor({ open, user, password, resource, clock, handlers }: JsonSpeakerOptions) {
    this.#user = user;
    this.#handlers = handlers;
    this.#socket = new LiveSocket({
      open,
      clock,
      handlers,
      opened: () => this.#send({ type: 'login', user, password, resource }),
      received: (text) => this.#receive(text),
      ask: () => this.#send({ type: 'ping' }),
      reason: () => this.#lastError,
    });
  }

  say(to: string, clientId: string, body: string, fileId: string | null): void {
    this.#send({ type: 'message', id: clientId, to, body, ...(fileId !== null && { file: fileId }) });
  }

  setSubject(text: string): void {
    this.#subject = text;
    this.#send({ type: 'subject', id: SUBJECT, room: LOBBY, text });
  }

  kick(nick: string, reason: string): void {
    this.#send({ type: 'kick', room: LOBBY, nick, reason });
  }

  readonly type = (to: string, isTyping: boolean): void => {
    this.#send({ type: 'typing', to, state: isTyping ? 'composing' : 'paused' });
  };

  readonly receipt = (to: string, message: string, state: 'delivered' | 'read'): void => {
    this.#send({ type: 'receipt', to, message, state });
  };

  readonly call: NonNullable<Speaker['call']> = (to, call, step, payload) => {
    this.#send({ type: 'call', id: `call-${call}`, to, call, step, payload });
  };

  readonly slot: NonNullable<Speaker['slot']> = ({ name, mime, sizeBytes }) => {
    return this.#socket.slots.ask((id) => this.#send({ type: 'upload', id, name, mime, size: sizeBytes }));
  };

  close(): void {
    this.#socket.close();
  }

  #send(request: ChatRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  #receive(text: string): void {
    const parsed = chatEventSchema.safeParse(parseJson(text));
    if (parsed.success) this.#take(parsed.data);
  }

  #take(event: ChatEvent): void {
    switch (event.type) {
      case 'welcome':
        this.#send({ type: 'join', room: LOBBY });
        return;
      case 'joined':
        this.#send({ type: 'history', with: LOBBY, limit: HISTORY_LIMIT });
        return;
      case 'history':
        for (const message of event.messages) this.#handlers.heard(this.#heard(message));
        this.#isReady = true;
        this.#handlers.ready();
        return;
      case 'presence':
        this.#showPresence(event.user, event.resource, event.show !== 'offline');
        return;
      case 'slot':
        this.#socket.slots.give(event.re ?? '', { fileId: event.file, path: filePath(event.put) ?? '' });
        return;
      case 'ping':
        this.#send({ type: 'pong' });
        return;
      case 'error':
        this.#takeError(event);
        return;
      case 'left':
        this.#socket.end(putOut(event));
        return;
      case 'hello':
      case 'registered':
      case 'pong':
        return;
      default:
        this.#tell(event);
    }
  }

  /** What is only passed on. */
  #tell(event: Exclude<ChatEvent, { type: OwnBusiness }>): void {
    const handlers = this.#handlers;
    switch (event.type) {
      case 'message':
        handlers.heard(this.#heard(event));
        return;
      case 'ack':
        handlers.acknowledged(event.re, event.id, event.status);
        return;
      case 'receipt':
        handlers.receipt(event.message, event.state);
        return;
      case 'typing':
        handlers.typing(event.from, event.to.startsWith('#') ? event.to : event.from, event.state === 'composing');
        return;
      case 'member':
        handlers.notice(noticeOf(event));
        return;
      case 'subject':
        handlers.notice(`${event.nick}: ${event.text}`);
        return;
      case 'affiliation':
        handlers.notice(`${event.by}: ${event.user} = ${event.affiliation}`);
        return;
      case 'call':
        handlers.call(event.from, event.call, event.step, event.payload);
        return;
      case 'ok':
        // What one does oneself is not sent back.
        if (event.re === SUBJECT) handlers.notice(`${this.#user}: ${this.#subject}`);
        return;
      default:
        event satisfies never;
    }
  }

  #takeError({ re = '', code, message, fatal }: Extract<ChatEvent, { type: 'error' }>): void {
    this.#lastError = PASSING.has(code) ? '' : message;
    if (this.#socket.slots.has(re)) this.#socket.slots.refuse(re, message);
    else if (re.startsWith('call-')) this.#handlers.call('', re.slice('call-'.length), 'hangup', message);
    else if (re !== '' && re !== SUBJECT) this.#handlers.refused(re, message);
    else if (!fatal) this.#handlers.notice(message);
    // Neither logged in nor in the room: there is nothing that this connection is good for.
    if (!this.#isReady && !fatal) this.#socket.end(this.#lastError);
  }

  #showPresence(user: string, resource: string, isHere: boolean): void {
    const sessions = this.#people.get(user) ?? new Set();
    if (isHere) sessions.add(resource);
    else sessions.delete(resource);
    if (sessions.size > 0) this.#people.set(user, sessions);
    else this.#people.delete(user);
    this.#handlers.people([...this.#people.keys()].filter((name) => name !== this.#user).sort());
  }

  #heard(message: ChatMessage): HeardMessage {
    const isRoom = message.to.startsWith('#');
    const own = (isRoom ? message.user : message.from) === this.#user;
    return {
      id: message.id,
      clientId: message.clientId ?? null,
      from: message.from,
      with: isRoom ? message.to : own ? message.to : message.from,
      own,
      body: message.body,
      file: message.file ? sharedFile(message.file) : null,
      atMs: Date.parse(message.at),
    };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function noticeOf({ nick, event, detail, by }: Extract<ChatEvent, { type: 'member' }>): string {
  const what = by === undefined ? `${nick} ${event}` : `${nick} was put out by ${by}`;
  return detail === '' || (by !== undefined && detail === 'kicked') ? what : `${what}: ${detail}`;
}

/** The page never leaves its room by itself. */
function putOut({ cause, reason, by }: Extract<ChatEvent, { type: 'left' }>): string {
  const what = by === undefined ? `You are out of the room (${cause})` : `You were put out by ${by}`;
  return reason === '' ? `${what}.` : `${what}: ${reason}`;
}

function sharedFile({ url, name, mime, size }: ChatFile): SharedFile | null {
  const path = filePath(url);
  return path === null ? null : { path, name, mime, sizeBytes: size };
}
