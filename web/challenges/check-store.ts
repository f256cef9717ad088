import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChallengeInfo, CheckRequest, CheckRun, Listener } from '#protocol/check.ts';
import type { CheckClient } from './check-client.ts';

/** How often a running check is asked for, in milliseconds. */
const RUN_POLL_MS = 250;
/** How often it is looked what listens while somebody looks, in milliseconds. */
const LISTENERS_POLL_MS = 2_000;

/** A port on which something listens. */
export interface SeenListener extends Listener {
  /** It was not there when the page first looked. */
  readonly isNew: boolean;
}

/** What the page knows of challenges. */
export interface CheckState {
  /** `null` until the first answer. */
  readonly challenges: readonly ChallengeInfo[] | null;
  /** Why the newest answer is missing; `null` when it came. */
  readonly problem: string | null;
  /** What listens, the new ones first; `null` while it is not known, or where it can't be. */
  readonly listeners: readonly SeenListener[] | null;
  /** The newest run of each challenge. */
  readonly runs: Readonly<Record<string, CheckRun>>;
}

/** What the desk needs of its surroundings. */
export interface CheckDeskOptions {
  readonly client: CheckClient;
  /** Calls back at that interval and returns what stops it. */
  readonly every: (ms: number, run: () => void) => () => void;
  /** Told of stages that passed, and whether the whole challenge did. */
  readonly passed: (challenge: string, stages: readonly string[], whole: boolean) => void;
}

/** The challenges and their checks. */
export interface CheckDesk {
  readonly store: StoreApi<CheckState>;
  /** Asks for the challenges, once. */
  load(): Promise<void>;
  /** Looks what listens, now and then, until the function that it returns is called. */
  watchListeners(): () => void;
  /** Begins a check in place of the one before; a reason when it could not begin, else `null`. */
  start(request: CheckRequest): Promise<string | null>;
  /** Stops the check of a challenge; its stages stay to be seen. */
  stop(challenge: string): Promise<void>;
}

/** Makes the desk; nothing is asked for yet. */
export function createCheckDesk(options: CheckDeskOptions): CheckDesk {
  const { client, every } = options;
  const store = createStore<CheckState>(() => ({ challenges: null, problem: null, listeners: null, runs: {} }));
  const runs = new PolledRuns(store, options);
  const known = new Set<string>();
  let looked = false;
  const look = async (): Promise<void> => {
    const answer = await client.listeners();
    if (!answer.ok) return;
    store.setState({ listeners: answer.value && seen(answer.value, known, looked) });
    looked = true;
  };
  return {
    store,
    load: async () => {
      if (store.getState().challenges) return;
      const answer = await client.catalogue();
      store.setState(answer.ok ? { challenges: answer.value, problem: null } : { problem: answer.reason });
    },
    watchListeners: () => {
      void look();
      return every(LISTENERS_POLL_MS, () => void look());
    },
    start: (request) => runs.start(request),
    stop: (challenge) => runs.stop(challenge),
  };
}

/** Runs of checks, each asked for again and again until it has ended. */
class PolledRuns {
  readonly #store: StoreApi<CheckState>;
  readonly #options: CheckDeskOptions;
  /** What ends the asking, by challenge. */
  readonly #polls = new Map<string, () => void>();

  constructor(store: StoreApi<CheckState>, options: CheckDeskOptions) {
    this.#store = store;
    this.#options = options;
  }

  async start(request: CheckRequest): Promise<string | null> {
    const { client, every } = this.#options;
    this.#endPoll(request.challenge);
    const before = this.#store.getState().runs[request.challenge];
    if (before?.state === 'running') await client.remove(before.id);
    const answer = await client.start(request);
    if (!answer.ok) return answer.reason;
    this.#store.setState({ problem: null });
    this.#show(answer.value);
    this.#polls.set(
      request.challenge,
      every(RUN_POLL_MS, () => void this.#refresh(answer.value)),
    );
    return null;
  }

  async stop(challenge: string): Promise<void> {
    const run = this.#store.getState().runs[challenge];
    if (run?.state !== 'running') return;
    this.#endPoll(challenge);
    this.#store.setState(({ runs }) => ({ runs: stopped(runs, challenge) }));
    await this.#options.client.remove(run.id);
  }

  #show(run: CheckRun): void {
    this.#store.setState(({ runs }) => ({ runs: { ...runs, [run.challenge]: run } }));
    const stages = run.stages.filter(({ state }) => state === 'passed').map(({ id }) => id);
    if (stages.length > 0) this.#options.passed(run.challenge, stages, run.state === 'passed');
    if (run.state !== 'running') this.#endPoll(run.challenge);
  }

  async #refresh({ id, challenge }: CheckRun): Promise<void> {
    const answer = await this.#options.client.run(id);
    if (this.#store.getState().runs[challenge]?.id !== id) return;
    if (answer.ok) {
      this.#show(answer.value);
      return;
    }
    this.#endPoll(challenge);
    this.#store.setState(({ runs }) => ({ problem: answer.reason, runs: stopped(runs, challenge) }));
  }

  #endPoll(challenge: string): void {
    this.#polls.get(challenge)?.();
    this.#polls.delete(challenge);
  }
}

/** What is there now; what was there at the first look is known, and everything else is new. */
function seen(listeners: readonly Listener[], known: Set<string>, looked: boolean): readonly SeenListener[] {
  if (!looked) for (const listener of listeners) known.add(keyOf(listener));
  const told = listeners.map((listener) => ({ ...listener, isNew: !known.has(keyOf(listener)) }));
  return told.sort((a, b) => Number(b.isNew) - Number(a.isNew) || a.port - b.port);
}

function keyOf({ transport, port }: Listener): string {
  return `${transport} ${port}`;
}

function stopped(runs: CheckState['runs'], challenge: string): CheckState['runs'] {
  const run = runs[challenge];
  if (!run) return runs;
  const stages = run.stages.map((stage) =>
    stage.state === 'waiting' || stage.state === 'running' ? { ...stage, state: 'left-out' as const } : stage,
  );
  return { ...runs, [challenge]: { ...run, stages, state: 'stopped' } };
}
