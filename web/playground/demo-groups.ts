import type { DemoAddress } from '#protocol/demos.ts';
import type { Transport } from '#protocol/wire.ts';

/** One demo on one port of one transport, on every address it listens on. */
export interface DemoOffer {
  readonly transport: Transport;
  readonly port: number;
  readonly hosts: readonly string[];
}

/** Everything that one demo listens on. */
export interface DemoGroup {
  readonly id: string;
  readonly offers: readonly DemoOffer[];
}

/** Groups addresses by demo, then by transport and port, in the order in which they come; TCP before UDP. */
export function groupDemos(addresses: readonly DemoAddress[]): DemoGroup[] {
  const groups = new Map<string, Map<string, DemoOffer>>();
  for (const { id, transport, host, port } of addresses) {
    const offers = groups.get(id) ?? new Map<string, DemoOffer>();
    const key = `${transport}:${port}`;
    const hosts = [...(offers.get(key)?.hosts ?? []), host];
    groups.set(id, offers.set(key, { transport, port, hosts }));
  }
  return [...groups].map(([id, offers]) => ({ id, offers: [...offers.values()].sort(tcpFirst) }));
}

function tcpFirst(a: DemoOffer, b: DemoOffer): number {
  return a.transport.localeCompare(b.transport);
}
