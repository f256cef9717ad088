import type { Direction } from '#protocol/wire.ts';
import type { Check, End, Where } from './checks.ts';
import type { LabCheck, LabSighting } from './lab-checks.ts';
import { type LabJudge, labJudge } from './lab-match.ts';
import { bareMatch, differingParts, MAX_MATCH_CONVERSATIONS, type Match, mergedMatch } from './match.ts';
import { echoJudge, type OctetsSeen, octetsJudge } from './stream-match.ts';
import { type ConversationFacts, isMeant, type Sighting, type WireNow } from './wire-now.ts';

/** Judges one check while events come in. */
export interface Matcher {
  /** What satisfies the check after the newest event, or `null`. An edge check keeps the latest event that satisfied it. */
  readonly match: Match | null;
  /** Takes in the next event; `now` already includes it. */
  feed(sighting: Sighting | LabSighting, now: WireNow): void;
  /** The open conversations changed without an event (some were missed): judges levels again. */
  review(now: WireNow): void;
}

/** A matcher for what happens from `now` on. */
export function createMatcher(check: Check, now: WireNow): Matcher {
  switch (check.kind) {
    case 'at-once':
      return new AtOnce(check, now);
    case 'went-away':
      return new WentAway(createMatcher(check.what, now));
    case 'all':
      return new All(check.of.map((each) => createMatcher(each, now)));
    case 'any':
      return new Any(check.of.map((each) => createMatcher(each, now)));
    case 'not':
      return new Not(createMatcher(check.what, now), now);
    case 'then':
      return new Then(createMatcher(check.first, now), check.second);
    case 'lab-sent':
    case 'lab-lost':
    case 'lab-arrived':
    case 'lab-state':
    case 'lab-printed':
    case 'lab-cwnd':
    case 'lab-halved':
      return new LabEdge(labJudge(check));
    default:
      return new Edge(check, edgeJudge(check));
  }
}

type EdgeCheck = Exclude<Check, { kind: 'at-once' | 'went-away' | 'all' | 'any' | 'not' | 'then' } | LabCheck>;
/** `true` where the event itself is all there is to see. */
type EdgeJudge = (sighting: Sighting) => OctetsSeen | boolean | null;

function edgeJudge(check: EdgeCheck): EdgeJudge {
  switch (check.kind) {
    case 'data':
      return octetsJudge(check);
    case 'echoed':
      return echoJudge(check.minBytes ?? 1);
    case 'opened':
      return ({ event }) => event.kind === 'opened';
    case 'half-closed':
      return ({ event }) => event.kind === 'half-closed' && isBy(event.direction, check.by);
    case 'closed':
      return ({ event, firstFin }) => event.kind === 'closed' && isBy(firstFin, check.by);
    case 'reset':
      return ({ event }) => event.kind === 'reset' && isBy(event.direction, check.by);
    case 'failed':
      return ({ event }) => event.kind === 'failed' && (check.code === undefined || event.code === check.code);
  }
}

function isBy(direction: Direction | null, end: End | undefined): boolean {
  if (end === undefined) return true;
  return direction === (end === 'client' ? 'to-server' : 'to-client');
}

class Edge implements Matcher {
  match: Match | null = null;
  readonly #where: Where;
  readonly #judge: EdgeJudge;

  constructor(where: Where, judge: EdgeJudge) {
    this.#where = where;
    this.#judge = judge;
  }

