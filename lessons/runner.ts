import { formatEndpoint } from '#protocol/address.ts';
import type { Conversation, Evidence, WireEvent } from '#protocol/wire.ts';
import type { LabSighting } from './lab-checks.ts';
import { type Facts, factsOf, type Match } from './match.ts';
import { createMatcher, type Matcher, type Seen } from './matcher.ts';
import type { Captures, PacketSighting, TableSighting } from './packet-checks.ts';
import { isWorthFetching, NO_PAYLOADS, type Payloads } from './payloads.ts';
import type { Experiment, Lesson, Step } from './schema.ts';
import { createWireNow, isOfPage, type WireNow, type WritableWireNow } from './wire-now.ts';

/** How a lesson stands when it is opened. */
export interface RunnerStart {
  readonly lesson: Lesson;
  /** Ids of the steps and experiments that are done already. */
  readonly done: ReadonlySet<string>;
  /** Every conversation at the moment of event `seq`. */
  readonly conversations?: Iterable<Conversation>;
  /** Newest event so far: only later ones count. Default 0. */
  readonly seq?: number;
  /** When it came: wall clock in milliseconds. Default 0. */
  readonly wallMs?: number;
  /** What else is known at that moment. */
  readonly known?: Partial<Known>;
}

/** A step or an experiment turned green. */
export interface Completion {
  readonly kind: 'step' | 'experiment';
  readonly id: string;
  /** Wall clock of what completed it, in milliseconds. */
  readonly wallMs: number;
  /** What was seen. */
  readonly facts: Facts;
  /** Client ends of the conversations it was seen in, `MAX_MATCH_CONVERSATIONS` at the most. */
  readonly clients: readonly string[];
  /** How it is known. */
  readonly evidence: readonly Evidence[];
  /** Whether packets were captured when it turned green. */
  readonly captures: boolean;
  /** Prediction id → the choice that happened, or `null` when none of them did. */
  readonly observed: Readonly<Record<string, string | null>>;
}

/** A near miss of the step that waits. */
export interface NearMiss {
  /** Step or experiment it belongs to. */
  readonly of: string;
  /** Id of the hint. */
  readonly id: string;
  /** What was seen instead. */
  readonly facts: Facts;
}

/** Events that are looked at while one is waited for: their octets can be on their way together. */
const MAX_ASKED_AHEAD = 32;

/** Finds conversations by id. */
export interface ConversationLookup {
  get(id: number): Conversation | undefined;
}

/**
 * Follows one lesson: steps go in order, and each counts only what happens after the one before it was done. Pure: it knows nothing
 * but the events it is fed, and how they are cut into batches makes no difference.
 */
export interface Runner {
  /** The step that waits, or `null` when all are done. */
  readonly active: string | null;
  /** Ids of steps and experiments that are done. */
  readonly done: ReadonlySet<string>;
  /** Newest event taken in. */
  readonly seq: number;
  /** The step that waits; when all are done, the experiments that do. */
  readonly waiting: readonly (Step | Experiment)[];
  /** The newest near miss of each step or experiment that waits. */
  readonly nearMisses: readonly NearMiss[];
  /**
   * Takes in events in order, and answers what they completed. Events up to `seq` are passed over. Where a check looks at
   * the octets of an event and `payloads` has them not yet, it stops before it: feed from `seq` on when they have come.
   */
  feed(events: Iterable<WireEvent>, conversations: ConversationLookup, payloads?: Payloads): readonly Completion[];
  /** Takes in what happened in a run of the lab, in the scene of a step or an experiment, at this moment of the wall clock. */
  feedLab(task: string, sightings: Iterable<LabSighting>, wallMs: number): readonly Completion[];
  /** Takes in packets in the order of their capture, each with its moment of the wall clock. */
  feedPackets(packets: Iterable<{ readonly packet: PacketSighting; readonly wallMs: number }>): readonly Completion[];
  /** What else is known changed: whether packets are captured, the socket table, the exercises that are solved. */
  feedKnown(known: Partial<Known>): readonly Completion[];
  /** Events were missed: judges what is open now afresh. */
  repair(conversations: Iterable<Conversation>): readonly Completion[];
}

