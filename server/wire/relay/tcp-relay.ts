import { connect, type Socket } from 'node:net';
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

export type TcpRelayFaults = Extract<RelayFaults, { transport: 'tcp' }>;

/** The errno names that a target's refusal is told apart by, and the reason that the journal writes. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'target-refused',
  ETIMEDOUT: 'target-timed-out',
  ECONNRESET: 'target-reset',
};

/** Carries TCP connections to one target: half-close, resets and backpressure go through as they come. */
export class TcpRelay {
  readonly #target: Endpoint;
  readonly #state: RelayState<TcpRelayFaults>;
  readonly #pumps = new Set<StreamPump>();

  constructor(target: Endpoint, state: RelayState<TcpRelayFaults>) {
    this.#target = target;
    this.#state = state;
  }

  /** Serves one accepted connection: it is not read from before the target has answered. */
  serve(tap: Tap): void {
    const dice = this.#state.begin();
    const { address: host, port } = this.#target;
    const upstream = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const timeout = setTimeout(() => upstream.destroy(timedOut()), CONNECT_TIMEOUT_MS);
    let joined: Joined | null = null;
    upstream.once('connect', () => {
      clearTimeout(timeout);
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
