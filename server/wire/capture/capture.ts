import type { CapturedFrame, CaptureStatus } from '#protocol/capture.ts';
import type { Conversation } from '#protocol/wire.ts';
import { CaptureProcess, type CaptureProcessOptions } from './capture-process.ts';
import { captureFilter } from './filter.ts';
import { FrameRing, type KeptFrame } from './frame-ring.ts';
import { isBetween } from './is-between.ts';
import { GRACE_MS, LOOK_MS } from './limits.ts';
import { CAPTURE_TOOLS, type CaptureTool, isNotPermitted, remedyFor } from './tools.ts';

/** A capture program as the capture uses it. */
interface Running {
  ask(): void;
  stop(): void;
}

/** What the capture is handed. */
export interface CaptureOptions {
  /** Interface, as the capture programs name it. */
  readonly device: string;
  readonly platform: NodeJS.Platform;
  /** Porthole's own ports. */
  readonly ports: () => Iterable<number>;
  /** The page's port is never captured, whoever asks for it: its packets would carry the packets. */
  readonly isPagePort: (port: number) => boolean;
  /** Where a program of that name is, or `null`. */
  readonly find: (name: string) => Promise<string | null>;
  /** Wall microseconds on the journal's scale. */
  readonly fromWallUs: (wallUs: number) => number;
  readonly ring?: FrameRing;
  /** Starts a program; the real thing when nothing is said. */
  readonly run?: (options: CaptureProcessOptions) => Running;
}

/** Somebody who looks at packets. */
export interface CaptureWatch {
  /** Ports that this one wants besides Porthole's own. */
  setPorts(ports: readonly number[]): void;
  leave(): void;
}

/**
 * Captures while somebody looks, and nothing but the ports that are ours or asked for. What was captured stays, bounded,
 * when the capture stops. Where it is not allowed, it says why and what would allow it.
 */
