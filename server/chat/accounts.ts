import { MAX_ACCOUNTS } from './limits.ts';
import { nameKey } from './name.ts';
import { deriveVerifier, isPasswordOf, type ScramHash, type Verifier } from './verifier.ts';

/** Why there is no new account. */
export type AccountRefusal = 'bad-name' | 'name-taken' | 'too-many-accounts' | 'bad-password';

/** Longest password, in UTF-16 units. */
const MAX_PASSWORD_CHARS = 256;

/** The accounts that every playground has, and their password. Public: they are there to be used. */
export const DEMO_USERS = ['alice', 'bob', 'carol'] as const;
export const DEMO_PASSWORD = 'porthole';

interface Account {
  /** `null`: a password does not open it, see `Accounts.ensure`. */
  readonly verifiers: { readonly [hash in ScramHash]: () => Promise<Verifier> } | null;
}

/**
 * Who has an account. Kept in memory; of passwords only the salted verifiers of SCRAM (RFC 5802 §3) are, except for
 * the demo accounts, whose verifiers are made when somebody first asks for one.
 */
export class Accounts {
  readonly #accounts = new Map<string, Account>();
  readonly #random: (bytes: number) => Buffer;

  /** @param random random octets, for salts. */
  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
    for (const name of DEMO_USERS) this.#accounts.set(name, { verifiers: this.#lazily(DEMO_PASSWORD) });
  }

  has(name: string): boolean {
    return this.#accounts.has(name);
  }

  names(): string[] {
    return [...this.#accounts.keys()];
  }

  /** Makes an account; answers its name, by which the core knows it, or why not. */
  async register(
    name: string,
    password: string,
  ): Promise<{ readonly name: string } | { readonly refused: AccountRefusal }> {
    const key = nameKey(name);
    const refused = this.#refusal(key);
    if (refused || key === null) return { refused: refused ?? 'bad-name' };
    const verifiers = await this.#derive(password);
    if (!verifiers) return { refused: 'bad-password' };
    // Somebody else may have taken the name meanwhile.
    const late = this.#refusal(key);
    if (late) return { refused: late };
    this.#accounts.set(key, { verifiers });
    return { name: key };
  }

  /** Makes an account that no password opens, unless it is there; `false` when there can't be one. For tests only. */
  ensure(name: string): boolean {
    if (this.#accounts.has(name)) return true;
    if (nameKey(name) !== name || this.#accounts.size >= MAX_ACCOUNTS) return false;
    this.#accounts.set(name, { verifiers: null });
    return true;
  }

  /** Changes a password; `false` when there is no such account or the password can't be one. */
  async setPassword(name: string, password: string): Promise<boolean> {
    const verifiers = this.#accounts.has(name) ? await this.#derive(password) : null;
    if (!verifiers || !this.#accounts.has(name)) return false;
    this.#accounts.set(name, { verifiers });
    return true;
  }

  /** Forgets an account; the demo accounts stay. */
  remove(name: string): boolean {
    return !isDemoUser(name) && this.#accounts.delete(name);
  }

  /** What a server needs to know for SCRAM; `null` when there is no such account, or no password opens it. */
  async verifier(name: string, hash: ScramHash): Promise<Verifier | null> {
    return (await this.#accounts.get(name)?.verifiers?.[hash]()) ?? null;
  }

  /** Whether this is the account's password. Takes as long for an account that is not there. */
  async accepts(name: string, password: string): Promise<boolean> {
    if (password.length > MAX_PASSWORD_CHARS) return false;
    const known = await this.verifier(name, 'sha256');
    if (known) return isPasswordOf(known, password, 'sha256');
    await deriveVerifier(password, this.#random(16), 'sha256');
    return false;
  }

  #refusal(key: string | null): AccountRefusal | null {
    if (key === null) return 'bad-name';
    if (this.#accounts.has(key)) return 'name-taken';
    return this.#accounts.size >= MAX_ACCOUNTS ? 'too-many-accounts' : null;
  }

  async #derive(password: string): Promise<Account['verifiers']> {
    if (password === '' || password.length > MAX_PASSWORD_CHARS) return null;
    const made = await Promise.all(
      (['sha1', 'sha256'] as const).map((hash) => deriveVerifier(password, this.#random(16), hash)),
    );
    const [sha1, sha256] = made;
    return sha1 && sha256 ? { sha1: () => Promise.resolve(sha1), sha256: () => Promise.resolve(sha256) } : null;
  }

  #lazily(password: string): NonNullable<Account['verifiers']> {
    const made = new Map<ScramHash, Promise<Verifier>>();
    const make = async (hash: ScramHash): Promise<Verifier> => {
      const verifier = await deriveVerifier(password, this.#random(16), hash);
      if (!verifier) throw new Error('a demo password must be one');
      return verifier;
    };
    const once = (hash: ScramHash): Promise<Verifier> => {
      const known = made.get(hash) ?? make(hash);
      made.set(hash, known);
      return known;
    };
    return { sha1: () => once('sha1'), sha256: () => once('sha256') };
  }
}

function isDemoUser(name: string): boolean {
  return DEMO_USERS.some((user) => user === name);
}
