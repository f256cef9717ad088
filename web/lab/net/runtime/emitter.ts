/** Node's EventEmitter, as far as sockets use it. https://nodejs.org/api/events.html */

// biome-ignore lint/suspicious/noExplicitAny: a listener takes what its event brings, as in Node
export type Listener = (...args: any[]) => void;

/** What sockets and servers inherit. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    if (typeof listener !== 'function') throw new TypeError(`the listener for '${event}' is not a function`);
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  once(event: string, listener: Listener): this {
    const once: Listener = (...args) => {
      this.off(event, once);
      listener.apply(this, args);
    };
    return this.on(event, once);
  }

  off(event: string, listener: Listener): this {
    const known = this.#listeners.get(event) ?? [];
    const at = known.lastIndexOf(listener);
    if (at >= 0) this.#listeners.set(event, known.toSpliced(at, 1));
    return this;
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  /** An 'error' that nobody listens for is thrown. */
  emit(event: string, ...args: unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    if (listeners.length === 0 && event === 'error') throw args[0];
    for (const listener of listeners) listener.apply(this, args);
    return listeners.length > 0;
  }
}
