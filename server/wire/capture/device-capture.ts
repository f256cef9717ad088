import type { Frame } from '#packets/capture-file.ts';
import type { CaptureStatus } from '#protocol/capture.ts';
import { CaptureProcess, type CaptureProcessOptions } from './capture-process.ts';
import { CAPTURE_TOOLS, type CaptureTool, isNotPermitted, remedyFor } from './tools.ts';

/** A capture program as it is used here. */
export interface Running {
  ask(): void;
  stop(): void;
}

/** What the capture of one interface is handed. */
export interface DeviceCaptureOptions {
  /** Interface, as the capture programs name it. */
  readonly device: string;
  readonly platform: NodeJS.Platform;
  /** Where a program of that name is, or `null`. */
  readonly find: (name: string) => Promise<string | null>;
  readonly frame: (frame: Frame) => void;
  /** The status is another one. */
  readonly changed: () => void;
  /** Starts a program; the real thing when nothing is said. */
  readonly run?: ((options: CaptureProcessOptions) => Running) | undefined;
}

/** How the capture of one interface fares. */
export type DeviceStatus = Omit<CaptureStatus, 'captured' | 'also' | 'interfaces'>;

/** Captures on one interface, with the first program that may. */
export class DeviceCapture {
  readonly #options: DeviceCaptureOptions;
  #status: DeviceStatus;
  #running: Running | null = null;
  /** Dropped by programs that have ended. */
  #droppedBefore = 0;
  /** Counts starts, so that a program that was replaced is not heard any more. */
  #turn = 0;

  constructor(options: DeviceCaptureOptions) {
    this.#options = options;
    this.#status = {
      ...{ state: 'off', tool: null, interface: options.device, filter: '' },
      ...{ dropped: null, refusal: null, detail: null, remedy: [] },
    };
  }

  get status(): DeviceStatus {
    return this.#status;
  }

  /** Starts, or starts again; frames between the two are lost, as the status says by `starting`. */
  async start(filter: string): Promise<void> {
    this.#halt();
    const turn = this.#turn;
    this.#change({ state: 'starting', filter, refusal: null, detail: null, remedy: [] });
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
      ...{ state: 'refused', refusal, detail, tool: tool?.name ?? null },
      remedy: refusal === 'failed' ? [] : remedyFor(this.#options.platform, tool),
    });
  }

  /** Asks the program how much was dropped. */
  ask(): void {
    this.#running?.ask();
  }

  /** Ends the program. */
  stop(): void {
    this.#halt();
    this.#change({ state: 'off' });
  }

  #halt(): void {
    this.#turn += 1;
    this.#running?.stop();
    this.#running = null;
    this.#droppedBefore = this.#status.dropped ?? 0;
  }

  /** Starts one program. Answers `null` once it captures, or what it said when it ended before that. */
  #try(tool: CaptureTool, path: string, turn: number): Promise<string | null> {
    const { device, frame, run = (options) => new CaptureProcess(options) } = this.#options;
    return new Promise((resolve) => {
      let listens = false;
      const running = run({
        ...{ tool, path, device, frame, filter: this.#status.filter },
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
  }

  /** A program that captured has ended by itself: the interface went down, somebody killed it. */
  #lost(tool: CaptureTool, words: string): void {
    this.#halt();
    this.#change({ state: 'refused', refusal: 'failed', tool: tool.name, detail: words });
  }

  #change(part: Partial<DeviceStatus>): void {
    const before = this.#status;
    this.#status = { ...before, ...part };
    const keys = Object.keys(part) as (keyof DeviceStatus)[];
    if (keys.some((key) => before[key] !== part[key])) this.#options.changed();
  }
}

/** Why a program that was tried did not capture. */
interface Refused {
  readonly refusal: 'no-tool' | 'not-permitted' | 'failed';
  readonly detail: string | null;
  readonly tool: { readonly name: string; readonly path: string } | null;
}

const NO_TOOL: Refused = { refusal: 'no-tool', detail: null, tool: null };
