/** A client that reads like the scenario: it sends text, and takes the server's elements one after the other. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NS } from '../namespaces.ts';
import { XmlElement } from '../xml/element.ts';
import { serialize } from '../xml/serialize.ts';
import { StreamReader } from '../xml/stream-reader.ts';

/** The header that opens a stream to `domain`. @param language default: none is named. */
export function header(domain = 'localhost', language = ''): string {
  const spoken = language === '' ? '' : ` xml:lang='${language}'`;
  return `<stream:stream to='${domain}' version='1.0'${spoken} xmlns='${NS.client}' xmlns:stream='${NS.streams}'>`;
}

/** What came from the server. */
export type Arrival = XmlElement | 'closed' | 'lost';

/** How long a test waits for something, in milliseconds: a machine with other work to do is slow. */
const PATIENCE_MS = 10_000;

/** One connection. */
export class XmppClient {
  #socket: Socket;
  #reader: StreamReader;
  readonly #arrivals: Arrival[] = [];
  #changed: () => void = () => {};
  /** Full address, once it is bound. */
  jid = '';
  /** Language that its headers name; '': none. */
  language = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = this.#read(socket);
  }

  /** Connects to a port of this machine. */
  static async connect(port: number, host = '127.0.0.1'): Promise<XmppClient> {
    const socket = connectTcp({ host, port, noDelay: true });
    await once(socket, 'connect');
    return new XmppClient(socket);
  }

  /** Connects, logs in with PLAIN, and binds. */
  static async login(port: number, user: string, { resource = '', password = 'porthole', domain = 'localhost' } = {}) {
    const client = await XmppClient.connect(port);
    await client.logIn(user, password, domain);
    await client.bind(resource);
    return client;
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** Opens the stream and answers its features. */
  async open(domain?: string): Promise<XmlElement> {
    this.send(header(domain, this.language));
    return this.next();
  }

  /** Logs in with PLAIN and opens the stream anew. */
  async logIn(user: string, password = 'porthole', domain = 'localhost'): Promise<void> {
    await this.open(domain);
    await this.authenticate(user, password, domain);
  }

  /** Logs in on the stream that is open. */
  async authenticate(user: string, password = 'porthole', domain = 'localhost'): Promise<void> {
    const message = Buffer.from(`\0${user}\0${password}`).toString('base64');
    this.send(`<auth xmlns='${NS.sasl}' mechanism='PLAIN'>${message}</auth>`);
    const answer = await this.next();
    if (answer.name !== 'success') throw new Error(`not logged in: ${serialize(answer)}`);
    this.restart();
    await this.open(domain);
  }

  /** Binds a resource; '' lets the server choose. */
  async bind(resource = ''): Promise<void> {
    const wish = resource === '' ? '' : `<resource>${resource}</resource>`;
    this.send(`<iq type='set' id='bind'><bind xmlns='${NS.bind}'>${wish}</bind></iq>`);
    const answer = await this.next();
    this.jid = answer.child('bind', NS.bind)?.childText('jid') ?? '';
    if (this.jid === '') throw new Error(`not bound: ${serialize(answer)}`);
  }

  /** Takes the stream that follows as a new one. */
  restart(): void {
    this.#reader.restart();
  }

  /** Upgrades to TLS; the certificate is the playground's own, which nobody vouches for. */
  async startTls(): Promise<void> {
    this.send(`<starttls xmlns='${NS.tls}'/>`);
    const answer = await this.next();
    if (answer.name !== 'proceed') throw new Error(`no TLS: ${serialize(answer)}`);
    this.#socket.removeAllListeners('data');
    const secure = connectTls({ socket: this.#socket, rejectUnauthorized: false });
    await once(secure, 'secureConnect');
    this.#socket = secure;
    this.#reader = this.#read(secure);
  }

  send(text: string): this {
    this.#socket.write(text);
    return this;
  }

  /** Sends an iq and answers what comes back for it; other stanzas that come before are kept for `next`. */
  async ask(type: 'get' | 'set', payload: string, to?: string): Promise<XmlElement> {
    const id = `ask-${this.#asked}`;
    this.#asked += 1;
    this.send(`<iq type='${type}' id='${id}'${to ? ` to='${to}'` : ''}>${payload}</iq>`);
    const before = this.#passedOver;
    const answer = await this.takes((element) => element.name === 'iq' && element.attrs.id === id);
    this.#passedOver = before;
    return answer;
  }

  #asked = 0;

  /** The next element. Throws when the stream ends instead. */
  async next(): Promise<XmlElement> {
    const arrival = await this.arrival();
    if (arrival instanceof XmlElement) return arrival;
    throw new Error(`the stream was ${arrival}`);
  }

  /** The next element as text. */
  async nextText(): Promise<string> {
    return serialize(await this.next(), NS.client);
  }

  /** The next element that fits, wherever it stands; others are kept. */
  async takes(fits: (element: XmlElement) => boolean, patienceMs = PATIENCE_MS): Promise<XmlElement> {
    const find = (): number => this.#arrivals.findIndex((one) => one instanceof XmlElement && fits(one));
    const found = await this.#wait(find, patienceMs);
    const [taken] = this.#arrivals.splice(found, 1);
    this.#passedOver = found;
    if (taken instanceof XmlElement) return taken;
    throw new Error('nothing fits');
  }

  /** What came before the last one that was taken, and is still there. */
  passedOver(): readonly Arrival[] {
    return this.#arrivals.slice(0, this.#passedOver);
  }

  #passedOver = 0;

  /** The next thing that happens. */
  async arrival(): Promise<Arrival> {
    await this.#wait(() => (this.#arrivals.length > 0 ? 0 : -1));
    const arrival = this.#arrivals.shift();
    if (arrival === undefined) throw new Error('nothing came');
    return arrival;
  }

  /** Everything that has come and not been looked at, after what was sent has been answered. */
  async settled(): Promise<string[]> {
    await this.ask('get', `<ping xmlns='${NS.ping}'/>`, 'localhost');
    return this.#arrivals.splice(0).map((one) => (one instanceof XmlElement ? serialize(one, NS.client) : one));
  }

  /** Closes the stream. */
  close(): void {
    if (!this.#socket.writableEnded) this.#socket.end('</stream:stream>');
  }

  /** Waits until the connection is gone, with a FIN or a RST. */
  async over(): Promise<void> {
    if (!this.#socket.closed) await new Promise((resolve) => this.#socket.once('close', resolve));
  }

  /** Drops the connection without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  #read(socket: Socket): StreamReader {
    const arrived = (arrival: Arrival): void => {
      this.#arrivals.push(arrival);
      this.#changed();
    };
    const reader = new StreamReader({
      opened: () => {},
      element: arrived,
      closed: () => arrived('closed'),
      failed: (error) => arrived(new XmlElement('test', 'unreadable', {}, [error.message])),
    });
    reader.maxStanzaBytes = 64 * 1024 * 1024;
    socket.on('data', (chunk: Buffer) => reader.write(chunk));
    socket.on('close', () => arrived('lost'));
    socket.on('error', () => socket.destroy());
    return reader;
  }

  async #wait(find: () => number, patienceMs = PATIENCE_MS): Promise<number> {
    const deadline = setTimeout(() => this.#changed(), patienceMs);
    const endsMs = performance.now() + patienceMs;
    try {
      for (let at = find(); ; at = find()) {
        if (at >= 0) return at;
        if (this.#arrivals.includes('lost')) throw new Error(`the connection was lost before: ${this.#described()}`);
        if (performance.now() >= endsMs) throw new Error(`waited in vain; what came: ${this.#described()}`);
        await new Promise<void>((resolve) => {
          this.#changed = resolve;
        });
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  #described(): string {
    return this.#arrivals.map((one) => (one instanceof XmlElement ? serialize(one, NS.client) : one)).join(' ');
  }
}
