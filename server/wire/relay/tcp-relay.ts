import { connect, isIPv6, type LookupFunction, type Socket } from 'node:net';
import type { RelayFaults } from '#protocol/relay.ts';
import type { Endpoint } from '#protocol/wire.ts';
import { codeOf, type Tap } from '../tap.ts';
import { CONNECT_TIMEOUT_MS } from './limits.ts';
import type { RelayState } from './relay-state.ts';
import { StreamPump } from './stream-pump.ts';

/** The two directions of a connection that its target has taken. */
interface Joined {
  readonly there: StreamPump;
  readonly back: StreamPump;
}

/** The addresses of one target, on one port, in the order in which they are tried. */
export type Targets = readonly [Endpoint, ...Endpoint[]];

/** The faults of both directions of a TCP relay. */
export type TcpRelayFaults = Extract<RelayFaults, { transport: 'tcp' }>;

/** The errno names that a target's refusal is told apart by, and the reason that the journal writes. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'target-refused',
  ETIMEDOUT: 'target-timed-out',
  ECONNRESET: 'target-reset',
};

/** Carries TCP connections to one target: half-close, resets and backpressure go through as they come. */
export class TcpRelay {
  #targets: Targets;
  readonly #state: RelayState<TcpRelayFaults>;
  readonly #pumps = new Set<StreamPump>();

  constructor(targets: Targets, state: RelayState<TcpRelayFaults>) {
    this.#targets = targets;
    this.#state = state;
  }

  /** Where the last connection led, or the next one is tried first. */
  get target(): Endpoint {
    return this.#targets[0];
  }

  /** Serves one accepted connection: it is not read from before the target has answered. */
  serve(tap: Tap): void {
    const dice = this.#state.begin();
    const { port } = this.target;
    // The name is never looked up: what follows it are the addresses that may be reached.
    const ways = { host: 'target', port, lookup: this.#addresses, autoSelectFamily: true };
    const upstream = connect({ ...ways, allowHalfOpen: true, noDelay: true });
    const timeout = setTimeout(() => upstream.destroy(timedOut()), CONNECT_TIMEOUT_MS);
    let joined: Joined | null = null;
    upstream.once('connect', () => {
      clearTimeout(timeout);
      this.#reached(upstream.remoteAddress);
      joined = this.#join(tap, upstream, dice);
    });
    upstream.once('error', (error) => this.#lost(tap, codeOf(error), joined !== null));
    upstream.once('close', (hadError) => {
      clearTimeout(timeout);
      this.#drop(joined?.there);
      // What the target has sent may still be on its way to the client.
      if (hadError || !joined?.back.carrying) this.#drop(joined?.back);
    });
    tap.once('close', () => {
      this.#state.end();
      this.#drop(joined?.back);
      const finished = tap.readableEnded && tap.writableFinished;
      if (finished && joined?.there.carrying) return;
      this.#drop(joined?.there);
      // A FIN has been passed on; whatever else ended the client's connection is passed on as a RST.
      if (finished && joined && !joined.there.isCut) upstream.destroySoon();
      else if (upstream.connecting) upstream.destroy();
      else upstream.resetAndDestroy();
    });
  }

  /** Tells every connection that the faults have changed. */
  faultsChanged(): void {
    for (const pump of this.#pumps) pump.faultsChanged();
  }

  readonly #addresses: LookupFunction = (_name, _options, callback) => {
    callback(
      null,
      this.#targets.map(({ address }) => ({ address, family: isIPv6(address) ? 6 : 4 })),
    );
  };

  /** Of `localhost`'s two addresses a server often has one: the next connection goes there at once. */
  #reached(address: string | undefined): void {
    const reached = this.#targets.find((target) => target.address === address);
    if (reached) this.#targets = [reached, ...this.#targets.filter((target) => target !== reached)];
  }

  #join(tap: Tap, upstream: Socket, dice: ReturnType<RelayState<TcpRelayFaults>['begin']>): Joined {
    const { timer, toServer, toClient } = this.#state;
    const reset = (): void => {
      tap.reset('relay-reset');
      upstream.resetAndDestroy();
    };
    const there = new StreamPump({
      source: tap,
      sink: upstream,
      faults: () => this.#state.faults.toServer,
      dice: dice.toServer,
      timer,
      counts: toServer,
      reset,
    });
    const back = new StreamPump({
      source: upstream,
      sink: tap,
      faults: () => this.#state.faults.toClient,
      dice: dice.toClient,
      timer,
      counts: toClient,
      reset,
    });
    this.#pumps.add(there).add(back);
    there.faultsChanged();
    back.faultsChanged();
    return { there, back };
  }

  #drop(pump: StreamPump | undefined): void {
    if (!pump) return;
    pump.stop();
    this.#pumps.delete(pump);
  }

  #lost(tap: Tap, code: string, joined: boolean): void {
    if (!joined) this.#state.fail(code);
    tap.reset(REASONS[code] ?? (joined ? 'target-failed' : 'target-unreachable'));
  }
}

function timedOut(): Error {
  return Object.assign(new Error('the target did not answer'), { code: 'ETIMEDOUT' });
}
