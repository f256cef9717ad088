/** What the learner has laid out on the lab: an experiment, its wire, rules and programs, and the run that is shown. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HostId, LinkSettings } from '../net/link-settings.ts';
import type { Action, HostSetup, ProgramText, RunSetup } from '../net/run-setup.ts';
import type { WireRule } from '../net/wire-rule.ts';
import { type LabHost, LabSession } from './lab-session.ts';
import type { KeptRun } from './share/lab-json.ts';

/** The state of the desk. */
export interface DeskState {
  /** Id of the experiment that the setup began with. */
  readonly experiment: string;
  /** What the next start begins with. The run that is shown may have begun with something else. */
  readonly draft: RunSetup;
}

/** Lays out runs. */
export class LabDesk {
  readonly store: StoreApi<DeskState>;
  readonly session: LabSession;

  constructor(host: LabHost, begin: DeskState, actions: readonly Action[] = []) {
    this.store = createStore<DeskState>(() => begin);
    this.session = new LabSession(host, begin.draft, actions);
  }

  /** Begins an experiment; what was laid out before is given up. */
  begin(experiment: string, draft: RunSetup, actions: readonly Action[] = []): void {
    this.store.setState({ experiment, draft });
    this.session.open(draft, actions);
  }

  /** Begins again, with everything as it is laid out now. */
  restart(): void {
    this.session.open(this.store.getState().draft);
  }

  /** The run that is shown, so that it can be repeated. */
  kept(): KeptRun {
    const { run } = this.session.store.getState();
    const { experiment } = this.store.getState();
    return { experiment, setup: run.setup, actions: run.actions, at: run.now };
  }

  /** What is to be there when the page comes back: the run, or what is laid out, where that is something else by now. */
  toKeep(): KeptRun {
    const { draft, experiment } = this.store.getState();
    const kept = this.kept();
    return isChanged(kept.setup, draft) ? { experiment, setup: draft, actions: [], at: 0 } : { ...kept, experiment };
  }

  /** Changes one direction of the wire: at once by hand where the run is under way, else from its beginning. */
  setLink(from: HostId, settings: LinkSettings): void {
    const { draft } = this.store.getState();
    this.#lay({ ...draft, wire: { ...draft.wire, [from]: settings } });
    if (this.begun) void this.session.act({ deed: 'wire', from, settings });
  }

  setRules(rules: readonly WireRule[]): void {
    this.#lay({ ...this.store.getState().draft, rules });
  }

  setSeed(seed: number): void {
    this.#lay({ ...this.store.getState().draft, seed });
  }

  setHost(host: HostId, part: Partial<HostSetup>): void {
    const { draft } = this.store.getState();
    this.#lay({ ...draft, hosts: { ...draft.hosts, [host]: { ...draft.hosts[host], ...part } } });
  }

  setPrograms(host: HostId, programs: readonly ProgramText[]): void {
    const { draft } = this.store.getState();
    this.#lay({ ...draft, programs: { ...draft.programs, [host]: programs } });
  }

  /** Whether anything has happened in the run that is shown. */
  get begun(): boolean {
    const { run } = this.session.store.getState();
    return run.now > 0 || run.events.length > 0;
  }

  #lay(draft: RunSetup): void {
    this.store.setState({ draft });
    // What has not begun begins with what is laid out; what has goes on as it began.
    if (!this.begun) this.session.open(draft);
  }
}

/** Whether the run began with something else than what is laid out, besides the wire, which changes at once. */
export function isChanged(began: RunSetup, draft: RunSetup): boolean {
  return (
    began.seed !== draft.seed ||
    began.hosts !== draft.hosts ||
    began.rules !== draft.rules ||
    began.programs !== draft.programs
  );
}
