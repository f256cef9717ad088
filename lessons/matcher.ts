import type { WireEvent } from '#protocol/wire.ts';
import { type Check, partsOf } from './checks.ts';
import { All, Any, Not, Then, WentAway } from './combined-matcher.ts';
import { Edge, LabEdge } from './edge-matcher.ts';
import { InOne } from './in-one.ts';
import type { LabSighting } from './lab-checks.ts';
import { bareMatch, differingParts, MAX_MATCH_CONVERSATIONS, type Match } from './match.ts';
import type { PacketSighting } from './packet-checks.ts';
import { Captured, PacketEdge, Solved, TableLevel } from './packet-matchers.ts';
import type { ConversationFacts, Sighting, WireNow } from './wire-now.ts';

/** Whatever checks are told of, as it happens; what has become of the capture, the socket table and exercises is in WireNow. */
export type Seen = Sighting | LabSighting | { readonly packet: PacketSighting };

/** Judges one check while events come in. */
export interface Matcher {
  /** What satisfies the check after the newest event, or `null`. An edge check keeps the latest event that satisfied it. */
  readonly match: Match | null;
  /** Whether it looks at the octets of this event, the next one, beyond its preview. */
  looksAt(event: WireEvent, conversation: ConversationFacts): boolean;
  /** Takes in the next event; `now` already includes it. */
  feed(sighting: Seen, now: WireNow): void;
  /** Something else in `now` changed without an event: judges levels again. */
  review(now: WireNow): void;
}

const needsPackets = (checks: readonly Check[]): boolean =>
  checks.flatMap(partsOf).some(({ kind }) => kind === 'packets');

/** A matcher for what happens from `now` on. */
export function createMatcher(check: Check, now: WireNow): Matcher {
  switch (check.kind) {
    case 'at-once':
      return new AtOnce(check, now);
    case 'went-away':
      return new WentAway(createMatcher(check.what, now));
    case 'all':
      return new All(check.of.map((each) => createMatcher(each, now)));
    case 'in-one':
      return new InOne((began) => createMatcher({ kind: 'all', of: check.of }, began), now, needsPackets(check.of));
    case 'any':
      return new Any(check.of.map((each) => createMatcher(each, now)));
    case 'not':
      return new Not(createMatcher(check.what, now), now);
    case 'then':
      return new Then(createMatcher(check.first, now), (began) => createMatcher(check.second, began));
    case 'packets':
      return new PacketEdge(check);
    case 'sockets':
      return new TableLevel(check, now);
    case 'captured':
      return new Captured(
        createMatcher(check.check, now),
        check.without ? createMatcher(check.without, now) : null,
        now,
      );
    case 'solved':
      return new Solved(check.exercise, now);
    case 'lab-sent':
    case 'lab-lost':
    case 'lab-arrived':
    case 'lab-state':
    case 'lab-printed':
    case 'lab-cwnd':
    case 'lab-halved':
      return new LabEdge(check);
    default:
      return new Edge(check);
  }
}

class AtOnce implements Matcher {
  match: Match | null = null;
  readonly #check: Extract<Check, { kind: 'at-once' }>;
  #revision = -1;

  constructor(check: Extract<Check, { kind: 'at-once' }>, now: WireNow) {
    this.#check = check;
    this.review(now);
  }

  looksAt(): boolean {
    return false;
  }

  feed(_sighting: Seen, now: WireNow): void {
    this.review(now);
  }

  review(now: WireNow): void {
    if (now.revision === this.#revision) return;
    this.#revision = now.revision;
    const open = now.open(this.#check, Math.max(this.#check.conversations, MAX_MATCH_CONVERSATIONS));
    if (!this.#holds(open)) this.match = null;
    else if (!this.match || !hasSame(this.match, open)) {
      const conversations = open.slice(0, MAX_MATCH_CONVERSATIONS);
      this.match = { ...bareMatch(now), conversations, evidence: ['observed'] };
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
