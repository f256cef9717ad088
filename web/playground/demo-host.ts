import type { DemoOffer } from './demo-groups.ts';

const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const IPV4_LOOPBACK = '127.0.0.1';

/**
 * The host to write into a command. A demo on every address is reached as the page was (`pageHost`). TCP on loopback
 * is `localhost`: clients try both families. UDP gets a literal address, because there nobody says no.
 */
export function hostFor(offer: DemoOffer, pageHost: string): string {
  const [first = IPV4_LOOPBACK] = offer.hosts;
  if (offer.hosts.some((host) => WILDCARDS.has(host))) return withoutBrackets(pageHost);
  if (!offer.hosts.includes(IPV4_LOOPBACK)) return first;
  return offer.transport === 'tcp' ? 'localhost' : IPV4_LOOPBACK;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
