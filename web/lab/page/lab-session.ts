/** A run of the lab and what the page does with it. Framework-free: React looks at `store`. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FrameScheduler } from '../../session/clock.ts';
import { Driver, type Programs } from '../net/driver.ts';
import { Run } from '../net/run.ts';
import type { Action, Deed, RunSetup } from '../net/run-setup.ts';
import type { SimTime } from '../stack/time.ts';
import { PacketBook } from './packet-book.ts';

/** Programs that end when they are closed. */
export interface ClosablePrograms extends Programs {
  close(): void;
}

/** What the session needs of the browser. */
export interface LabHost {
  readonly frame: FrameScheduler;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  readonly openPrograms: (setup: RunSetup) => ClosablePrograms;
  /** Whoever wants no motion is shown events, not the time between them. */
  readonly reducedMotion: () => boolean;
}

/** What React looks at. */
export interface LabState {
  readonly run: Run;
  /** Rises with whatever changes in the run. */
  readonly turn: number;
  readonly playing: boolean;
  /** Simulated seconds for a second. */
  readonly speed: number;
  /** A program or a jump is being waited for. */
  readonly busy: boolean;
  readonly selected: number | null;
  /** Why the last deed was not done: a code of web/lab/net/deeds.ts. */
  readonly refused: string | null;
}

/** Events worked through between two frames while playing, and while jumping. */
const EVENTS_A_FRAME = 400;

/** A step of the picture is never longer, however long the page was hidden. */
const MAX_FRAME_MS = 100;

/** While playing, a silence that would last longer than this is skipped. */
const SILENCE_MS = 1_200;
const AFTER_SKIP_MS = 250;

const US_PER_MS = 1_000;

/** Drives one run after the other. */
export class LabSession {
  readonly store: StoreApi<LabState>;
  readonly book = new PacketBook();
  readonly #host: LabHost;
  #driver: Driver;
  #programs: ClosablePrograms;
  #cancelFrame: (() => void) | null = null;
  #lastMs = 0;

  constructor(host: LabHost, setup: RunSetup, actions: readonly Action[] = [], speed = 1 / 30) {
    this.#host = host;
    const run = new Run(setup, actions);
    this.#programs = host.openPrograms(setup);
    this.#driver = new Driver(run, this.#programs);
    this.store = createStore<LabState>(() => ({
      run,
      turn: 0,
      playing: false,
      speed,
      busy: false,
      selected: null,
      refused: null,
    }));
  }

  /** Begins a run from its start. */
  open(setup: RunSetup, actions: readonly Action[] = []): void {
    this.pause();
    this.#programs.close();
    const run = new Run(setup, actions);
    this.#programs = this.#host.openPrograms(setup);
    this.#driver = new Driver(run, this.#programs);
    this.store.setState({ run, selected: null, refused: null, busy: false });
    this.#changed();
  }

  close(): void {
    this.pause();
    this.#programs.close();
  }

  play(): void {
    if (this.store.getState().playing || this.store.getState().run.end !== null) return;
    this.#lastMs = this.#host.nowMs();
    this.store.setState({ playing: true });
    this.#nextFrame();
  }

  pause(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    if (this.store.getState().playing) this.store.setState({ playing: false });
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
  }

  select(selected: number | null): void {
    this.store.setState({ selected });
  }

  /** On to the next event. */
  step(): Promise<void> {
    this.pause();
    return this.#work((driver) => driver.step());
  }

  /** To before the last event. */
  back(): Promise<void> {
    this.pause();
    return this.#work((driver) => driver.back());
  }

  /** To any moment. */
  jumpTo(at: SimTime): Promise<void> {
    this.pause();
    return this.#work(async (driver) => {
      // In pieces, so that the page stays alive on a long way.
      while (!(await driver.jumpTo(at, EVENTS_A_FRAME))) await this.#breathe();
    });
  }

  /** Plays without showing anything until the next packet is sent; answers its id, or `null` where none ever is. */
  async stepToNextSent(): Promise<number | null> {
    this.pause();
    const { run } = this.store.getState();
    const before = run.packets.length;
    await this.#work(async (driver) => {
      while (run.packets.length === before && (await driver.step()));
    });
    return run.packets.length > before ? before : null;
  }

  /** Does something by hand to the wire or to a packet in flight. */
  async act(deed: Deed): Promise<void> {
    await this.#work(async (driver) => {
      this.store.setState({ refused: await driver.act(deed) });
    });
  }

  /** Takes the last deed back; the run is as it was just before it. */
  undo(): Promise<void> {
    this.pause();
    return this.#work((driver) => driver.undo());
  }

  async #work(work: (driver: Driver) => Promise<unknown>): Promise<void> {
    const driver = this.#driver;
    this.store.setState({ busy: true });
    try {
      await work(driver);
    } finally {
      if (driver === this.#driver) {
        this.store.setState({ busy: false });
        this.#changed();
      }
    }
  }

  #nextFrame(): void {
    this.#cancelFrame = this.#host.frame(() => void this.#frame());
  }

  async #frame(): Promise<void> {
    const driver = this.#driver;
    const { run, speed } = this.store.getState();
    const nowMs = this.#host.nowMs();
    const elapsedMs = Math.min(MAX_FRAME_MS, Math.max(0, nowMs - this.#lastMs));
    this.#lastMs = nowMs;
    const events = run.events.length;
    await driver.advanceTo(this.#target(run, elapsedMs, speed), EVENTS_A_FRAME);
    if (driver !== this.#driver || !this.store.getState().playing) return;
    if (run.events.length !== events || !this.#host.reducedMotion()) this.#changed();
    if (run.end === null) this.#nextFrame();
    else this.store.setState({ playing: false });
  }

  /** Where the clock is to be; a silence in which nothing is in flight is cut short. */
  #target(run: Run, elapsedMs: number, speed: number): SimTime {
    const target = run.now + Math.max(1, Math.round(elapsedMs * US_PER_MS * speed));
    const next = run.nextAt();
    if (next === null || run.inFlight.size > 0 || run.waiting) return target;
    const silenceMs = (next - run.now) / US_PER_MS / speed;
    return silenceMs > SILENCE_MS ? next - Math.round(AFTER_SKIP_MS * US_PER_MS * speed) : target;
  }

  #breathe(): Promise<void> {
    this.#changed();
    return new Promise((resolve) => this.#host.frame(resolve));
  }

  #changed(): void {
    const { run, turn, selected } = this.store.getState();
    this.book.read(run.packets);
    const gone = selected !== null && selected >= run.packets.length;
    this.store.setState({ turn: turn + 1, ...(gone ? { selected: null } : {}) });
  }
}
