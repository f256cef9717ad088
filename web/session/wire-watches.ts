import { MAX_WATCHED_PORTS } from '#protocol/capture.ts';
import type { WireRequest } from '#protocol/wire-messages.ts';

/** What the server does only while somebody looks: polling the socket table, capturing packets. */
export class WireWatches {
  readonly #send: (request: WireRequest) => void;
  readonly #socketsUnwatched: () => void;
  #sockets = 0;
  #packets = 0;
  #interface: string | null = null;
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
    if (this.#sockets === 1) this.#askForSockets();
    return once(() => {
      this.#sockets -= 1;
      if (this.#sockets > 0) return;
      this.#askForSockets();
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

  /** Names ports to capture, and to look for in the socket table, whenever those are watched, until what it answers is called. */
  namePorts(ports: readonly number[]): () => void {
    const named = [...ports];
    this.#namedPorts.add(named);
    this.askAgain();
    return once(() => {
      this.#namedPorts.delete(named);
      this.askAgain();
    });
  }

  /** Has one more interface captured whenever packets are watched, or none (`null`). */
  chooseInterface(name: string | null): void {
    this.#interface = name;
    if (this.#packets > 0) this.#askForPackets();
  }

  /** Asks for everything that is watched, on a new connection or because it changed. */
  askAgain(): void {
    if (this.watchesSockets) this.#askForSockets();
    if (this.#packets > 0) this.#askForPackets();
  }

  #askForPackets(): void {
    this.#send({ type: 'watch-packets', on: this.#packets > 0, ports: this.#ports(), interface: this.#interface });
  }

  #askForSockets(): void {
    this.#send({ type: 'watch-sockets', on: this.watchesSockets, ports: this.#ports() });
  }

  #ports(): number[] {
    return [...new Set([...this.#namedPorts].flat())].slice(0, MAX_WATCHED_PORTS);
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