  feed(sighting: Sighting | LabSighting): void {
    if (!('event' in sighting) || !isMeant(sighting.conversation, this.#where)) return;
    const seen = this.#judge(sighting);
    if (!seen) return;
    const { seq, wallMs, code } = sighting.event;
    const { octets, bytes } = seen === true ? { octets: null, bytes: null } : seen;
    this.match = { seq, wallMs, conversations: [sighting.conversation], octets, bytes, code };
  }

  review(): void {}
}

/** What was seen in a run of the lab. */
class LabEdge implements Matcher {
  match: Match | null = null;
  readonly #judge: LabJudge;

  constructor(judge: LabJudge) {
    this.#judge = judge;
  }

  feed(sighting: Sighting | LabSighting, now: WireNow): void {
    if ('event' in sighting) return;
    const facts = this.#judge(sighting);
    if (facts) this.match = { ...bareMatch(now.seq, now.wallMs), facts };
  }

  review(): void {}
}

class AtOnce implements Matcher {
  match: Match | null = null;
  readonly #check: Extract<Check, { kind: 'at-once' }>;
  #revision = -1;

  constructor(check: Extract<Check, { kind: 'at-once' }>, now: WireNow) {
    this.#check = check;
    this.review(now);
  }

  feed(_sighting: Sighting | LabSighting, now: WireNow): void {
    this.review(now);
  }

  review(now: WireNow): void {
    if (now.revision === this.#revision) return;
    this.#revision = now.revision;
    const open = now.open(this.#check, Math.max(this.#check.conversations, MAX_MATCH_CONVERSATIONS));
    if (!this.#holds(open)) this.match = null;
    else if (!this.match || !hasSame(this.match, open)) {
      const conversations = open.slice(0, MAX_MATCH_CONVERSATIONS);
      this.match = { ...bareMatch(now.seq, now.wallMs), conversations };
    }
  }

  #holds(open: readonly ConversationFacts[]): boolean {
    const { conversations, differ } = this.#check;
    if (open.length < conversations) return false;
    if (!differ) return true;
    const found = differingParts(open);
    return found.length === differ.length && differ.every((part) => found.includes(part));
  }
}

function hasSame(match: Match, open: readonly ConversationFacts[]): boolean {
  const named = Math.min(open.length, MAX_MATCH_CONVERSATIONS);
  return (
    match.conversations.length === named && match.conversations.every((each, index) => each.id === open[index]?.id)
  );
}

class WentAway implements Matcher {
  match: Match | null = null;
  readonly #what: Matcher;
  #before: Match | null;

  constructor(what: Matcher) {
    this.#what = what;
    this.#before = what.match;
  }

  feed(sighting: Sighting | LabSighting, now: WireNow): void {
    this.#what.feed(sighting, now);
    this.#judge(now);
  }

  review(now: WireNow): void {
    this.#what.review(now);
    this.#judge(now);
  }

  #judge(now: WireNow): void {
    if (this.#before && !this.#what.match) this.match = { ...this.#before, seq: now.seq, wallMs: now.wallMs };
    this.#before = this.#what.match;
  }
}

class Not implements Matcher {
  match: Match | null;
  readonly #what: Matcher;

  constructor(what: Matcher, now: WireNow) {
    this.#what = what;
    this.match = what.match ? null : bareMatch(now.seq, now.wallMs);
  }

  feed(sighting: Sighting | LabSighting, now: WireNow): void {
    this.#what.feed(sighting, now);
    this.#judge(now);
  }

  review(now: WireNow): void {
    this.#what.review(now);
    this.#judge(now);
  }

  #judge(now: WireNow): void {
    if (this.#what.match) this.match = null;
    else this.match ??= bareMatch(now.seq, now.wallMs);
  }
}

abstract class Several implements Matcher {
  protected readonly parts: readonly Matcher[];

  constructor(parts: readonly Matcher[]) {
    this.parts = parts;
  }

  abstract readonly match: Match | null;

  feed(sighting: Sighting | LabSighting, now: WireNow): void {
    for (const part of this.parts) part.feed(sighting, now);
  }

  review(now: WireNow): void {
    for (const part of this.parts) part.review(now);
  }

  protected get holding(): readonly Match[] {
    return this.parts.flatMap((part) => part.match ?? []);
  }
}

class All extends Several {
  get match(): Match | null {
    const holding = this.holding;
    return holding.length > 0 && holding.length === this.parts.length ? mergedMatch(holding) : null;
  }
}

class Any extends Several {
  get match(): Match | null {
    const holding = this.holding;
    return holding.length > 0 ? holding.reduce((a, b) => (b.seq > a.seq ? b : a)) : null;
  }
}

class Then implements Matcher {
  readonly #first: Matcher;
  readonly #second: Check;
  #after: { readonly began: Match; readonly matcher: Matcher } | null = null;

  constructor(first: Matcher, second: Check) {
    this.#first = first;
    this.#second = second;
  }

  get match(): Match | null {
    const found = this.#after?.matcher.match;
    return this.#after && found ? mergedMatch([this.#after.began, found]) : null;
  }

  feed(sighting: Sighting | LabSighting, now: WireNow): void {
    if (this.#after) this.#after.matcher.feed(sighting, now);
    else {
      this.#first.feed(sighting, now);
      this.#begin(now);
    }
  }

  review(now: WireNow): void {
    if (this.#after) this.#after.matcher.review(now);
    else {
      this.#first.review(now);
      this.#begin(now);
    }
  }

  #begin(now: WireNow): void {
    const began = this.#first.match;
    if (began) this.#after = { began, matcher: createMatcher(this.#second, now) };
  }
}
