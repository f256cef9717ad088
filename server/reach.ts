import { BlockList, isIPv6 } from 'node:net';
import type { DemoAddress } from '#protocol/demos.ts';

/** Whether the terminal may reach an address, and why not. */
export type Verdict = { allowed: true } | { allowed: false; reason: string };

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * The rule for the terminal's targets: loopback and our own demos; more only with `--allow`. The terminal asks with
 * the IP address it is about to connect to, never with a name that could resolve to something else a moment later.
 * @param allow `host port` pairs, as config.ts makes them.
 */
export function reachOf(
  allow: ReadonlySet<string>,
  demos: () => readonly DemoAddress[],
): (address: string, port: number) => Verdict {
  return (address, port) => {
    const isDemo = demos().some((demo) => demo.host === address && demo.port === port);
    if (isDemo || allow.has(`${address} ${port}`) || isLoopback(address)) return { allowed: true };
    return { allowed: false, reason: refusal(address, port) };
  };
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function refusal(address: string, port: number): string {
  const target = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
  return `${target} is not on this machine, and the terminal stays on it unless told otherwise: start Porthole with --allow ${target}`;
}
