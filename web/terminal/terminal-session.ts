import { MAX_TERMINAL_INPUT_CHARS } from '#protocol/limits.ts';
import type { TerminalMessage, TerminalRequest } from '#protocol/terminal-messages.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { retryDelayMs } from '../session/backoff.ts';
import type { Clock } from '../session/clock.ts';
import { WELCOME_TIMEOUT_MS } from '../session/connection.ts';
import { Heartbeat } from '../session/heartbeat.ts';
import type { OpenWireLink, WireLink } from '../session/wire-link.ts';
import { inputPieces } from './input-pieces.ts';
import { parseMessage } from './parse-message.ts';
import { ReplayBuffer } from './replay-buffer.ts';
import { FIRST_INFO, type TerminalInfo } from './terminal-info.ts';

/** Typed text that waits for the terminal to open the first time, in UTF-16 units. */
export const MAX_QUEUED_INPUT_CHARS = 4_096;

/** How long a terminal counts as busy after a command was sent and the server has not said so, in milliseconds. */
export const RUN_SETTLE_MS = 1_000;

/** Where output goes. */
export interface TerminalView {
  write(text: string): void;
  /** Empties the screen: a new shell begins. */
  reset(): void;
}

/** What a terminal session needs from outside. */
export interface TerminalSessionOptions {
  readonly open: OpenWireLink;
  readonly clock: Clock;
  /** Between 0 (inclusive) and 1; spreads the retries. */
  readonly random: () => number;
  /** A shell to resume, with everything that the server still has of its output. Default: a new one. */
  readonly resume?: string;
  /** Told whenever `info` has changed. */
  readonly changed: () => void;
}

/**
 * The browser's end of one terminal: one WebSocket at a time, made anew when it is lost, and resumed where the output
 * stopped. Output goes straight to the view, past every framework.
 */
export class TerminalSession {
  readonly #options: TerminalSessionOptions;
  readonly #replay = new ReplayBuffer();
  readonly #heartbeat: Heartbeat;
  #info: TerminalInfo = FIRST_INFO;
  #link: WireLink | null = null;
  #view: TerminalView | null = null;
  #session: string | null = null;
  /** UTF-16 units of output since the session began. */
  #received = 0;
  #size = { columns: 80, rows: 24 };
  #toldSize = { columns: 0, rows: 0 };
  /** A command that waits for the terminal to open. */
  #pending: string | null = null;
  #early = '';
  #attempt = 0;
  #cancelRetry: () => void = () => {};
  #cancelPatience: () => void = () => {};
  #cancelSettle: () => void = () => {};
  #disposed = false;

