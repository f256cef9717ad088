import { MAX_TOKENS } from './limits.ts';

/** Whom a token speaks for: the app's own server, or one of its users. */
export type Bearer = { readonly scope: 'app' } | { readonly scope: 'user'; readonly user: string };

/** A token that is good for a while. Whoever has it is taken for its bearer (RFC 6750). */
export interface Token {
  readonly token: string;
  readonly bearer: Bearer;
  readonly issuedMs: number;
  readonly expiresMs: number;
}

/** Every token that is good. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #nowMs: () => number;
  readonly #random: (bytes: number) => Buffer;

  constructor(nowMs: () => number, random: (bytes: number) => Buffer) {
    this.#nowMs = nowMs;
    this.#random = random;
  }

  issue(bearer: Bearer, ttlSeconds: number): Token {
    const issuedMs = this.#nowMs();
    const token = this.#random(24).toString('base64url');
    const issued = { token, bearer, issuedMs, expiresMs: issuedMs + ttlSeconds * 1000 };
    this.#tokens.set(token, issued);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > MAX_TOKENS && oldest !== undefined) this.#tokens.delete(oldest);
    return issued;
  }

  /** The token, while it is good; `'expired'` where it was, `null` where it never was or is forgotten. */
  find(token: string): Token | 'expired' | null {
    const known = this.#tokens.get(token);
    if (!known) return null;
    return this.#nowMs() < known.expiresMs ? known : 'expired';
  }

  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  /** An account is gone, and all that speak for it. */
  revokeUser(user: string): void {
    for (const { token, bearer } of this.#tokens.values())
      if (bearer.scope === 'user' && bearer.user === user) this.#tokens.delete(token);
  }
}
