import { isIPv4 } from 'node:net';
import { MAX_RELAYS, noFaults, type Relay, type RelayFaults, type RelayRequest } from '#protocol/relay.ts';
import type { Endpoint } from '#protocol/wire.ts';
import type { Journal } from '../journal.ts';
import { type Listening, serveTcp } from '../serve-tcp.ts';
import { serveUdp } from '../serve-udp.ts';
import { MAX_RELAYED_CONNECTIONS } from './limits.ts';
import { RelayState } from './relay-state.ts';
import { type Targets, TcpRelay, type TcpRelayFaults } from './tcp-relay.ts';
import { type RelayTimer, systemTimer } from './timer.ts';
import { UdpRelay, type UdpRelayFaults } from './udp-relay.ts';

/** What relays are handed from outside. */
export interface RelaysOptions {
  readonly journal: Journal;
  /** Addresses to listen on. */
  readonly hosts: readonly string[];
  /** All addresses of a name. */
  readonly lookup: (name: string) => Promise<readonly string[]>;
  /** Whether a target may be reached, and why not. */
  readonly mayReach: (address: string, port: number) => { allowed: true } | { allowed: false; reason: string };
  /** Ports that no relay may lead to: the page's own, for the journal would record its own delivery. */
  readonly isPagePort: (port: number) => boolean;
  /** Told which ports have begun or ceased to be ours. */
  readonly ports: { add(port: number): unknown; delete(port: number): unknown };
  /** Listens on one port on all hosts. */
  readonly listen: (
    open: (host: string, port: number) => Promise<Listening>,
    port: number,
  ) => Promise<readonly Listening[]>;
  readonly randomSeed: () => number;
  readonly timer?: RelayTimer;
}

/** Why a relay can't be made; `code` is kebab-case, the message says what to do. */
class RelayError extends Error {
  readonly code:
    | 'too-many-relays'
    | 'unknown-target'
    | 'not-allowed'
    | 'leads-to-page'
    | 'leads-to-relay'
    | 'wrong-transport';