  constructor(options: TerminalSessionOptions) {
    this.#options = options;
    this.#session = options.resume ?? null;
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      ask: () => this.#send({ type: 'ping' }),
      silent: () => this.#drop(),
    });
    this.#connect();
  }

  get info(): TerminalInfo {
    return this.#info;
  }

  /** Shows the output in `view`, beginning with what came before; answers what ends that. */
  attach(view: TerminalView): () => void {
    this.#view = view;
    view.write(this.#replay.text());
    return () => {
      if (this.#view === view) this.#view = null;
    };
  }

  /** Sends keys or a paste. Typing before the first opening is kept; typing while the server is lost is not. */
  input(text: string): void {
    if (this.#info.status === 'connecting' && this.#info.number === null) {
      this.#early = (this.#early + text).slice(0, MAX_QUEUED_INPUT_CHARS);
    } else if (this.#info.status === 'open') {
      for (const data of inputPieces(text)) this.#send({ type: 'input', data });
    }
  }

  /** Types `command` and Enter, once the terminal is open. Answers false when it is busy or the command too long. */
  run(command: string): boolean {
    if (command.length > MAX_TERMINAL_INPUT_CHARS || this.#info.busy) return false;
    this.#pending = command;
    this.#set({ busy: true });
    if (this.#info.status === 'open') this.#runPending();
    return true;
  }

  /** Tells the shell the size of its screen, in characters. */
  resize(columns: number, rows: number): void {
    if (columns === this.#size.columns && rows === this.#size.rows) return;
    this.#size = { columns, rows };
    if (this.#info.status === 'open') this.#tellSize();
  }

  /** After `exited` or `refused`: a new shell in the same place. While `lost`: tries at once. */
  reopen(): void {
    const { status } = this.#info;
    if (status === 'exited') this.#forget();
    if (status !== 'exited' && status !== 'refused' && status !== 'lost') return;
    this.#cancelRetry();
    this.#set({ status: 'connecting', problem: null, running: null });
    this.#connect();
  }

  /** Ends it for good; closing twice is harmless. */
  close(): void {
    this.#disposed = true;
    this.#cancelRetry();
    this.#cancelSettle();
    this.#send({ type: 'close' });
    this.#letGo();
    this.#view = null;
  }

  #connect(): void {
    if (this.#disposed || this.#link) return;
    const link: WireLink = this.#options.open({
      opened: () => this.#hello(),
      received: (text) => {
        if (link === this.#link) this.#receive(text);
      },
      closed: () => {
        if (link === this.#link) this.#lost();
      },
    });
    this.#link = link;
    // A browser holds back every other WebSocket to the server while one waits for its answer (RFC 6455 §4.1).
    this.#cancelPatience = this.#options.clock.after(WELCOME_TIMEOUT_MS, () => {
      if (link === this.#link) this.#drop();
    });
  }

  #hello(): void {
    const resume = this.#session === null ? {} : { session: this.#session, received: this.#received };
    this.#toldSize = this.#size;
    this.#send({ type: 'open', version: CONTRACT_VERSION, ...this.#size, ...resume });
  }

  #tellSize(): void {
    if (this.#toldSize === this.#size) return;
    this.#toldSize = this.#size;
    this.#send({ type: 'resize', ...this.#size });
  }

  #receive(text: string): void {
    const message = parseMessage(text);
    this.#heartbeat.heard();
    if (message) this.#handle(message);
    else this.#drop();
  }

  #handle(message: TerminalMessage): void {
    switch (message.type) {
      case 'output':
        this.#received += message.data.length;
        this.#replay.push(message.data);
        this.#view?.write(message.data);
        return;
      case 'opened':
        this.#opened(message);
        return;
      case 'running':
        this.#cancelSettle();
        this.#set({ running: message.command, busy: message.command !== null || this.#pending !== null });
        return;
      case 'exited':
        this.#letGo();
        this.#set({ status: 'exited', running: null, busy: false });
        return;
      case 'reload':
        this.#letGo();
        this.#set({ status: 'outdated', busy: false });
        return;
      case 'pong':
        return;
      case 'error':
        this.#refused(message);
        return;
      default:
        message satisfies never;
    }
  }

  #opened(message: Extract<TerminalMessage, { type: 'opened' }>): void {
    const fresh = !message.resumed && this.#session !== null;
    this.#cancelPatience();
    this.#heartbeat.start();
    if (!message.resumed) this.#startAfresh();
    this.#session = message.session;
    this.#attempt = 0;
    this.#set({
      status: 'open',
      shellId: message.session,
      number: message.number,
      fresh,
      problem: null,
      ...(message.resumed ? {} : { running: null, busy: this.#pending !== null }),
    });
    this.#tellSize();
    if (this.#early) this.input(this.#early);
    this.#early = '';
    this.#runPending();
  }

  #startAfresh(): void {
    this.#forget();
    this.#view?.reset();
  }

  #forget(): void {
    this.#session = null;
    this.#received = 0;
    this.#replay.clear();
  }

  #refused({ code, message }: { readonly code: string; readonly message: string }): void {
    // Before the opening an error is the server's answer to `open`; and after `taken-over` it no longer listens to us.
    const ends = this.#info.status !== 'open' || code === 'taken-over';
    if (ends) this.#letGo();
    const status = ends ? 'refused' : 'open';
    this.#set({ status, problem: { code, message }, busy: status === 'open' && this.#info.running !== null });
  }

  #runPending(): void {
    if (this.#pending === null) return;
    this.#send({ type: 'run', command: this.#pending });
    this.#pending = null;
    this.#cancelSettle();
    this.#cancelSettle = this.#options.clock.after(RUN_SETTLE_MS, () => {
      this.#set({ busy: this.#info.running !== null });
    });
  }

  #lost(): void {
    this.#link = null;
    this.#heartbeat.stop();
    this.#cancelPatience();
    if (this.#disposed) return;
    const delayMs = retryDelayMs(this.#attempt, this.#options.random());
    this.#attempt += 1;
    this.#cancelRetry = this.#options.clock.after(delayMs, () => this.#connect());
    this.#set({ status: 'lost' });
  }

  #drop(): void {
    this.#letGo();
    this.#lost();
  }

  #letGo(): void {
    const link = this.#link;
    this.#link = null;
    this.#heartbeat.stop();
    this.#cancelPatience();
    link?.close();
  }

  #send(request: TerminalRequest): void {
    this.#link?.send(JSON.stringify(request));
  }

  #set(change: Partial<TerminalInfo>): void {
    this.#info = { ...this.#info, ...change };
    this.#options.changed();
  }
}
