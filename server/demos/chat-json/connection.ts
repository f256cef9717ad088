import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent } from '#protocol/chat-event.ts';
import { DEFAULT_HEARTBEAT_MS } from '#protocol/chat-limits.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import { DEMO_USERS } from '../../chat/accounts.ts';
import type { Chat } from '../../chat/chat.ts';
import { Deque } from '../../chat/deque.ts';
import { nameKey } from '../../chat/name.ts';
import type { LeaveCause } from '../../chat/room-event.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import { parseAddress } from './address.ts';
import { errorOf, fatalErrorOf } from './errors.ts';
import { Heartbeat } from './heartbeat.ts';
import { LOGIN_WITHIN_MS, MAX_ATTEMPTS, MAX_INBOX_BYTES } from './limits.ts';
import type { JsonLink, JsonPeer } from './link.ts';
import { type Parsed, parseRequest } from './parse-request.ts';
import { answer, type RequestOf } from './requests.ts';
import { Visitor } from './visitor.ts';

/** What came: one object's octets, or that there were too many. */
type Incoming = Uint8Array | 'line-too-long';

const TOO_LONG: Parsed = { bad: { code: 'line-too-long', re: undefined, where: '' } };

/** What every connection is handed. */
export interface ConnectionContext {
  readonly chat: Chat;
  readonly scheduler: Scheduler;
  readonly pageUrl: () => string | null;
  /** A resource that no session has. */
  readonly freeResource: () => string;
}

/** One client: logs it in, lets its requests through one after the other, and notices when it is gone. */
export class JsonConnection implements JsonPeer {
  readonly #context: ConnectionContext;
  readonly #link: JsonLink;
  readonly #settled: () => void;
  readonly #callOffLogin: () => void;
  readonly #inbox = new Deque<Incoming>();
  #inboxBytes = 0;
  #heartbeat: Heartbeat | null = null;
  #visitor: Visitor | null = null;
  /** Taken from the inbox; the room that it is for has no room for it yet. */
  #held: ChatRequest | null = null;
  #attempts = 0;
  /** A password is being looked at. */
  #busy = false;
  #isFinished = false;
  #over = false;

  /** @param settled called when the client is logged in or gone. */
  constructor(link: JsonLink, context: ConnectionContext, settled: () => void) {
    this.#context = context;
    this.#link = link;
    this.#settled = settled;
    this.#callOffLogin = context.scheduler.later(LOGIN_WITHIN_MS, () => this.dismiss('login-timeout'));
    this.#tell({ type: 'hello', server: 'porthole', login: [...DEMO_USERS] });
  }

