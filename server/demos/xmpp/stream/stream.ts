/** One client's stream, from its header to its end. https://www.rfc-editor.org/rfc/rfc6120#section-4 */
import { CLOSE_WITHIN_MS, MAX_LOGIN_STEP_MS, MAX_QUEUED_BYTES, SLOW_READER_BYTES } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { mechanismsFor } from '../sasl/mechanisms.ts';
import type { Session } from '../session.ts';
import type { XmlElement } from '../xml/element.ts';
import { xml } from '../xml/element.ts';
import { MAX_STANZA_BYTES, MAX_STANZA_BYTES_BEFORE_LOGIN } from '../xml/limits.ts';
import { serialize } from '../xml/serialize.ts';
import { boundFeatures, loginFeatures } from './features.ts';
import { Flow } from './flow.ts';
import { headerProblem, languageOf } from './header.ts';
import type { LinkListener, StreamLink } from './link.ts';
import { Login } from './login.ts';
import { LoginDeadline } from './login-deadline.ts';
import type { StreamDesk } from './stream-desk.ts';
import { StreamError } from './stream-error.ts';
import { stillThere, Vigil } from './vigil.ts';

/** Where a stream is: not logged in, logged in, bound to a resource, over. */
export type StreamStage = 'login' | 'bind' | 'bound' | 'over';

/** Octets of randomness in a stream's id (RFC 6120 §4.7.3: not to be guessed). */
const STREAM_ID_BYTES = 12;

/** One stream. */
export class Stream implements LinkListener {
  readonly link: StreamLink;
  /** Whom it waits for, and who waits for it. */
  readonly flow: Flow;
  readonly #desk: StreamDesk;
  readonly #login: Login;
  readonly #deadline: LoginDeadline;
  #vigil: Vigil | null = null;
  #callOffReset: () => void = () => {};
  #stage: StreamStage = 'login';
  #headerSeen = false;
  #language: string | undefined;
  /** TLS is being made ready: whatever comes before it is up would be read as if it had come under it. */
  #busy = false;
  #user: string | null = null;
  #session: Session | null = null;
  #registrations = 0;
  #askQueued = false;

