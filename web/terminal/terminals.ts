import { createStore, type StoreApi } from 'zustand/vanilla';
import { MAX_TERMINALS } from '#protocol/limits.ts';
import type { TerminalInfo } from './terminal-info.ts';
import { TerminalSession, type TerminalSessionOptions } from './terminal-session.ts';

/** One terminal of the panel. */
export interface TerminalTab extends TerminalInfo {
  /** Unique on this page, steady. */
  readonly id: number;
  readonly session: TerminalSession;
}

/** What the browser remembers over a reload of the page. */
export interface TerminalMemory {
  /** Shells to resume, in order of their tabs. */
  load(): readonly string[];
  save(sessions: readonly string[]): void;
}

/** What terminals need from outside. */
export interface TerminalsOptions extends Pick<TerminalSessionOptions, 'open' | 'clock' | 'random'> {
  /** Default: nothing is remembered. */
  readonly memory?: TerminalMemory;
}

/** All terminals of the page. */
export interface TerminalsState {
  readonly tabs: readonly TerminalTab[];
  /** Id of the one that is shown; `null` while there is none. */
  readonly active: number | null;
  /** Grows when the active terminal should get the keyboard: after `run`, and after opening one by hand. */
  readonly focusRequests: number;
  /** Why the last command was not run; `null` once one was. */
  readonly refusal: 'all-busy' | 'too-long' | null;
}

/** The terminals and what can be done with them. */
export interface Terminals {
  readonly store: StoreApi<TerminalsState>;
  /** Unless there is a terminal: resumes those that are remembered, or opens the first. */
  ensure(): void;
  /** Opens one more and shows it; answers its id, or `null` when there are MAX_TERMINALS. */
  open(): number | null;
  /** Shows one. */
  activate(id: number): void;
  /** Ends one; its neighbour is shown instead. */
  close(id: number): void;
  /** Runs in the active terminal if it is idle, else in an idle one, else in a new one; answers whether it could. */
  run(command: string): boolean;
}

/** Terminals over links that `options.open` makes. */
export function createTerminals(options: TerminalsOptions): Terminals {
  return new TerminalCollection(options);
}

const NONE: TerminalsState = { tabs: [], active: null, focusRequests: 0, refusal: null };

/** States in which a command would be run sooner or later, best first. */
const RUNNABLE = ['open', 'connecting', 'lost'] as const;

class TerminalCollection implements Terminals {
  readonly store = createStore<TerminalsState>(() => NONE);
  readonly #options: TerminalsOptions;
  #remembered = '';
  #lastId = 0;

  constructor(options: TerminalsOptions) {
    this.#options = options;
    this.store.subscribe(({ tabs }) => this.#remember(tabs));
  }

  ensure(): void {
    if (this.store.getState().tabs.length > 0) return;
    const sessions = this.#options.memory?.load() ?? [];
    for (const session of sessions) this.#add(session);
    if (sessions.length === 0) this.#add();
    this.store.setState(({ tabs }) => ({ active: tabs[0]?.id ?? null }));
  }

  open(): number | null {
    const id = this.#add();
    if (id !== null) this.#requestFocus();
    return id;
  }

  activate(id: number): void {
    if (this.#tab(id)) this.store.setState({ active: id });
  }

  close(id: number): void {
    const { tabs, active } = this.store.getState();
    const index = tabs.findIndex((tab) => tab.id === id);
    if (index < 0) return;
    tabs[index]?.session.close();
    const rest = tabs.filter((tab) => tab.id !== id);
    const next = active === id ? (rest[Math.min(index, rest.length - 1)]?.id ?? null) : active;
    this.store.setState({ tabs: rest, active: next, refusal: null });
  }

  run(command: string): boolean {
    const id = this.#idle() ?? this.#add();
    const session = id === null ? undefined : this.#tab(id)?.session;
    if (!session || id === null) {
      this.store.setState({ refusal: 'all-busy' });
      return false;
    }
    const accepted = session.run(command);
    this.store.setState({ active: id, refusal: accepted ? null : 'too-long' });
    this.#requestFocus();
    return accepted;
  }

  #requestFocus(): void {
    this.store.setState(({ focusRequests }) => ({ focusRequests: focusRequests + 1 }));
  }

  #tab(id: number): TerminalTab | undefined {
    return this.store.getState().tabs.find((tab) => tab.id === id);
  }

  #idle(): number | null {
    const { tabs, active } = this.store.getState();
    for (const status of RUNNABLE) {
      const idle = tabs.filter((tab) => !tab.busy && tab.status === status);
      const found = idle.find((tab) => tab.id === active) ?? idle[0];
      if (found) return found.id;
    }
    return null;
  }

  #add(resume?: string): number | null {
    if (this.store.getState().tabs.length >= MAX_TERMINALS) return null;
    this.#lastId += 1;
    const id = this.#lastId;
    const { open, clock, random } = this.#options;
    const changed = () => this.#changed(id);
    const session = new TerminalSession({ open, clock, random, changed, ...(resume === undefined ? {} : { resume }) });
    this.store.setState(({ tabs }) => ({ tabs: [...tabs, { id, session, ...session.info }], active: id }));
    return id;
  }

  #remember(tabs: readonly TerminalTab[]): void {
    const sessions = tabs.flatMap(({ shellId, status }) => (shellId !== null && status !== 'exited' ? shellId : []));
    if (sessions.join() === this.#remembered) return;
    this.#remembered = sessions.join();
    this.#options.memory?.save(sessions);
  }

  #changed(id: number): void {
    this.store.setState(({ tabs }) => ({
      tabs: tabs.map((tab) => (tab.id === id ? { ...tab, ...tab.session.info } : tab)),
    }));
  }
}
