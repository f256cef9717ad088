/** What the command line says when the playground is ready. Pure. */
import { formatEndpoint } from '#protocol/address.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Relay } from '#protocol/relay.ts';

/** What is there to announce. */
export interface Ready {
  readonly url: string;
  readonly demos: readonly DemoAddress[];
  readonly relays: readonly Relay[];
}

/** The line of `--json`; relays are named only where there are some. */
export function readyLine({ url, demos, relays }: Ready): string {
  const ready = { ready: true, url, demos, ...(relays.length > 0 && { relays: relays.map(relayLine) }) };
  return `${JSON.stringify(ready)}\n`;
}

/** The same for people, with the SHA-256 of the certificate for those who want to compare. */
export function announcement({ url, demos, relays }: Ready, fingerprint: string): string {
  const rows = [
    ...demos.map(({ id, transport, host, port }) => [id, transport, formatEndpoint({ address: host, port })] as const),
    ...relays.flatMap(({ transport, listens, target }) =>
      listens.map((end) => ['relay', transport, `${formatEndpoint(end)} → ${formatEndpoint(target)}`] as const),
    ),
  ];
  const width = Math.max(...rows.map(([id]) => id.length));
  const lines = rows.map(([id, transport, where]) => `  ${id.padEnd(width)}  ${transport}  ${where}`);
  return `\n  Porthole is open: ${url}\n\n${lines.join('\n')}\n\n  SHA-256 of the certificate: ${fingerprint}\n\n  Ctrl-C stops it.\n`;
}

function relayLine({ id, transport, listens, target }: Relay) {
  return { id, transport, listens, target };
}
