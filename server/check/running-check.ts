import type { CheckRun, Failure, StageReport } from '#protocol/check.ts';
import type { Arrivals } from './arrivals.ts';
import { Bench, type Target } from './bench.ts';
import type { Challenge, Stage } from './challenge.ts';
import type { CheckClock } from './clock.ts';
import { Dice } from './dice.ts';
import { CheckFailure } from './failure.ts';
import { ARRIVAL_MS, STAGE_MS } from './limits.ts';
import { Transcript } from './transcript.ts';

/** What a check is run with. */
export interface RunningCheckOptions {
  readonly id: number;
  readonly challenge: Challenge;
  readonly target: Target;
  readonly arrivals: Arrivals | null;
  readonly clock: CheckClock;
  readonly seed: number;
  /** Told whenever a stage begins or ends. */
  readonly changed?: (run: CheckRun) => void;
}

/** How one stage ended, or has not. */
interface Outcome {
  state: StageReport['state'];
  ms: number | null;
  failure: Failure | null;
  transcript: Transcript | null;
}

/** One run of a challenge: stage after stage, up to the first that fails. Begins when it is made. */
export class RunningCheck {
  readonly id: number;
  /** Settles when it has ended, in whichever way; never rejects. */
  readonly done: Promise<void>;
  readonly #options: RunningCheckOptions;
  readonly #outcomes: Outcome[];
  #state: CheckRun['state'] = 'running';
  #bench: Bench | null = null;

  constructor(options: RunningCheckOptions) {
    this.id = options.id;
    this.#options = options;
    this.#outcomes = options.challenge.stages.map(() => ({
      state: 'waiting',
      ms: null,
      failure: null,
      transcript: null,
    }));
    this.done = this.#run();
  }

  /** How it fares now. */
  get report(): CheckRun {
    const { challenge, target, seed, arrivals } = this.#options;
    const endpoint = arrivals?.endpoint ?? {
      address: target.chosen ?? target.addresses[0] ?? '',
      port: target.port,
    };
    return {
      id: this.id,
      challenge: challenge.id,
      target: endpoint,
      state: this.#state,
      seed,
      stages: challenge.stages.map((stage, at) => this.#stageReport(stage, at, endpoint)),
    };
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Stops it; what has not been run is left out. Stopping twice is harmless. */
  async stop(): Promise<void> {
    if (this.#state === 'running') this.#state = 'stopped';
    await this.#bench?.close();
    await this.done;
  }

  async #run(): Promise<void> {
    const { challenge, arrivals } = this.#options;
    for (const [at, stage] of challenge.stages.entries()) {
      if (this.#state !== 'running') break;
      const failure = await this.#runStage(stage, at);
      if (failure && this.#state === 'running') this.#state = 'failed';
    }
    if (this.#state === 'running') this.#state = 'passed';
    for (const outcome of this.#outcomes) if (outcome.state === 'waiting') outcome.state = 'left-out';
    await arrivals?.close();
    this.#options.changed?.(this.report);
  }

  async #runStage(stage: Stage, at: number): Promise<Failure | null> {
    const { clock, target, arrivals, seed } = this.#options;
    const outcome = this.#outcomes[at];
    if (!outcome) return null;
    const transcript = new Transcript(() => clock.nowMs());
    const bench = new Bench({ target, arrivals, clock, transcript, dice: new Dice(seed + at) });
    this.#bench = bench;
    Object.assign(outcome, { state: 'running', transcript });
    this.#options.changed?.(this.report);
    const failure = await this.#outcomeOf(stage, bench);
    await bench.close();
    const stopped = this.#state === 'stopped';
    outcome.state = stopped ? 'left-out' : failure ? 'failed' : 'passed';
    outcome.failure = stopped ? null : failure;
    outcome.ms = transcript.ageMs;
    this.#options.changed?.(this.report);
    return failure;
  }

  /** Plays the stage, no longer than STAGE_MS. */
  async #outcomeOf(stage: Stage, bench: Bench): Promise<Failure | null> {
    const limitMs = STAGE_MS + (this.#options.arrivals ? ARRIVAL_MS : 0);
    let late = false;
    const cancel = this.#options.clock.after(limitMs, () => {
      late = true;
      void bench.close();
    });
    try {
      await stage.run(bench);
      return null;
    } catch (error) {
      if (late) return new CheckFailure('too-slow', { seconds: limitMs / 1_000 }).failure;
      if (error instanceof CheckFailure) return error.failure;
      const reason = error instanceof Error ? error.message : String(error);
      return new CheckFailure('internal', { reason }).failure;
    } finally {
      cancel();
    }
  }

  #stageReport(stage: Stage, at: number, endpoint: CheckRun['target']): StageReport {
    const { state = 'waiting', ms = null, failure = null, transcript } = this.#outcomes[at] ?? {};
    return {
      id: stage.id,
      points: stage.points,
      title: stage.title,
      state,
      ms: ms === null ? null : Math.round(ms),
      failure,
      transcript: [...(transcript?.entries ?? [])],
      omitted: transcript?.omitted ?? 0,
      command: this.#options.challenge.writes === 'server' ? stage.command(endpoint) : '',
    };
  }
}
