import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** One address of a name, as the resolver ordered them. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** One address of an interface, as `os.networkInterfaces()` gives it. */
export type InterfaceAddress = NonNullable<ReturnType<typeof networkInterfaces>[string]>[number];

/** Interfaces of this machine that have addresses: name → addresses. */
export type Interfaces = Readonly<Record<string, readonly InterfaceAddress[] | undefined>>;

/** What the terminal takes from outside besides its host, handed in so that tests can hold it still. */
export interface TerminalEffects {
  /** All addresses of a name, in the system's order. Rejects with `code` ENOTFOUND, EAI_AGAIN, … */
  lookup(name: string, family: 0 | 4 | 6): Promise<readonly ResolvedAddress[]>;
  interfaces(): Interfaces;
  /** Calls `fire` once after `delayMs`; returns what cancels it. */
  timer(delayMs: number, fire: () => void): () => void;
  /** A name for a session that nobody can guess. */
  sessionId(): string;
}

/** The real thing. */
export const systemEffects: TerminalEffects = {
  lookup: (name, family) => lookup(name, { all: true, family, verbatim: true }),
  interfaces: networkInterfaces,
  timer(delayMs, fire) {
    const handle = setTimeout(fire, delayMs);
    return () => clearTimeout(handle);
  },
  sessionId: randomUUID,
};
