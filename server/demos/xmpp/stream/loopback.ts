import { plainAddress } from '#protocol/address.ts';

/** Whether an address is this machine's own (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3): nobody else can read on the way. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || plain.startsWith('127.');
}
