import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { listenTogether, type Opener, PortTakenError } from './ports.ts';
import type { Verdict } from './reach.ts';
import type { Journal } from './wire/journal.ts';
import { Relays } from './wire/relay/relays.ts';
import type { Listening } from './wire/serve-tcp.ts';

/** What relays need of the playground. */
export interface RelayHostOptions {
  readonly journal: Journal;
  readonly hosts: readonly string[];
  readonly mayReach: (address: string, port: number) => Verdict;
  readonly isPagePort: (port: number) => boolean;
  /** Our ports; those of relays come and go. */
  readonly ports: Set<number>;
}

/** The relays of a playground; none runs yet. */
export function hostRelays(options: RelayHostOptions): Relays {
  return new Relays({
    ...options,
    lookup: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
    listen: (open, port) => listenOn(options.hosts, open, port),
    randomSeed: () => randomInt(2 ** 32),
  });
}

async function listenOn(
  hosts: readonly string[],
  open: (host: string, port: number) => Promise<Listening>,
  wanted: number,
): Promise<readonly Listening[]> {
  const openers = hosts.map(
    (host): Opener<Listening> =>
      async (port) => {
        const listening = await open(host, port);
        return { port: listening.endpoint.port, value: listening, close: () => listening.close() };
      },
  );
  try {
    const wish = { port: wanted, named: wanted !== 0, what: 'the relay', option: '0' };
    return (await listenTogether(openers, wish)).opened;
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    throw new PortTakenError(
      `Port ${wanted} is taken or not allowed. Stop what listens there, choose another, or 0 for any that is free.`,
    );
  }
}
