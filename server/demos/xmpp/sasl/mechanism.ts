/** What a SASL mechanism is, seen from the stream. https://www.rfc-editor.org/rfc/rfc6120#section-6 */
import type { ScramHash, Verifier } from '../../../chat/verifier.ts';

/** Failures of RFC 6120 §6.5 that this server answers. */
export type SaslCondition =
  | 'aborted'
  | 'encryption-required'
  | 'incorrect-encoding'
  | 'invalid-authzid'
  | 'invalid-mechanism'
  | 'malformed-request'
  | 'not-authorized'
  | 'temporary-auth-failure';

/** Ends one attempt to log in; the client may try again. */
export class SaslError extends Error {
  readonly condition: SaslCondition;

  constructor(condition: SaslCondition, message: string) {
    super(message);
    this.condition = condition;
  }
}

/** What the mechanisms know of the accounts. */
export interface Directory {
  /** Domain that the accounts belong to. */
  readonly domain: string;
  /** The account's name as it is compared, or `null` when none can be called that. */
  prepare(name: string): string | null;
  /** What proves the user's password; `null` when there is no such user. */
  verifier(user: string, hash: ScramHash): Promise<Verifier | null>;
  /** Whether this is the user's password. */
  accepts(user: string, password: string): Promise<boolean>;
}

/** What follows from a message of the client. */
export type SaslStep =
  | { readonly type: 'challenge'; readonly data: string }
  | { readonly type: 'success'; readonly user: string; readonly data: string };

/** One attempt to log in. */
export interface SaslExchange {
  /** Answers the client's next message. Rejects with a SaslError. */
  next(message: string): Promise<SaslStep>;
}

/** Where the attempts get what is not pure. */
export interface SaslContext {
  readonly directory: Directory;
  /** Random octets. */
  readonly random: (bytes: number) => Buffer;
}

/** The answer to whoever does not know user name and password. */
export function wrongPassword(): SaslError {
  return new SaslError('not-authorized', 'User name or password is wrong.');
}

/** Refuses to act for somebody else: an authorization identity must be empty or the user's own. */
export function checkAuthorizationIdentity(authzid: string, user: string, domain: string): void {
  if (authzid === '' || authzid === user || authzid.toLowerCase() === `${user}@${domain}`) return;
  throw new SaslError('invalid-authzid', 'You may act for yourself only.');
}