export class Capture {
  readonly #options: CaptureOptions;
  readonly #ring: FrameRing;
  readonly #watchers = new Map<CaptureWatch, { ports: readonly number[]; told: (status: CaptureStatus) => void }>();
  #status: CaptureStatus;
  #running: Running | null = null;
  #grace: NodeJS.Timeout | null = null;
  #look: NodeJS.Timeout | null = null;
  /** Dropped by programs that have ended. */
  #droppedBefore = 0;
  /** Counts starts, so that a program that was replaced is not heard any more. */
  #turn = 0;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#ring = options.ring ?? new FrameRing();
    this.#status = {
      state: 'off',
      tool: null,
      interface: options.device,
      filter: '',
      captured: 0,
      dropped: null,
      refusal: null,
      detail: null,
      remedy: [],
    };
  }

  get status(): CaptureStatus {
    return { ...this.#status, captured: this.#ring.head };
  }

  /** Number of the newest frame; 0 when there was none. */
  get head(): number {
    return this.#ring.head;
  }

  /** Number of the oldest frame held; `head + 1` when there is none. */
  get oldest(): number {
    return this.#ring.oldest;
  }

  /** A frame as a viewer gets it; `null` when it is gone. */
  read(number: number): CapturedFrame | null {
    const kept = this.#ring.read(number);
    if (!kept) return null;
    const { bytes, seconds, nanoseconds } = kept;
    return {
      ...kept,
      timeUs: this.#options.fromWallUs(seconds * 1e6 + nanoseconds / 1_000),
      interface: this.#options.device,
      bytes: bytes.toString('base64'),
    };
  }

  /** The same with its octets as they are, for whoever reads them here. */
  frame(number: number): KeptFrame | null {
    return this.#ring.read(number);
  }

  /** Starts looking. `told` hears of the status at once and whenever it changes. */
  watch(told: (status: CaptureStatus) => void): CaptureWatch {
    const watch: CaptureWatch = {
      setPorts: (ports) => {
        this.#watchers.set(watch, { ports, told });
        this.#portsMayHaveChanged();
      },
      leave: () => this.#leave(watch),
    };
    this.#watchers.set(watch, { ports: [], told });
    if (this.#grace) clearTimeout(this.#grace);
    this.#grace = null;
    told(this.status);
    // One that was refused is tried again when somebody comes: it may have been allowed since.
    if (!this.#running && this.#status.state !== 'starting') void this.#start();
    return watch;
  }

  /** Forgets the frames between the ends of a conversation, or all (`null`). */
  erase(conversation: Pick<Conversation, 'transport' | 'client' | 'server'> | null): void {
    this.#ring.erase(({ bytes, linkType }) => conversation === null || isBetween(conversation, bytes, linkType));
  }

  /** Ends the capture program. */
  close(): void {
    this.#watchers.clear();
    this.#stop();
  }

  #leave(watch: CaptureWatch): void {
    if (!this.#watchers.delete(watch)) return;
    if (this.#watchers.size === 0) this.#grace = setTimeout(() => this.#stop(), GRACE_MS);
    else this.#portsMayHaveChanged();
  }

  #stop(): void {
    this.#turn += 1;
    if (this.#grace) clearTimeout(this.#grace);
    if (this.#look) clearInterval(this.#look);
    this.#grace = null;
    this.#look = null;
    this.#running?.stop();
    this.#running = null;
    this.#droppedBefore = this.#status.dropped ?? 0;
    this.#change({ state: 'off' });
  }

  #filter(): string {
    const asked = [...this.#watchers.values()].flatMap(({ ports }) => ports);
    const { ports, isPagePort } = this.#options;
    return captureFilter([...ports(), ...asked].filter((port) => !isPagePort(port)));
  }

  /** Another filter is another program; frames between the two are lost, as the status says by `starting`. */
  #portsMayHaveChanged(): void {
    if (this.#status.state !== 'on' || this.#filter() === this.#status.filter) return;
    this.#stop();
    void this.#start();
  }

  async #start(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#change({ state: 'starting', filter: this.#filter(), refusal: null, detail: null, remedy: [] });
    let first: Refused | null = null;
    for (const tool of CAPTURE_TOOLS) {
      const path = await this.#options.find(tool.name);
      if (this.#turn !== turn) return;
      if (path === null) continue;
      const words = await this.#try(tool, path, turn);
      if (this.#turn !== turn || words === null) return;
      // The first is the one that is preferred: its remedy is shown.
      first ??= {
        refusal: isNotPermitted(words) ? 'not-permitted' : 'failed',
        detail: words,
        tool: { name: tool.name, path },
      };
    }
    const { refusal, detail, tool } = first ?? NO_TOOL;
    this.#change({
      state: 'refused',
      refusal,
      detail,
      tool: tool?.name ?? null,
      remedy: refusal === 'failed' ? [] : remedyFor(this.#options.platform, tool),
    });
  }

  /** Starts one program. Answers `null` once it captures, or what it said when it ended before that. */
  #try(tool: CaptureTool, path: string, turn: number): Promise<string | null> {
    const { device, run = (options) => new CaptureProcess(options) } = this.#options;
    return new Promise((resolve) => {
      let listens = false;
      const running = run({
        tool,
        path,
        device,
        filter: this.#status.filter,
        frame: (frame) => this.#ring.append(frame),
        dropped: (count) => {
          if (this.#turn === turn) this.#change({ dropped: this.#droppedBefore + count });
        },
        listening: () => {
          listens = true;
          if (this.#turn === turn) this.#listens(tool, running);
          else running.stop();
          resolve(null);
        },
        ended: (words) => {
          resolve(words);
          if (listens && this.#turn === turn) this.#lost(tool, words);
        },
      });
    });
  }

  #listens(tool: CaptureTool, running: Running): void {
    this.#running = running;
    this.#change({ state: 'on', tool: tool.name, dropped: this.#status.dropped ?? (tool.tellsOnSignal ? 0 : null) });
    this.#look = setInterval(() => {
      running.ask();
      this.#portsMayHaveChanged();
    }, LOOK_MS);
    this.#portsMayHaveChanged();
  }

  /** A program that captured has ended by itself: the interface went down, somebody killed it. */
  #lost(tool: CaptureTool, words: string): void {
    this.#stop();
    this.#change({ state: 'refused', refusal: 'failed', tool: tool.name, detail: words });
  }

  #change(part: Partial<CaptureStatus>): void {
    const before = this.#status;
    this.#status = { ...before, ...part };
    const isNew = Object.keys(part).some(
      (key) => before[key as keyof CaptureStatus] !== part[key as keyof CaptureStatus],
    );
    if (isNew) for (const { told } of this.#watchers.values()) told(this.status);
  }
}

/** Why a program that was tried did not capture. */
interface Refused {
  readonly refusal: 'no-tool' | 'not-permitted' | 'failed';
  readonly detail: string | null;
  readonly tool: { readonly name: string; readonly path: string } | null;
}

const NO_TOOL: Refused = { refusal: 'no-tool', detail: null, tool: null };