  constructor(code: RelayError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Demo id that the journal writes beside relayed conversations. */
const RELAY_DEMO = 'relay';

interface Running {
  describe(): Relay;
  setFaults(faults: RelayFaults): void;
  close(): Promise<void>;
}

/** Every relay of the playground. */
export class Relays {
  readonly #options: RelaysOptions;
  readonly #running = new Map<number, Running>();
  #lastId = 0;

  constructor(options: RelaysOptions) {
    this.#options = options;
  }

  list(): Relay[] {
    return [...this.#running.values()].map((relay) => relay.describe());
  }

  /** Starts one. Rejects with a RelayError, or with what the system says of the port. */
  async add(request: RelayRequest): Promise<Relay> {
    if (this.#running.size >= MAX_RELAYS)
      throw new RelayError('too-many-relays', `${MAX_RELAYS} relays run already. Stop one first.`);
    if (request.faults && request.faults.transport !== request.transport)
      throw new RelayError(
        'wrong-transport',
        `These faults are for ${request.faults.transport}, not ${request.transport}.`,
      );
    if (request.port === request.target.port)
      throw new RelayError(
        'leads-to-relay',
        'A relay cannot listen on the port that it leads to. Choose another, or 0.',
      );
    const targets = await this.#find(request.target.host, request.target.port);
    this.#lastId += 1;
    const running = await this.#start({ id: this.#lastId, request, targets });
    const relay = running.describe();
    this.#running.set(relay.id, running);
    return relay;
  }

  /** Switches faults while connections run. `null`: there is no such relay. */
  setFaults(id: number, faults: RelayFaults): Relay | null {
    const running = this.#running.get(id);
    if (!running) return null;
    running.setFaults(faults);
    return running.describe();
  }

  /** Stops one and ends its connections; false when there is none. */
  async remove(id: number): Promise<boolean> {
    const running = this.#running.get(id);
    this.#running.delete(id);
    await running?.close();
    return running !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.remove(id)));
  }

  /** The addresses of the target that may be reached: they are connected to as they are, and never looked up again. */
  async #find(host: string, port: number): Promise<Targets> {
    if (this.#options.isPagePort(port))
      throw new RelayError('leads-to-page', 'That is the port of this page: its own traffic would fill the journal.');
    if (this.#isRelayPort(port))
      throw new RelayError('leads-to-relay', 'Another relay listens there: relays that lead to each other never end.');
    const addresses = await this.#options.lookup(host).catch(() => []);
    let refusal = '';
    const targets: Endpoint[] = [];
    for (const address of addresses) {
      const verdict = this.#options.mayReach(address, port);
      if (verdict.allowed) targets.push({ address, port });
      else refusal = verdict.reason;
    }
    const [first, ...more] = targets;
    if (first) return [first, ...more];
    if (refusal) throw new RelayError('not-allowed', refusal);
    throw new RelayError('unknown-target', `No address was found for ${host}. Is the name spelt right?`);
  }

  #isRelayPort(port: number): boolean {
    return this.list().some(({ listens }) => listens.some((endpoint) => endpoint.port === port));
  }

  #start(common: Common): Promise<Running> {
    const { request } = common;
    const { randomSeed, timer = systemTimer } = this.#options;
    const seed = request.seed ?? randomSeed();
    const faults = request.faults ?? noFaults(request.transport);
    return faults.transport === 'tcp'
      ? this.#startTcp(common, new RelayState(seed, timer, faults))
      : this.#startUdp(common, new RelayState(seed, timer, faults));
  }

  async #startTcp(common: Common, state: RelayState<TcpRelayFaults>): Promise<Running> {
    const relay = new TcpRelay(common.targets, state);
    const { journal, listen } = this.#options;
    const open = (host: string, port: number): Promise<Listening> =>
      serveTcp({
        journal,
        demo: RELAY_DEMO,
        host,
        port,
        maxConnections: MAX_RELAYED_CONNECTIONS,
        connection: (tap) => relay.serve(tap),
      });
    return this.#opened(common, state, await listen(open, common.request.port), {
      target: () => relay.target,
      setFaults: (faults) => {
        if (faults.transport !== 'tcp') throw wrongTransport('tcp', faults);
        state.faults = faults;
        relay.faultsChanged();
      },
      close: () => {},
    });
  }

  async #startUdp(common: Common, state: RelayState<UdpRelayFaults>): Promise<Running> {
    // Nobody says whether a datagram has arrived: of a name with both families, the one that most programs listen on.
    const target = common.targets.find(({ address }) => isIPv4(address)) ?? common.targets[0];
    const relay = new UdpRelay(target, state);
    const { journal, listen } = this.#options;
    const open = (host: string, port: number): Promise<Listening> =>
      serveUdp({
        journal,
        demo: RELAY_DEMO,
        host,
        port,
        isOwnPort: () => false,
        datagram: (datagram) => relay.serve(datagram),
      });
    return this.#opened(common, state, await listen(open, common.request.port), {
      target: () => target,
      setFaults: (faults) => {
        if (faults.transport !== 'udp') throw wrongTransport('udp', faults);
        state.faults = faults;
      },
      close: () => relay.close(),
    });
  }

  #opened(
    common: Common,
    state: RelayState<RelayFaults>,
    listening: readonly Listening[],
    { target, setFaults, close }: { target(): Endpoint; setFaults(faults: RelayFaults): void; close(): void },
  ): Running {
    const { ports } = this.#options;
    const port = listening[0]?.endpoint.port ?? 0;
    ports.add(port);
    return {
      setFaults,
      describe: () => describe(common, target(), state, listening),
      close: async () => {
        close();
        await Promise.all(listening.map((one) => one.close()));
        ports.delete(port);
      },
    };
  }
}

/** What a relay of either transport is told. */
interface Common {
  readonly id: number;
  readonly request: RelayRequest;
  readonly targets: Targets;
}

function wrongTransport(ours: string, { transport }: RelayFaults): RelayError {
  return new RelayError('wrong-transport', `This relay carries ${ours}; these faults are for ${transport}.`);
}

function describe(
  { id, request }: Common,
  target: Endpoint,
  state: Readonly<RelayState<RelayFaults>>,
  listening: readonly Listening[],
): Relay {
  const { seed, faults, live, total, failed, lastFailure, toServer, toClient } = state;
  return {
    id,
    transport: request.transport,
    listens: listening.map(({ endpoint }) => endpoint),
    targetName: request.target.host,
    target,
    seed,
    faults,
    live,
    total,
    failed,
    lastFailure,
    toServer: toServer.snapshot(),
    toClient: toClient.snapshot(),
  };
}
