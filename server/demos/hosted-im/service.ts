/** The service itself, without HTTP and WebSocket: who may do what, and what comes of it. */
import type { Chat } from '../../chat/chat.ts';
import type { Stamp } from '../../chat/message.ts';
import type { Sent, SessionSink } from '../../chat/session.ts';
import { isAppCredentials, type Registration } from './app.ts';
import { Directory } from './directory.ts';
import { draftOf, messageForm, PROTOCOL } from './message-format.ts';
import { Problem, type ProblemCode } from './problem.ts';
import { PushLog } from './push-log.ts';
import type { Content, MessageForm, MessageRequest } from './schemas.ts';
import { type Bearer, type Token, Tokens } from './tokens.ts';

/** What a service is made from; time and randomness are handed in. */
export interface ServiceOptions {
  readonly chat: Chat;
  readonly nowMs: () => number;
  readonly random: (bytes: number) => Buffer;
}

/** What came of sending. */
export interface Outcome {
  readonly id: string;
  readonly timestamp: number;
  readonly reached: 'delivered' | 'pushed' | 'dropped' | 'sent';
  readonly repeated: boolean;
}

/** A session that only sends: nothing is delivered to it. */
const DEAF: SessionSink = {
  queuedBytes: 0,
  message: () => false,
  sent: () => {},
  signal: () => false,
  presence: () => {},
  cutOff: () => {},
};

