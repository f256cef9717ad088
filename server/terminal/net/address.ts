import { isIP, isIPv6 } from 'node:net';
import type { TerminalEffects } from '../effects.ts';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An address without the IPv4-mapped form (RFC 4291 §2.5.5.2), so that a rule for IPv4 cannot be slipped past. */
export function plainAddress(address: string): string {
  return MAPPED.exec(address)?.[1] ?? address;
}

/** 4 or 6; 0 for what is no address. */
export function familyOf(address: string): 0 | 4 | 6 {
  const family = isIP(address);
  return family === 4 || family === 6 ? family : 0;
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3) or ::1 (RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || (familyOf(plain) === 4 && plain.startsWith('127.'));
}

/** Whether an interface of this machine has the address. */
export function isOfThisMachine(address: string, effects: TerminalEffects): boolean {
  if (isLoopback(address)) return true;
  return Object.values(effects.interfaces()).some((all) => all?.some((one) => one.address === plainAddress(address)));
}

/** `address:port` as people and URLs write it: IPv6 in brackets. */
export function withPort(address: string, port: number | string): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
