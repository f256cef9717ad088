import { formatEndpoint } from '#protocol/address.ts';
import type { Gateway } from './gateway/gateway.ts';
import { listenTogether, type Opener } from './ports.ts';
import type { Journal } from './wire/journal.ts';
import { serveTcp } from './wire/serve-tcp.ts';

/** The page's web server, listening. */
export interface HostedPage {
  readonly url: string;
  readonly port: number;
  readonly moved: boolean;
  close(): Promise<void>;
}

/** Demo id under which the journal keeps the page's own connections. */
const PAGE_ID = 'page';

/** Listening there is listening everywhere; not every system can connect to them. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Listens for the page on every host. Its connections are journalled like any other, up to a WebSocket's 101. */
export async function hostPage(options: {
  readonly journal: Journal;
  readonly hosts: readonly string[];
  readonly gateway: Gateway;
  readonly wish: { readonly port: number; readonly named: boolean };
  /** The address that the user named; `null`: none. */
  readonly host: string | null;
}): Promise<HostedPage> {
  const { journal, hosts, gateway, wish, host } = options;
  const openers = hosts.map(
    (host): Opener<{ close(): Promise<void> }> =>
      async (port) => {
        const listening = await serveTcp({
          journal,
          demo: PAGE_ID,
          host,
          port,
          connection: (tap) => gateway.connection(tap),
        });
        return { port: listening.endpoint.port, value: listening, close: () => listening.close() };
      },
  );
  const { port, opened, moved } = await listenTogether(openers, { ...wish, what: 'the page', option: '--port' });
  return {
    url: `http://${formatEndpoint({ address: isOneAddress(host) ? host : 'localhost', port })}`,
    port,
    moved,
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}

function isOneAddress(host: string | null): host is string {
  return host !== null && !EVERY_ADDRESS.has(host);
}
