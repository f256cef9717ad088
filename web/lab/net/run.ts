/**
 * A run of the lab: two hosts, their programs and the wire between them, in virtual time. It can be stepped forward and
 * back; the same setup and actions always give the same run. Programs live elsewhere: where one is to answer, the run
 * waits (`waiting`) until `answer` is called; what was answered once is remembered for stepping back and forth.
 */
import { viewOf } from '../stack/stack.ts';
import type { TcpView } from '../stack/tcp-view.ts';
import type { SimTime } from '../stack/time.ts';
import { Checkpoints } from './checkpoints.ts';
import { applyDeed, deedProblem } from './deeds.ts';
import { MAX_ACTIONS, MAX_EVENTS, MAX_KEPT_BYTES } from './limits.ts';
import type { HostId } from './link-settings.ts';
import { firstMoment } from './moment.ts';
import type { PacketRecord } from './packet-record.ts';
import type { ProgramCall, Turn } from './programs/turn.ts';
import { clearRecord, emptyRecord } from './record.ts';
import type { RunEvent } from './run-event.ts';
import type { Action, Deed, RunSetup } from './run-setup.ts';
import type { Sample } from './sample.ts';
import { World } from './world.ts';

/** A turn and what was answered. */
export interface AnsweredTurn {
  readonly turn: Turn;
  readonly calls: readonly ProgramCall[];
}

/** Why a run does not go on. `null`: it does, or it waits for a program. */
export type RunEnd = 'nothing-left' | 'too-many-events' | 'too-many-bytes' | null;

/** One run, at one moment of its time. */
export class Run {
  readonly setup: RunSetup;
  readonly #record = emptyRecord();
  readonly #world: World;
  readonly #checkpoints = new Checkpoints();
  #answered: AnsweredTurn[] = [];
  #actions: Action[];
  #branches = 0;

  /** `actions`: those of a run that is to be repeated. */
  constructor(setup: RunSetup, actions: readonly Action[] = []) {
    this.setup = setup;
    this.#actions = actions.slice(0, MAX_ACTIONS).sort((a, b) => a.afterTick - b.afterTick);
    this.#world = new World(setup, this.#record, firstMoment(setup));
    this.#actNow();
  }

