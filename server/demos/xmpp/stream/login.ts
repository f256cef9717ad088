/** Logging in on one stream: SASL as RFC 6120 §6 carries it. */
import { MAX_AUTH_ATTEMPTS } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { type SaslContext, SaslError, type SaslExchange, type SaslStep } from '../sasl/mechanism.ts';
import type { Mechanism } from '../sasl/mechanisms.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { StreamError } from './stream-error.ts';

/** What came of a client's element: what to answer, and who it is now. */
export interface LoginOutcome {
  readonly answer: XmlElement;
  readonly user: string | null;
}

/** What a login needs. */
export interface LoginOptions {
  readonly context: SaslContext;
  readonly mechanisms: () => readonly Mechanism[];
  /** Counts a failure of the client's address; `false`: it has had too many lately. */
  readonly mayTry: () => boolean;
  readonly failed: () => void;
}

/** Base64 as RFC 6120 §6.4.2 wants it: nothing but its alphabet, padded. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The attempts of one stream. */
export class Login {
  readonly #options: LoginOptions;
  #exchange: SaslExchange | null = null;
  #failures = 0;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  /** Takes `<auth/>`, `<response/>` or `<abort/>`. Rejects with a StreamError after too many failures. */
  async take(element: XmlElement): Promise<LoginOutcome> {
    try {
      return this.#answer(await this.#step(element));
    } catch (error) {
      if (!(error instanceof SaslError)) throw error;
      return this.#fail(error);
    }
  }

  #step(element: XmlElement): Promise<SaslStep> {
    if (element.name === 'abort') throw new SaslError('aborted', 'The login was called off.');
    if (element.name === 'auth') {
      this.#exchange = this.#begin(element.attrs.mechanism);
      // Nothing at all: the mechanism's first message is to be asked for (RFC 6120 §6.4.2).
      if (element.text === '') return Promise.resolve({ type: 'challenge', data: '' });
    }
    if (!this.#exchange) throw new SaslError('malformed-request', 'A response needs an auth before it.');
    return this.#exchange.next(decode(element.text));
  }

  #begin(name: string | undefined): SaslExchange {
    if (!this.#options.mayTry()) {
      throw new SaslError(
        'temporary-auth-failure',
        'There were too many wrong passwords from your address. Wait a minute.',
      );
    }
    const mechanism = this.#options.mechanisms().find((known) => known.name === name);
    if (!mechanism) throw new SaslError('invalid-mechanism', 'Use one of the mechanisms that are offered.');
    return mechanism.begin(this.#options.context);
  }

  #answer(step: SaslStep): LoginOutcome {
    const data = Buffer.from(step.data).toString('base64');
    if (step.type === 'challenge') return { answer: xml(NS.sasl, 'challenge', {}, data || null), user: null };
    this.#exchange = null;
    return { answer: xml(NS.sasl, 'success', {}, data || null), user: step.user };
  }

  #fail(error: SaslError): LoginOutcome {
    this.#exchange = null;
    this.#failures += 1;
    if (error.condition === 'not-authorized') this.#options.failed();
    if (this.#failures > MAX_AUTH_ATTEMPTS) throw new StreamError('policy-violation', 'Too many attempts to log in.');
    const text = xml(NS.sasl, 'text', { 'xml:lang': 'en' }, error.message);
    return { answer: xml(NS.sasl, 'failure', {}, xml(NS.sasl, error.condition), text), user: null };
  }
}

/** `=` stands for a message that is empty. */
function decode(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '=') return '';
  if (!BASE64.test(trimmed)) throw new SaslError('incorrect-encoding', 'SASL messages are in base64.');
  return Buffer.from(trimmed, 'base64').toString('utf8');
}