  receive(object: Incoming): void {
    if (this.#over) return;
    this.#heartbeat?.heard();
    this.#inbox.push(object);
    this.#inboxBytes += object.length;
    this.#goOn();
    if (this.#inboxBytes > MAX_INBOX_BYTES) this.dismiss('too-fast');
  }

  drained(): void {
    this.#visitor?.drained();
    this.#goOn();
  }

  finished(): void {
    this.#isFinished = true;
    this.#goOn();
  }

  lost(): void {
    this.#end('lost');
  }

  /** Ends the connection with an error. */
  dismiss(code: ChatErrorCode): void {
    if (this.#over) return;
    // Who does not read, or is not there, will not read this either.
    const isGone = code === 'stopped-reading' || code === 'dead-peer';
    if (!isGone) this.#tell(fatalErrorOf(code));
    this.#end(code === 'stopped-reading' ? code : 'lost');
    if (isGone) this.#link.reset(code);
    else this.#link.end();
  }

  /** Works the inbox off as far as it goes now; while something is left, the client has to wait. */
  #goOn(): void {
    while (this.#mayGoOn() && this.#step());
    if (this.#over) return;
    if (this.#busy || this.#held || this.#inbox.length > 0) this.#link.pause();
    else if (this.#isFinished) this.#bye('finished');
    else this.#link.resume();
  }

  #mayGoOn(): boolean {
    if (this.#over || this.#busy || this.#link.congested) return false;
    return this.#held === null || this.#mayTalk(this.#held);
  }

  /** Takes one request; `false` when there is none. */
  #step(): boolean {
    const held = this.#held;
    this.#held = null;
    if (held) this.#handle(held);
    else {
      const next = this.#inbox.shift();
      if (next === undefined) return false;
      this.#inboxBytes -= next.length;
      this.#take(next);
    }
    return true;
  }

  #take(incoming: Incoming): void {
    const parsed = incoming === 'line-too-long' ? TOO_LONG : parseRequest(incoming);
    if (!parsed) return;
    if ('bad' in parsed) this.#tell(errorOf(parsed.bad.code, parsed.bad.re, parsed.bad.where));
    else if (this.#mayTalk(parsed.request)) this.#handle(parsed.request);
    else this.#held = parsed.request;
  }

  /** Whether the room that something is said to takes it now. */
  #mayTalk(request: ChatRequest): boolean {
    if (request.type !== 'message' && request.type !== 'typing') return true;
    const to = parseAddress(request.to);
    return to?.type !== 'room' || (this.#visitor?.rooms.get(to.name)?.mayTalk() ?? true);
  }

  #handle(request: ChatRequest): void {
    if (request.type === 'pong') return;
    if (request.type === 'ping') this.#tell(withRe({ type: 'pong' }, request.id));
    else if (request.type === 'logout') this.#bye('quit');
    else if (this.#visitor) this.#answer(this.#visitor, request);
    else if (request.type === 'login') this.#attempt(() => this.#login(request));
    else if (request.type === 'register') this.#attempt(() => this.#register(request));
    else this.#tell(errorOf('not-logged-in', 'id' in request ? request.id : undefined));
  }

  #answer(visitor: Visitor, request: ChatRequest): void {
    const event = answer({ visitor, pageUrl: this.#context.pageUrl }, request);
    if (event) this.#tell(event);
  }

  /** Looking at a password takes time, which one connection may not take for ever; requests wait meanwhile. */
  #attempt(look: () => Promise<ChatEvent | null>): void {
    this.#attempts += 1;
    if (this.#attempts > MAX_ATTEMPTS) {
      this.dismiss('too-many-attempts');
      return;
    }
    this.#busy = true;
    void look().then((event) => {
      this.#busy = false;
      if (event && !this.#over) this.#tell(event);
      this.#goOn();
    });
  }

  async #login(request: RequestOf<'login'>): Promise<ChatEvent | null> {
    const user = nameKey(request.user);
    const accepted = await this.#context.chat.accounts.accepts(user ?? '', request.password);
    if (this.#over) return null;
    if (user === null || !accepted) return errorOf('wrong-credentials', request.id);
    const visitor = new Visitor(this.#context.chat, {
      link: this.#link,
      goOn: () => this.#goOn(),
      dismiss: (code) => this.dismiss(code),
    });
    const refused = visitor.enter(user, request.resource ?? this.#context.freeResource());
    if (refused) return errorOf(refused, request.id);
    this.#callOffLogin();
    this.#settled();
    this.#visitor = visitor;
    this.#begin(visitor, request);
    return null;
  }

  #begin(visitor: Visitor, { id, heartbeatMs = DEFAULT_HEARTBEAT_MS }: RequestOf<'login'>): void {
    this.#heartbeat = new Heartbeat({
      scheduler: this.#context.scheduler,
      idleMs: heartbeatMs,
      ping: () => this.#tell({ type: 'ping' }),
      dead: () => this.dismiss('dead-peer'),
    });
    const { user, resource } = visitor.session;
    visitor.begin((offline) => withRe({ type: 'welcome', user, resource, heartbeatMs, offline }, id));
  }

  async #register({ id, user, password }: RequestOf<'register'>): Promise<ChatEvent> {
    const made = await this.#context.chat.accounts.register(user, password);
    return 'refused' in made ? errorOf(made.refused, id) : withRe({ type: 'registered', user: made.name }, id);
  }

  #bye(cause: LeaveCause): void {
    this.#end(cause);
    this.#link.end();
  }

  #end(cause: LeaveCause): void {
    if (this.#over) return;
    this.#over = true;
    this.#callOffLogin();
    this.#heartbeat?.stop();
    this.#settled();
    this.#visitor?.leave(cause);
    // Whatever comes now is read and thrown away, so that the client's FIN is seen.
    this.#link.resume();
  }

  #tell(event: ChatEvent): void {
    this.#link.send([JSON.stringify(event)]);
  }
}

/** Says which request an answer is for, where that has an id. */
function withRe(event: ChatEvent, re: string | undefined): ChatEvent {
  return re === undefined ? event : ({ ...event, re } as ChatEvent);
}
