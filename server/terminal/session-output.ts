/** The way of a terminal's output to its browser: kept for a resume, paused when it is too fast, cut at a bound. */
import type { TerminalMessage } from '#protocol/terminal-messages.ts';
import { createBacklog } from './backlog.ts';
import type { TerminalEffects } from './effects.ts';
import {
  DETACHED_HARD_LIMIT_CHARS,
  DETACHED_HIGH_WATER_CHARS,
  MAX_OUTPUT_CHARS_PER_SECOND,
  OUTPUT_HARD_LIMIT_BYTES,
  OUTPUT_HIGH_WATER_BYTES,
} from './limits.ts';
import type { FlowControl } from './program-output.ts';
import { styled } from './style.ts';

/** One WebSocket, as the gateway hands it over. */
export interface TerminalLink {
  send(message: TerminalMessage): void;
  /** Octets that wait in the WebSocket. */
  readonly bufferedBytes: number;
}

/** Output of one session. */
export interface SessionOutput extends FlowControl {
  readonly link: TerminalLink | null;
  /** Writes text for the terminal: to the browser, or for when it is back. */
  write(text: string): void;
  /** A browser is there that has `received` units already: sends the rest. `first` is sent before it. */
  attach(link: TerminalLink, received: number, first: readonly TerminalMessage[]): void;
  /** The browser is gone for now. */
  detach(): void;
  /** The WebSocket's buffer has fallen. */
  drained(): void;
  close(): void;
}

const RATE_WINDOW_MS = 1_000;

class Output implements SessionOutput {
  readonly #timer: TerminalEffects['timer'];
  readonly #backlog = createBacklog();
  readonly #waiting = new Set<() => void>();
  #link: TerminalLink | null = null;
  #detachedChars = 0;
  #cutChars = 0;
  #windowChars = 0;
  #cancelWindow: (() => void) | null = null;

  constructor(timer: TerminalEffects['timer']) {
    this.#timer = timer;
  }

  get link(): TerminalLink | null {
    return this.#link;
  }

  get congested(): boolean {
    if (this.#windowChars > MAX_OUTPUT_CHARS_PER_SECOND) return true;
    if (this.#link !== null) return this.#link.bufferedBytes > OUTPUT_HIGH_WATER_BYTES;
    return this.#detachedChars > DETACHED_HIGH_WATER_CHARS;
  }

  whenDrained(resume: () => void): () => void {
    this.#waiting.add(resume);
    return () => this.#waiting.delete(resume);
  }

  write(text: string): void {
    if (text === '') return;
    if (this.#cutChars > 0 || this.#full) this.#cutChars += text.length;
    else this.#send(text);
  }

  attach(link: TerminalLink, received: number, first: readonly TerminalMessage[]): void {
    this.#link = link;
    this.#detachedChars = 0;
    for (const message of first) link.send(message);
    const backlog = this.#backlog;
    const has = Math.min(received, backlog.end);
    const lost = backlog.start - has;
    if (lost > 0) {
      const notice = cutNotice(lost, 'the connection was away too long');
      // From here on positions count what this browser has: what it had, and the notice in place of what is gone.
      backlog.shift(has + notice.length - backlog.start);
      link.send({ type: 'output', data: notice });
    }
    for (const data of backlog.since(has)) link.send({ type: 'output', data });
    this.drained();
  }

  detach(): void {
    this.#link = null;
  }

  drained(): void {
    this.#sayCut();
    if (this.congested) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  close(): void {
    this.#cancelWindow?.();
    this.#waiting.clear();
    this.#link = null;
  }

  get #full(): boolean {
    if (this.#link !== null) return this.#link.bufferedBytes > OUTPUT_HARD_LIMIT_BYTES;
    return this.#detachedChars > DETACHED_HARD_LIMIT_CHARS;
  }

  #send(text: string): void {
    this.#count(text.length);
    this.#backlog.append(text);
    if (this.#link === null) this.#detachedChars += text.length;
    else this.#link.send({ type: 'output', data: text });
  }

  #sayCut(): void {
    if (this.#cutChars === 0 || this.#full) return;
    const notice = cutNotice(this.#cutChars, 'the page could not read it as fast as it came');
    this.#cutChars = 0;
    this.#send(notice);
  }

  #count(units: number): void {
    this.#windowChars += units;
    this.#cancelWindow ??= this.#timer(RATE_WINDOW_MS, () => this.#nextWindow());
  }

  #nextWindow(): void {
    this.#cancelWindow = null;
    this.#windowChars = 0;
    this.drained();
  }
}

function cutNotice(units: number, reason: string): string {
  return `\r\n${styled('dim', `[${units} characters of output were left out: ${reason}]`)}\r\n`;
}

/** Output with no browser yet. */
export function createSessionOutput(timer: TerminalEffects['timer']): SessionOutput {
  return new Output(timer);
}
