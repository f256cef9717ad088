import { MAX_WATCHED_PORTS } from '#protocol/capture.ts';
import type { WireRequest } from '#protocol/wire-messages.ts';

/** What the server does only while somebody looks: polling the socket table, capturing packets. */
export class WireWatches {
  readonly #send: (request: WireRequest) => void;
  readonly #socketsUnwatched: () => void;
  #sockets = 0;
  #packets = 0;
  readonly #namedPorts = new Set<readonly number[]>();

  /** @param socketsUnwatched the last one who looked at the socket table is gone */
  constructor(send: (request: WireRequest) => void, socketsUnwatched: () => void) {
    this.#send = send;
    this.#socketsUnwatched = socketsUnwatched;
  }

  /** Whether anybody looks at the socket table. */
  get watchesSockets(): boolean {
    return this.#sockets > 0;
  }

  /** Has the socket table polled until what it answers is called. */
  sockets(): () => void {
    this.#sockets += 1;
    if (this.#sockets === 1) this.#send({ type: 'watch-sockets', on: true });
    return once(() => {
      this.#sockets -= 1;
      if (this.#sockets > 0) return;
      this.#send({ type: 'watch-sockets', on: false });
      this.#socketsUnwatched();
    });
  }

  /** Has packets captured until what it answers is called. */
  packets(): () => void {
    this.#packets += 1;
    this.#askForPackets();
    return once(() => {
      this.#packets -= 1;
      this.#askForPackets();
    });
  }

  /** Names ports to capture whenever packets are watched, until what it answers is called. */
  namePorts(ports: readonly number[]): () => void {
    const named = [...ports];
    this.#namedPorts.add(named);
    if (this.#packets > 0) this.#askForPackets();
    return once(() => {
      this.#namedPorts.delete(named);
      if (this.#packets > 0) this.#askForPackets();
    });
  }

  /** Asks again for everything, on a new connection. */
  askAgain(): void {
    if (this.watchesSockets) this.#send({ type: 'watch-sockets', on: true });
    if (this.#packets > 0) this.#askForPackets();
  }

  #askForPackets(): void {
    const ports = [...new Set([...this.#namedPorts].flat())].slice(0, MAX_WATCHED_PORTS);
    this.#send({ type: 'watch-packets', on: this.#packets > 0, ports });
  }
}

/** Calling it twice is harmless. */
function once(end: () => void): () => void {
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    end();
  };
}