/** The service of one app: tokens, users, messages, groups and pushes. */
export class HostedService {
  readonly chat: Chat;
  readonly tokens: Tokens;
  readonly pushes = new PushLog();
  readonly directory = new Directory();
  registration: Registration = 'open';
  readonly #options: ServiceOptions;
  #resources = 0;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.chat = options.chat;
    this.tokens = new Tokens(options.nowMs, options.random);
  }

  /** A name for a session that no other has. */
  freeResource(kind: 'rest' | 'socket'): string {
    this.#resources += 1;
    return `${PROTOCOL}-${kind}-${this.#resources}`;
  }

  /** A token for the app's own server. Throws a Problem. */
  appToken(clientId: string, clientSecret: string, ttl: number): Token {
    if (!isAppCredentials(clientId, clientSecret)) throw new Problem('wrong-credentials');
    return this.tokens.issue({ scope: 'app' }, ttl);
  }

  /** A token for a user. */
  async userToken(user: string, password: string, ttl: number): Promise<Token> {
    if (!(await this.chat.accounts.accepts(user, password))) throw new Problem('wrong-credentials');
    return this.tokens.issue({ scope: 'user', user }, ttl);
  }

  /** Another token for the same bearer; the old one is no longer good. */
  renew(token: Token, ttl: number): Token {
    this.tokens.revoke(token.token);
    return this.tokens.issue(token.bearer, ttl);
  }

  /**
   * Who that is. `header`: `Bearer …` (RFC 6750 §2.1); the app's own server may also say id and secret with each call,
   * `Basic …` (RFC 7617).
   */
  tokenOf(header: string | undefined): Token {
    const [, basic] = /^Basic ([\w+/]{1,512}={0,2})$/i.exec(header ?? '') ?? [];
    if (basic !== undefined) return this.#basic(basic);
    const [, token] = /^Bearer ([\w-]{1,128})$/i.exec(header ?? '') ?? [];
    if (token === undefined) throw new Problem('no-token');
    const known = this.tokens.find(token);
    if (known === null) throw new Problem('unknown-token');
    if (known === 'expired') throw new Problem('token-expired');
    return known;
  }

  #basic(credentials: string): Token {
    const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
    if (!isAppCredentials(id, secret)) throw new Problem('wrong-credentials');
    const issuedMs = this.#options.nowMs();
    return { token: '', bearer: { scope: 'app' }, issuedMs, expiresMs: issuedMs };
  }

  async register(bearer: Bearer | null, username: string, password: string): Promise<string> {
    if (this.registration === 'authorised' && bearer?.scope !== 'app') throw new Problem('registration-closed');
    const made = await this.chat.accounts.register(username, password);
    if ('name' in made) return made.name;
    throw new Problem(made.refused === 'too-many-accounts' ? 'too-many' : made.refused);
  }

  removeUser(user: string): void {
    if (!this.chat.removeAccount(user)) throw new Problem('no-such-user', 'The demo accounts stay.');
    this.tokens.revokeUser(user);
  }

  /** Sends for a user: over a session that is only there to send. */
  send(bearer: Bearer, { to, content, from, client_id }: MessageRequest): Outcome {
    const user = bearer.scope === 'user' ? bearer.user : from;
    if (bearer.scope === 'user' && from !== undefined && from !== bearer.user) throw new Problem('not-allowed');
    if (user === undefined) throw new Problem('malformed', 'The app’s own server says whom it speaks for: from.');
    if (to.type === 'group') return this.#sendToGroup(user, to.name, content, client_id);
    const connected = this.chat.connect({ user, resource: this.freeResource('rest'), protocol: PROTOCOL, sink: DEAF });
    if ('refused' in connected)
      throw new Problem(connected.refused === 'no-such-user' ? 'no-such-user' : 'too-many', `from: ${user}`);
    const { session } = connected;
    try {
      if (content.type === 'command') {
        if (!this.chat.accounts.has(to.name)) throw new Problem('no-such-user');
        const taken = session.signal(to.name, { type: 'native', native: nativeOf(content) });
        return { ...this.#ownStamp(), reached: taken ? 'delivered' : 'dropped', repeated: false };
      }
      const draft = draftOf(content, this.chat.files, client_id);
      return this.#outcome(session.send(to.name, draft), { user, to: to.name, body: draft.body });
    } finally {
      session.close();
    }
  }

  #sendToGroup(user: string, group: string, content: Content, clientId: string | undefined): Outcome {
    const membership = this.directory.inGroup(user, group)?.groups.get(group);
    const member = membership?.member;
    if (!member) throw new Problem('not-in-group');
    if (membership?.full) throw new Problem('too-many', 'The group has more to say than its members read.');
    if (content.type === 'command') {
      member.signal({ type: 'native', native: nativeOf(content) });
      return { ...this.#ownStamp(), reached: 'sent', repeated: false };
    }
    const said = member.say(draftOf(content, this.chat.files, clientId));
    if ('refused' in said) throw new Problem(said.refused === 'too-long' ? 'too-long' : 'not-in-group');
    return { ...stampOf(said.stamp), reached: 'sent', repeated: said.repeated };
  }

  #outcome(sent: Sent, { user, to, body }: { user: string; to: string; body: string }): Outcome {
    if ('refused' in sent) throw new Problem(PROBLEM_OF[sent.refused]);
    const { stamp, reached, repeated } = sent;
    if (reached === 'stored') this.pushes.add(stamp, to, user, body);
    return { ...stampOf(stamp), reached: reached === 'stored' ? 'pushed' : 'delivered', repeated };
  }

  history(
    user: string,
    query: { with: string; after?: string | undefined; limit: number },
  ): {
    messages: MessageForm[];
    complete: boolean;
  } {
    const page = this.chat.history.find(`user:${user}`, {
      with: query.with,
      limit: query.limit,
      ...(query.after === undefined ? { take: 'newest' as const } : { afterId: query.after }),
    });
    if (page.unknownId) throw new Problem('no-such-message', 'after');
    return { messages: page.messages.map(messageForm), complete: page.complete };
  }

  /** Tells the sender that its message has come, or has been read. */
  receipt(user: string, messageId: string, state: 'delivered' | 'read'): void {
    const message = this.chat.history.find(`user:${user}`, {}).messages.find(({ id }) => id === messageId);
    if (!message?.from.user || message.from.user === user) throw new Problem('no-such-message');
    const resource = this.freeResource('rest');
    const connected = this.chat.connect({ user, resource, protocol: PROTOCOL, sink: DEAF });
    if ('refused' in connected) throw new Problem('too-many');
    connected.session.signal(message.from.user, { type: 'receipt', state, messageId });
    connected.session.close();
  }

  /** Of what the core does not number: it is kept nowhere. */
  #ownStamp(): { id: string; timestamp: number } {
    return { id: this.#options.random(9).toString('base64url'), timestamp: this.#options.nowMs() };
  }
}

const PROBLEM_OF: Readonly<Record<Extract<Sent, { refused: unknown }>['refused'], ProblemCode>> = {
  'no-such-user': 'no-such-user',
  'too-long': 'too-long',
  'offline-full': 'too-many',
  blocked: 'blocked',
  'not-connected': 'too-many',
};

function stampOf({ id, atMs }: Stamp): { id: string; timestamp: number } {
  return { id, timestamp: atMs };
}

function nativeOf(value: Content) {
  return { protocol: PROTOCOL, value, bytes: Buffer.byteLength(JSON.stringify(value)) };
}