  get now(): SimTime {
    return this.#world.moment.now;
  }
  get events(): readonly RunEvent[] {
    return this.#record.events;
  }
  /** By id. */
  get packets(): readonly PacketRecord[] {
    return this.#record.packets;
  }
  /** Ids of packets that have a copy in flight. */
  get inFlight(): ReadonlySet<number> {
    return this.#world.moment.inFlight;
  }
  get tick(): number {
    return this.#world.moment.tick;
  }
  /** All that were done by hand, those of the future too after stepping back. */
  get actions(): readonly Action[] {
    return this.#actions;
  }
  /** The turns that were answered up to now. Changes with `branches` are told to programs by feeding them these anew. */
  get answered(): readonly AnsweredTurn[] {
    return this.#answered.slice(0, this.#world.moment.turns);
  }
  /** Counts how often a future was given up: programs that were further are to be started anew. */
  get branches(): number {
    return this.#branches;
  }
  /** The turn that a program is to answer before the run goes on. */
  get waiting(): Turn | null {
    return this.#world.moment.waiting;
  }
  get end(): RunEnd {
    if (this.events.length >= MAX_EVENTS) return 'too-many-events';
    if (this.#world.moment.keptBytes >= MAX_KEPT_BYTES) return 'too-many-bytes';
    return this.waiting === null && this.#world.nextAt() === null ? 'nothing-left' : null;
  }

  /** When something happens next; `null`: never, as things stand. */
  nextAt(): SimTime | null {
    return this.end === null ? this.#world.nextAt() : null;
  }

  /** The endpoints of a host and their variables, as they are now. */
  views(host: HostId): readonly TcpView[] {
    return viewOf(this.#world.moment.hosts[host]);
  }

  /** The variables of a connection until now. */
  history(host: HostId, connection: number): readonly Sample[] {
    return this.#record.histories[host].get(connection) ?? NO_SAMPLES;
  }

  /** Numbers of the connections of a host that have a history. */
  sampled(host: HostId): readonly number[] {
    return [...this.#record.histories[host].keys()];
  }

  /**
   * Lets the next thing happen. False: nothing did, for a program is waited for or the run is at its end. Much of what
   * happens leaves no event (a timer that was not needed any more); `events` tells.
   */
  advance(): boolean {
    if (this.waiting || this.end !== null) return false;
    this.#checkpoints.keep(this.#world.moment, this.#record);
    this.#world.tick();
    this.#answerFromRecord();
    this.#actNow();
    return true;
  }

  /** A program's answer to `waiting`. */
  answer(calls: readonly ProgramCall[]): void {
    const { waiting } = this;
    if (!waiting) return;
    this.#answered.length = this.#world.moment.turns;
    this.#answered.push({ turn: waiting, calls });
    this.#answerFromRecord();
    this.#actNow();
  }

  /** Time passes without anything happening: at most until the next thing does. */
  pass(until: SimTime): void {
    const next = this.#world.nextAt();
    const { moment } = this.#world;
    moment.now = Math.max(moment.now, next === null ? until : Math.min(until, next));
  }

  /** Does something by hand, now. What was done later in a future that was stepped back from is given up. A sentence: why not. */
  act(deed: Deed): string | null {
    const problem = this.#actions.length >= MAX_ACTIONS ? 'too-many' : deedProblem(this.#record, deed);
    if (problem) return problem;
    const { moment } = this.#world;
    this.#giveUpFuture();
    this.#actions.push({ afterTick: moment.tick, at: moment.now, deed });
    this.#actNow();
    return null;
  }

  /** Takes the last action back: the run is as it was when it was done, but without it. False: there was none. */
  undo(): boolean {
    const last = this.#actions.pop();
    if (!last) return false;
    this.#checkpoints.forgetAfter(last.afterTick - 1);
    this.#restore(last.afterTick);
    this.#world.moment.now = last.at;
    this.#giveUpFuture();
    return true;
  }

  /** To the moment before the last event; what happened in one tick is taken back together. False: this is the start. */
  back(): boolean {
    const last = this.#record.ticks.at(-1);
    if (last === undefined) return false;
    this.#restore(last - 1);
    return true;
  }

  /** To a moment that has been. */
  backTo(at: SimTime): void {
    const { tick } = this.#world.moment;
    this.#restore(this.#checkpoints.tickBefore(at));
    for (;;) {
      const next = this.#world.nextAt();
      if (next === null || next > at || this.tick >= tick || !this.advance()) break;
    }
    this.#world.moment.now = Math.max(this.now, at);
  }

  /** As it was after so many ticks, which have been. */
  #restore(tick: number): void {
    const kept = this.#checkpoints.restore(Math.max(0, tick), this.#record);
    if (kept) this.#world.moment = kept;
    else this.#startAgain();
    while (this.tick < tick && this.advance());
  }

  #startAgain(): void {
    clearRecord(this.#record);
    this.#world.moment = firstMoment(this.setup);
    this.#actNow();
  }

  #answerFromRecord(): void {
    const { moment } = this.#world;
    const known = this.#answered[moment.turns];
    if (moment.waiting && known) this.#world.answer(known.calls);
  }

  /** Does what is on the list for this moment. */
  #actNow(): void {
    const { moment } = this.#world;
    for (;;) {
      const action = this.#actions[moment.actions];
      if (!action || action.afterTick > moment.tick || moment.waiting) return;
      moment.actions += 1;
      applyDeed(this.#world, this.#record, action.deed);
    }
  }

  #giveUpFuture(): void {
    const { moment } = this.#world;
    if (this.#answered.length > moment.turns) this.#branches += 1;
    this.#answered.length = moment.turns;
    this.#actions.length = moment.actions;
    this.#checkpoints.forgetAfter(moment.tick);
  }
}

const NO_SAMPLES: readonly Sample[] = [];
