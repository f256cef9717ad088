import type { TerminalMessage, TerminalRequest } from '#protocol/terminal-messages.ts';
import type { Command } from './command.ts';
import type { TerminalEffects } from './effects.ts';
import type { TerminalHost } from './host.ts';
import { SESSION_GRACE_MS } from './limits.ts';
import type { ListenerTable } from './net/listener-table.ts';
import { createSessionOutput, type TerminalLink } from './session-output.ts';
import { createShell, type Shell } from './shell.ts';

/** What all sessions of one Porthole share. */
export interface SessionSurroundings {
  readonly host: TerminalHost;
  readonly effects: TerminalEffects;
  readonly listeners: ListenerTable;
  readonly commands: readonly Command[];
}

/** Size of the browser's terminal. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A request that is about one terminal, not about its WebSocket. */
export type SessionRequest = Exclude<TerminalRequest, { type: 'open' } | { type: 'ping' }>;

/** One numbered terminal: its shell, and the WebSocket that shows it, if there is one now. */
export interface Session {
  readonly id: string;
  readonly number: number;
  /** No browser shows it. */
  readonly isLost: boolean;
  /** It stands at the prompt. */
  readonly isIdle: boolean;
  /** Shows it on `link`, which has `received` units of its output; a link that showed it before is told. */
  attach(link: TerminalLink, size: ScreenSize, received: number): void;
  /** A request from `link`; one that does not show this terminal any more is not heard. */
  receive(link: TerminalLink, request: SessionRequest): void;
  drained(): void;
  /** `link` is gone: waits SESSION_GRACE_MS for another one. */
  lost(link: TerminalLink): void;
  /** Ends everything that it has opened. */
  end(): void;
}

class TerminalSession implements Session {
  readonly id: string;
  readonly number: number;
  readonly #effects: TerminalEffects;
  readonly #ended: () => void;
  readonly #output;
  readonly #shell: Shell;
  #columns = 80;
  #begun = false;
  #cancelGrace: (() => void) | null = null;
  /** First half of a character that came cut in two. */
  #half = '';

  constructor(number: number, around: SessionSurroundings, ended: () => void) {
    this.id = around.effects.sessionId();
    this.number = number;
    this.#effects = around.effects;
    this.#ended = ended;
    this.#output = createSessionOutput((delayMs, fire) => around.effects.timer(delayMs, fire));
    this.#shell = createShell({
      ...around,
      terminal: number,
      flow: this.#output,
      write: (text) => this.#output.write(text),
      columns: () => this.#columns,
      running: (command) => this.#output.link?.send({ type: 'running', command }),
      exited: (code) => this.#exited(code),
    });
  }

  get isLost(): boolean {
    return this.#output.link === null;
  }

  get isIdle(): boolean {
    return this.#shell.running === null;
  }

  attach(link: TerminalLink, size: ScreenSize, received: number): void {
    this.#cancelGrace?.();
    this.#cancelGrace = null;
    this.#output.link?.send({
      type: 'error',
      code: 'taken-over',
      message: 'This terminal is open in another tab now.',
    });
    const first: TerminalMessage[] = [
      { type: 'opened', session: this.id, number: this.number, resumed: this.#begun },
      { type: 'running', command: this.#shell.running },
    ];
    const resized = size.columns !== this.#columns;
    this.#columns = size.columns;
    this.#output.attach(link, received, first);
    if (!this.#begun) this.#shell.begin();
    else if (resized) this.#shell.resized();
    this.#begun = true;
  }

  receive(link: TerminalLink, request: SessionRequest): void {
    if (this.#output.link !== link) return;
    switch (request.type) {
      case 'input':
        this.#input(request.data);
        return;
      case 'run':
        this.#shell.run(request.command);
        return;
      case 'resize':
        this.#columns = request.columns;
        this.#shell.resized();
        return;
      case 'close':
        this.end();
        return;
      default:
        request satisfies never;
    }
  }

  drained(): void {
    this.#output.drained();
  }

  lost(link: TerminalLink): void {
    if (this.#output.link !== link) return;
    this.#output.detach();
    this.#cancelGrace = this.#effects.timer(SESSION_GRACE_MS, () => this.end());
  }

  end(): void {
    this.#cancelGrace?.();
    this.#shell.close();
    this.#output.close();
    this.#ended();
  }

  #input(data: string): void {
    const text = this.#half + data;
    const cut = /[\ud800-\udbff]$/.test(text) ? 1 : 0;
    this.#half = cut > 0 ? text.slice(-cut) : '';
    this.#shell.input(text.slice(0, text.length - cut));
  }

  #exited(code: number): void {
    this.#output.link?.send({ type: 'exited', code });
    this.end();
  }
}

/** A session that no link shows yet. `ended` is called when it is over. */
export function createSession(number: number, around: SessionSurroundings, ended: () => void): Session {
  return new TerminalSession(number, around, ended);
}
