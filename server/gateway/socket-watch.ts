import type { SocketRow } from '#protocol/wire.ts';
import type { WireMessage } from '#protocol/wire-messages.ts';

/** The `sockets` message. */
export type SocketsMessage = Extract<WireMessage, { type: 'sockets' }>;

/**
 * What the watch needs: the reader (`null`: this system's table can't be read), which is told of the ports that somebody asked
 * for besides Porthole's own, how often, and the time.
 */
export interface SocketWatchOptions {
  readonly read: ((ports: ReadonlySet<number>) => Promise<SocketRow[]>) | null;
  readonly intervalMs: number;
  readonly now: () => number;
}

/** Reads the socket table while somebody watches, once for all who do, and never two reads at once. */
export class SocketWatch {
  readonly #options: SocketWatchOptions;
  readonly #watchers = new Map<(message: SocketsMessage) => void, readonly number[]>();
  #timer: NodeJS.Timeout | null = null;
  #reading = false;

  constructor(options: SocketWatchOptions) {
    this.#options = options;
  }

  /**
   * Starts watching; returns what stops it. The first message comes at once.
   * @param ports besides Porthole's own; whoever else watches sees their rows, too, as they may ask for them as well
   */
  watch(watcher: (message: SocketsMessage) => void, ports: readonly number[]): () => void {
    this.#watchers.set(watcher, ports);
    this.#timer ??= setInterval(() => void this.#look(), this.#options.intervalMs);
    void this.#look();
    return () => this.#leave(watcher);
  }

  #leave(watcher: (message: SocketsMessage) => void): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const message = await this.#message();
    this.#reading = false;
    for (const watcher of this.#watchers.keys()) watcher(message);
  }

  async #message(): Promise<SocketsMessage> {
    const wallMs = this.#options.now();
    if (!this.#options.read) return { type: 'sockets', wallMs, rows: null, reason: 'unsupported-platform' };
    try {
      const ports = new Set([...this.#watchers.values()].flat());
      return { type: 'sockets', wallMs, rows: await this.#options.read(ports), reason: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { type: 'sockets', wallMs, rows: null, reason };
    }
  }
}
