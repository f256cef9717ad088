import type { CapturedFrame, CaptureStatus } from '#protocol/capture.ts';
import type { Conversation } from '#protocol/wire.ts';
import { DeviceCapture, type DeviceCaptureOptions } from './device-capture.ts';
import { captureFilter } from './filter.ts';
import { FrameRing, type KeptFrame } from './frame-ring.ts';
import { isBetween } from './is-between.ts';
import { GRACE_MS, LOOK_MS, MAX_DEVICES } from './limits.ts';

/** What the capture is handed. */
export interface CaptureOptions extends Pick<DeviceCaptureOptions, 'device' | 'platform' | 'find' | 'run'> {
  /** Interfaces that are captured besides `device` whenever somebody looks: those that Porthole listens on. Default: none. */
  readonly alsoOn?: readonly string[];
  /** Other interfaces of this machine, as they are now; one of them may be captured as well. Default: none. */
  readonly interfaces?: () => readonly string[];
  /** Porthole's own ports. */
  readonly ports: () => Iterable<number>;
  /** The page's port is never captured, whoever asks for it: its packets would carry the packets. */
  readonly isPagePort: (port: number) => boolean;
  /** Wall microseconds on the journal's scale. */
  readonly fromWallUs: (wallUs: number) => number;
  readonly ring?: FrameRing;
}

/** Somebody who looks at packets. */
export interface CaptureWatch {
  /** Ports that this one wants besides Porthole's own. */
  setPorts(ports: readonly number[]): void;
  /**
   * The interface that this one wants besides the usual one, or `null`. Answers whether there is such an interface; if not,
   * nothing changes.
   */
  setInterface(name: string | null): boolean;
  leave(): void;
}

interface Wish {
  ports: readonly number[];
  device: string | null;
  readonly told: (status: CaptureStatus) => void;
}

/**
 * Captures while somebody looks, and nothing but the ports that are ours or asked for. What was captured stays, bounded,
 * when the capture stops. Where it is not allowed, it says why and what would allow it.
 */
export class Capture {
  readonly #options: CaptureOptions;
  readonly #ring: FrameRing;
  readonly #wishes = new Map<CaptureWatch, Wish>();
  readonly #main: DeviceCapture;
  /** Interfaces besides the usual one, by name. */
  readonly #also = new Map<string, DeviceCapture>();
  #grace: NodeJS.Timeout | null = null;
  #look: NodeJS.Timeout | null = null;

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#ring = options.ring ?? new FrameRing();
    this.#main = this.#device(options.device);
  }

  get status(): CaptureStatus {
    const also = [...this.#also.values()].map(({ status }) => status);
    const dropped = [this.#main.status, ...also].flatMap((status) => status.dropped ?? []);
    return {
      ...this.#main.status,
      captured: this.#ring.head,
      dropped: dropped.length === 0 ? null : dropped.reduce((sum, count) => sum + count, 0),
      also: also.map(({ interface: name, state, detail }) => ({ interface: name, state, detail })),
      interfaces: this.#choices(),
    };
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
      bytes: bytes.toString('base64'),
    };
  }

  /** The same with its octets as they are, for whoever reads them here. */
  frame(number: number): KeptFrame | null {
    return this.#ring.read(number);
  }

  /** Starts looking. `told` hears of the status at once and whenever it changes. */
  watch(told: (status: CaptureStatus) => void): CaptureWatch {
    const wish: Wish = { ports: [], device: null, told };
    const watch: CaptureWatch = {
      setPorts: (ports) => {
        wish.ports = ports;
        this.#follow();
      },
      setInterface: (name) => {
        if (name !== null && !this.#choices().includes(name)) return false;
        wish.device = name;
        this.#follow();
        return true;
      },
      leave: () => this.#leave(watch),
    };
    this.#wishes.set(watch, wish);
    if (this.#grace) clearTimeout(this.#grace);
    this.#grace = null;
    told(this.status);
    this.#look ??= setInterval(() => this.#lookAround(), LOOK_MS);
    // In a moment: who comes names its ports first.
    queueMicrotask(() => this.#begin());
    return watch;
  }

  /** Forgets the frames between the ends of a conversation, or all (`null`). */
  erase(conversation: Pick<Conversation, 'transport' | 'client' | 'server'> | null): void {
    this.#ring.erase(({ bytes, linkType }) => conversation === null || isBetween(conversation, bytes, linkType));
  }

  /** Ends the capture programs. */
  close(): void {
    this.#wishes.clear();
    this.#stop();
  }

  #begin(): void {
    if (this.#wishes.size === 0) return;
    this.#follow();
    // What was refused is tried again when somebody comes: it may have been allowed since.
    for (const device of this.#devices()) if (device.status.state === 'refused') void device.start(this.#filter());
  }

  #leave(watch: CaptureWatch): void {
    if (!this.#wishes.delete(watch)) return;
    if (this.#wishes.size === 0) this.#grace = setTimeout(() => this.#stop(), GRACE_MS);
    else this.#follow();
  }

  #stop(): void {
    if (this.#grace) clearTimeout(this.#grace);
    if (this.#look) clearInterval(this.#look);
    this.#grace = null;
    this.#look = null;
    for (const device of this.#devices()) device.stop();
    this.#also.clear();
  }

  #lookAround(): void {
    for (const device of this.#devices()) device.ask();
    if (this.#wishes.size > 0) this.#follow();
  }

  /** Starts what is wanted and does not run, anew what runs with another filter, and stops what nobody wants any more. */
  #follow(): void {
    const filter = this.#filter();
    const { alsoOn = [] } = this.#options;
    const wanted = new Set([...alsoOn, ...[...this.#wishes.values()].flatMap(({ device }) => device ?? [])]);
    for (const [name, device] of this.#also) {
      if (wanted.has(name)) continue;
      this.#also.delete(name);
      device.stop();
    }
    for (const name of wanted) {
      if (!this.#also.has(name) && this.#also.size < MAX_DEVICES) this.#also.set(name, this.#device(name));
    }
    for (const device of this.#devices()) {
      const { state, filter: present } = device.status;
      if (state === 'off' || (state === 'on' && present !== filter)) void device.start(filter);
    }
  }

  #filter(): string {
    const asked = [...this.#wishes.values()].flatMap(({ ports }) => ports);
    const { ports, isPagePort } = this.#options;
    return captureFilter([...ports(), ...asked].filter((port) => !isPagePort(port)));
  }

  #choices(): string[] {
    const { interfaces, device, alsoOn = [] } = this.#options;
    // `any` is every interface already.
    if (device === 'any') return [];
    return [...(interfaces?.() ?? [])].filter((name) => name !== device && !alsoOn.includes(name));
  }

  #devices(): readonly DeviceCapture[] {
    return [this.#main, ...this.#also.values()];
  }

  #device(name: string): DeviceCapture {
    const { platform, find, run } = this.#options;
    const device: DeviceCapture = new DeviceCapture({
      ...{ device: name, platform, find, run },
      frame: (frame) => this.#ring.append(frame, name),
      changed: () => {
        for (const { told } of this.#wishes.values()) told(this.status);
        // What was asked for while it started counts now.
        if (device.status.state === 'on' && this.#wishes.size > 0) this.#follow();
      },
    });
    return device;
  }
}