  constructor(desk: StreamDesk, link: StreamLink) {
    this.#desk = desk;
    this.link = link;
    this.flow = new Flow(link, desk.scheduler);
    this.#deadline = new LoginDeadline(desk.scheduler, () => this.#tooSlow());
    this.#login = new Login({
      context: desk.saslContext,
      mechanisms: () => mechanismsFor(link, desk.plainOnly),
      mayTry: () => desk.addresses.mayTry(link.address),
      failed: () => desk.addresses.failed(link.address),
    });
  }

  /** See `LinkListener`. */
  started(): void {
    this.link.setMaxStanzaBytes(MAX_STANZA_BYTES_BEFORE_LOGIN);
    this.#desk.addresses.opened(this);
  }

  get stage(): StreamStage {
    return this.#stage;
  }

  /** The account that has logged in, before and after it is bound. */
  get user(): string | null {
    return this.#user;
  }

  /** Language of the client's header (RFC 6120 §4.7.4), if it named one. */
  get language(): string | undefined {
    return this.#language;
  }

  get session(): Session | null {
    return this.#session;
  }

  get queuedBytes(): number {
    return this.link.queuedBytes;
  }

  /** See `LinkListener`. */
  opened(header: XmlElement): void {
    this.#deadline.step();
    this.#attempt(() => {
      this.#language = languageOf(header);
      const problem = headerProblem(header, this.#desk.domain);
      this.#headerSeen = true;
      const to = header.attrs.from;
      this.link.open({ id: this.#desk.random(STREAM_ID_BYTES).toString('hex'), from: this.#desk.domain, to });
      if (problem) throw problem;
      this.send(this.#user === null ? loginFeatures(this.link, this.#desk.plainOnly) : boundFeatures());
    });
  }

  /** See `LinkListener`. */
  element(element: XmlElement): void {
    if (this.#stage === 'over') return;
    this.#deadline.step();
    this.#vigil?.heard();
    this.#attempt(() => {
      if (this.#busy) throw new StreamError('policy-violation', 'Wait for the answer to what you sent before.');
      if (this.#stage === 'login') this.#negotiate(element);
      else if (this.#stage === 'bind') this.#desk.negotiateBinding(this, element);
      else if (this.#session) this.#desk.receive(this.#session, element);
    });
  }

  /** See `LinkListener`: the client has closed its stream, and is not coming back. */
  closed(): void {
    this.#over((session) => this.#desk.sessionEnded(session));
    this.#close();
  }

  /** See `LinkListener`. */
  failed(error: StreamError): void {
    this.end(error);
  }

  /** See `LinkListener`. */
  secured(): void {
    this.#headerSeen = false;
  }

  /** See `LinkListener`. */
  lost(): void {
    this.#callOffReset();
    this.#over((session) => this.#desk.sessionLost(session));
  }

  /** See `LinkListener`. */
  drained(): void {
    this.flow.drained();
    this.#session?.readOn();
  }

  /** Sends an element of the stream's own negotiation. */
  send(element: XmlElement): void {
    this.link.send(serialize(element, NS.client));
  }

  /** Sends a stanza. Whoever wrote it waits while much is unread; who does not read at all is cut off. */
  sendStanza(text: string): void {
    if (this.#stage === 'over') return;
    this.link.send(text);
    const queued = this.link.queuedBytes;
    if (queued > MAX_QUEUED_BYTES) this.#cutOff();
    else if (queued > SLOW_READER_BYTES) this.#desk.reading?.flow.waitFor(this.flow);
    if (this.#session?.management && !this.#askQueued) this.#askLater();
  }

  /** Becomes the stream of `session`, with what it has to say first. */
  bind(session: Session): void {
    this.#session = session;
    this.#stage = 'bound';
    this.#vigil = new Vigil({
      scheduler: this.#desk.scheduler,
      ask: () => this.send(stillThere(session.jid, this.#desk.domain)),
      gone: () => this.#gone(),
    });
    this.#deadline.callOff();
    this.#desk.addresses.loggedIn(this);
  }

  /** Lets the session go on without this stream. */
  release(): void {
    this.#session = null;
  }

  /** Counts an account registered here. Answers how many there are now. */
  countRegistration(): number {
    this.#registrations += 1;
    return this.#registrations;
  }

  /** Ends the stream with an error that the client is told. */
  end(error: StreamError): void {
    if (this.#stage === 'over') return;
    // An error needs a stream around it (RFC 6120 §4.9.1.2).
    if (!this.#headerSeen) this.link.open({ from: this.#desk.domain });
    this.#headerSeen = true;
    this.send(error.toXml());
    this.#over((session) => this.#desk.sessionEnded(session));
    this.#close();
  }

  #negotiate(element: XmlElement): void {
    if (element.is(NS.tls, 'starttls')) void this.#startTls();
    else if (element.ns === NS.sasl) void this.#authenticate(element);
    else if (element.is(NS.client, 'iq') && element.childIn(NS.register)) this.#desk.registerBeforeLogin(this, element);
    else throw new StreamError('not-authorized', 'Log in first.');
  }

  /** RFC 6120 §5.4.2. Whatever the client sends before it has the answer ends the stream: see `element`. */
  async #startTls(): Promise<void> {
    this.#busy = true;
    const ready = this.link.canStartTls && (await this.link.prepareTls());
    this.#busy = false;
    if (this.#stage === 'over') return;
    this.send(xml(NS.tls, ready ? 'proceed' : 'failure'));
    if (ready) this.link.startTls();
    else {
      this.#over(() => {});
      this.#close();
    }
  }

  /** What follows waits for the answer: a script may send a whole login at once. */
  async #authenticate(element: XmlElement): Promise<void> {
    this.link.hold();
    try {
      const { answer, user } = await this.#login.take(element);
      if (this.#stage === 'over') return;
      if (user !== null) this.#loggedIn(user);
      this.send(answer);
      if (user !== null) this.#headerSeen = false;
    } catch (error) {
      this.end(error instanceof StreamError ? error : internalError());
    }
    if (this.#stage !== 'over') this.link.release();
  }

  #loggedIn(user: string): void {
    this.#user = user;
    this.#stage = 'bind';
    this.link.setMaxStanzaBytes(MAX_STANZA_BYTES);
    this.link.restart();
  }

  /** Asks what the client has received once for all that is sent in this turn (XEP-0198). */
  #askLater(): void {
    this.#askQueued = true;
    queueMicrotask(() => {
      this.#askQueued = false;
      if (this.#stage === 'bound' && this.#session?.management?.ask()) this.send(xml(NS.streamManagement, 'r'));
    });
  }

  /** Its session may still be come back to. */
  #gone(): void {
    this.send(new StreamError('connection-timeout', 'Nothing came from you for minutes.').toXml());
    this.#over((session) => this.#desk.sessionLost(session));
    this.#close();
  }

  /** Whoever does not close its side is not waited for. */
  #close(): void {
    this.link.close();
    this.#callOffReset();
    this.#callOffReset = this.#desk.scheduler.later(CLOSE_WITHIN_MS, () => this.link.reset('did-not-close'));
  }

  #tooSlow(): void {
    this.end(
      new StreamError('connection-timeout', `Each step of logging in may take ${MAX_LOGIN_STEP_MS / 1_000} seconds.`),
    );
  }

  #cutOff(): void {
    this.link.reset('stopped-reading');
    this.#over((session) => this.#desk.sessionLost(session));
  }

  #attempt(what: () => void): void {
    this.#desk.reading = this;
    try {
      what();
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.end(error);
    } finally {
      this.#desk.reading = null;
    }
  }

  #over(then: (session: Session) => void): void {
    if (this.#stage === 'over') return;
    this.#stage = 'over';
    this.#deadline.callOff();
    this.#vigil?.close();
    this.flow.close();
    const session = this.#session;
    this.#session = null;
    if (session) then(session);
    this.#desk.addresses.closed(this);
  }
}

function internalError(): StreamError {
  return new StreamError('internal-server-error', 'Something went wrong here.');
}
