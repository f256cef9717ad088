/** Getting one port number on several addresses and transports at once. */
import { networkInterfaces } from 'node:os';

/** The port asked for; 0 is an ephemeral one. A `named` one is had or it is an error. */
export interface PortWish {
  readonly port: number;
  readonly named: boolean;
  /** It is kept for something else, so that an ephemeral one is taken at once. Default false. */
  readonly isKept?: boolean;
  /** What listens, for the error message. */
  readonly what: string;
  /** Option that names another port, for the error message. */
  readonly option: string;
}

/** Opens one socket on a port (0: any) and says which it got. */
export type Opener<T> = (port: number) => Promise<{ port: number; value: T; close(): Promise<void> }>;

/** A port that the user named can't be had. */
export class PortTakenError extends Error {
  readonly code = 'port-taken';
}

/** The address to listen on is none of this machine's. */
class NoSuchAddressError extends Error {
  readonly code = 'no-such-address';
}

/** Ephemeral ports tried before giving up: each may be free for one transport and taken for another. */
const MAX_TRIES = 20;

/** Addresses of this machine that an error names at the most. */
const MAX_NAMED_ADDRESSES = 8;

/**
 * Opens all openers on one port number. A port that is taken: an ephemeral one instead, unless the user named it.
 * Throws a PortTakenError, a NoSuchAddressError, or what the system said when it was something else.
 */
export async function listenTogether<T>(
  openers: readonly Opener<T>[],
  wish: PortWish,
): Promise<{ port: number; opened: T[]; moved: boolean }> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const opened = await tryPort(openers, attempt === 0 && !wish.isKept ? wish.port : 0);
    if (opened) return { ...opened, moved: wish.port !== 0 && opened.port !== wish.port };
    if (wish.named && wish.port !== 0) throw taken(wish);
  }
  throw new Error(`no port was free on all addresses for ${wish.what}, in ${MAX_TRIES} tries`);
}

async function tryPort<T>(
  openers: readonly Opener<T>[],
  wanted: number,
): Promise<{ port: number; opened: T[] } | null> {
  const done: Awaited<ReturnType<Opener<T>>>[] = [];
  let port = wanted;
  try {
    for (const open of openers) {
      const one = await open(port);
      done.push(one);
      port = one.port;
    }
  } catch (error) {
    await Promise.all(done.map((one) => one.close()));
    if (isTaken(error)) return null;
    throw codeOf(error) === 'EADDRNOTAVAIL' ? noSuchAddress(error) : error;
  }
  return { port, opened: done.map((one) => one.value) };
}

/** In use, or (EACCES) kept back by the system, as Windows does with ranges of ports. */
function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EADDRINUSE' || code === 'EACCES';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function noSuchAddress(error: unknown): NoSuchAddressError {
  const address = error instanceof Error && 'address' in error ? String(error.address) : 'The address';
  return new NoSuchAddressError(
    `${address} is no address of this machine. Leave --host out to listen on loopback, or name one that it has: ${ownAddresses()}.`,
    { cause: error },
  );
}

/** Those of this machine, but not those that are good on one link only, which need more than an address. */
function ownAddresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((of) => of ?? []);
  const named = all.filter(({ scopeid }) => !scopeid).map(({ address }) => address);
  return named.slice(0, MAX_NAMED_ADDRESSES).join(', ');
}

function taken({ what, port, option }: PortWish): PortTakenError {
  return new PortTakenError(
    `Port ${port}, which you named for ${what}, is taken or not allowed. Stop what listens there, name another with ${option}, or leave the option out.`,
  );
}