/** What checks know besides what happens. */
export interface Known {
  readonly captures: Captures;
  readonly table: TableSighting | null;
  readonly solved: ReadonlySet<string>;
  /** Wall clock in milliseconds. */
  readonly wallMs: number;
}

/** Opens a lesson. */
export function createRunner(start: RunnerStart): Runner {
  return new LessonRunner(start);
}

class LessonRunner implements Runner {
  readonly #lesson: Lesson;
  readonly #now: WritableWireNow;
  readonly #done: Set<string>;
  #watches: Watch[] = [];

  constructor({ lesson, done, conversations = [], seq = 0, wallMs = 0, known = {} }: RunnerStart) {
    this.#lesson = lesson;
    this.#done = new Set(done);
    this.#now = createWireNow(conversations, seq, wallMs);
    Object.assign(this.#now, known);
    this.#watch();
  }

  get active(): string | null {
    return this.#lesson.steps.find((step) => !this.#done.has(step.id))?.id ?? null;
  }

  get done(): ReadonlySet<string> {
    return this.#done;
  }

  get seq(): number {
    return this.#now.seq;
  }

  get waiting(): readonly (Step | Experiment)[] {
    return this.#watches.map(({ task }) => task);
  }

  get nearMisses(): readonly NearMiss[] {
    return this.#watches.flatMap((watch) => watch.nearMiss ?? []);
  }

  feed(events: Iterable<WireEvent>, conversations: ConversationLookup, payloads = NO_PAYLOADS): readonly Completion[] {
    const completed = this.#settle();
    let waiting = 0;
    for (const event of events) {
      const conversation = event.seq > this.#now.seq ? conversations.get(event.conversation) : undefined;
      if (!conversation) continue;
      const payload = this.#looksAt(event, conversation) ? payloads.get(event) : null;
      if (waiting > 0 || payload === undefined) {
        waiting += 1;
        if (waiting > MAX_ASKED_AHEAD) break;
        continue;
      }
      const sighting = this.#now.see(event, conversation, payload);
      if (!sighting) continue;
      for (const watch of this.#watches) watch.feed(sighting, this.#now);
      completed.push(...this.#settle());
    }
    return completed;
  }

  feedLab(task: string, sightings: Iterable<LabSighting>, wallMs: number): readonly Completion[] {
    const completed = this.#settle();
    for (const sighting of sightings) {
      this.#takeIn({ wallMs });
      for (const watch of this.#watches) if (watch.task.id === task) watch.feed(sighting, this.#now);
      completed.push(...this.#settle());
    }
    return completed;
  }

  feedPackets(packets: Iterable<{ readonly packet: PacketSighting; readonly wallMs: number }>): readonly Completion[] {
    const completed = this.#settle();
    for (const { packet, wallMs } of packets) {
      this.#takeIn({ wallMs });
      for (const watch of this.#watches) watch.feed({ packet }, this.#now);
      completed.push(...this.#settle());
    }
    return completed;
  }

  feedKnown(known: Partial<Known>): readonly Completion[] {
    this.#takeIn(known);
    for (const watch of this.#watches) watch.review(this.#now);
    return this.#settle();
  }

  repair(conversations: Iterable<Conversation>): readonly Completion[] {
    this.#takeIn({});
    this.#now.repair(conversations);
    for (const watch of this.#watches) watch.review(this.#now);
    return this.#settle();
  }

  /** Something other than an event, in the order of everything. */
  #takeIn(known: Partial<Known>): void {
    this.#now.moment += 1;
    Object.assign(this.#now, known);
  }

  /** Whether a preview is too little for anything that waits. */
  #looksAt(event: WireEvent, conversation: Conversation): boolean {
    if (isOfPage(conversation) || !isWorthFetching(event)) return false;
    return this.#watches.some((watch) => watch.looksAt(event, conversation));
  }

  /** Ticks off what holds, and goes on to what comes next, until nothing more holds. */
  #settle(): Completion[] {
    const completed: Completion[] = [];
    let ready = this.#watches.filter((watch) => watch.match);
    while (ready.length > 0) {
      for (const watch of ready) {
        if (!watch.match) continue;
        this.#done.add(watch.task.id);
        completed.push(watch.completion(watch.match, this.#now.captures === true));
      }
      this.#watch();
      ready = this.#watches.filter((watch) => watch.match);
    }
    return completed;
  }

  /** Watches the step that waits; when all are done, the experiments that are not. */
  #watch(): void {
    const step = this.#lesson.steps.find((each) => !this.#done.has(each.id));
    const tasks = step ? [step] : this.#lesson.breakIt.filter((each) => !this.#done.has(each.id));
    const kind = step ? 'step' : 'experiment';
    this.#watches = tasks.map(
      (task) => this.#watches.find((watch) => watch.task === task) ?? new Watch(kind, task, this.#now),
    );
  }
}

/** One step or experiment that waits: its check, its near misses, and what would settle its predictions. */
class Watch {
  readonly kind: Completion['kind'];
  readonly task: Step | Experiment;
  readonly #check: Matcher;
  readonly #hints: readonly { readonly id: string; readonly matcher: Matcher }[];
  readonly #choices: readonly { readonly prediction: string; readonly choice: string; readonly matcher: Matcher }[];

  constructor(kind: Completion['kind'], task: Step | Experiment, now: WireNow) {
    this.kind = kind;
    this.task = task;
    this.#check = createMatcher(task.check, now);
    this.#hints = task.hints.map(({ id, when }) => ({ id, matcher: createMatcher(when, now) }));
    this.#choices = predictionsOf(task).flatMap(({ id, choices }) =>
      Object.entries(choices).map(([choice, check]) => ({
        prediction: id,
        choice,
        matcher: createMatcher(check, now),
      })),
    );
  }

  get match(): Match | null {
    return this.#check.match;
  }

  /** The hint that came to hold last; of several at the same moment, the first in the lesson. */
  get nearMiss(): NearMiss | null {
    let newest: { id: string; match: Match } | null = null;
    for (const { id, matcher } of this.#hints) {
      const match = matcher.match;
      if (match && (!newest || match.moment > newest.match.moment)) newest = { id, match };
    }
    return newest && { of: this.task.id, id: newest.id, facts: factsOf(newest.match) };
  }

  feed(sighting: Seen, now: WireNow): void {
    for (const matcher of this.#matchers()) matcher.feed(sighting, now);
  }

  looksAt(event: WireEvent, conversation: Conversation): boolean {
    return this.#matchers().some((matcher) => matcher.looksAt(event, conversation));
  }

  review(now: WireNow): void {
    for (const matcher of this.#matchers()) matcher.review(now);
  }

  completion(match: Match, captures: boolean): Completion {
    const observed: Record<string, string | null> = {};
    for (const { id } of predictionsOf(this.task)) observed[id] = null;
    for (const { prediction, choice, matcher } of this.#choices) {
      if (matcher.match) observed[prediction] ??= choice;
    }
    const { wallMs, evidence } = match;
    const clients = match.conversations.map(({ client }) => formatEndpoint(client));
    return { kind: this.kind, id: this.task.id, wallMs, facts: factsOf(match), clients, evidence, captures, observed };
  }

  #matchers(): readonly Matcher[] {
    return [this.#check, ...this.#hints.map(({ matcher }) => matcher), ...this.#choices.map(({ matcher }) => matcher)];
  }
}

function predictionsOf(task: Step | Experiment): NonNullable<Step['predictions']> {
  return 'predictions' in task ? (task.predictions ?? []) : [];
}
