import type { Endpoint } from './wire.ts';

/** An address without the IPv4-mapped form of RFC 4291 §2.5.5.2: `::ffff:127.0.0.1` is 127.0.0.1. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** One end of a socket, from what the system tells of it; unknown parts are '' and 0. */
export function endpoint(address: string | undefined, port: number | undefined): Endpoint {
  return { address: plainAddress(address ?? ''), port: port ?? 0 };
}

/** The address that a listening socket has got. Throws a TypeError when it listens on a path or not at all. */
export function boundEndpoint(bound: string | { address: string; port: number } | null): Endpoint {
  if (bound === null || typeof bound === 'string') throw new TypeError('not bound to an IP address and port');
  return endpoint(bound.address, bound.port);
}

/** `127.0.0.1:7007`, `[::1]:7007` (RFC 3986 §3.2.2). */
export function formatEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether two ends are the same. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.address === b.address;
}
