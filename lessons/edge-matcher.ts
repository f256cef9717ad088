import type { Direction, WireEvent } from '#protocol/wire.ts';
import type { Check, End } from './checks.ts';
import { echoJudge, looksAtEcho } from './echo-match.ts';
import type { LabCheck } from './lab-checks.ts';
import { type LabJudge, labJudge } from './lab-match.ts';
import { bareMatch, type Match } from './match.ts';
import type { Matcher, Seen } from './matcher.ts';
import { looksAtOctets, type OctetsSeen, octetsJudge } from './stream-match.ts';
import { type ConversationFacts, isMeant, type Sighting, type WireNow } from './wire-now.ts';

/** A check about one event. */
export type EdgeCheck = Extract<
  Check,
  { kind: 'opened' | 'data' | 'echoed' | 'half-closed' | 'closed' | 'reset' | 'failed' }
>;
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

/** Judges events one by one. */
export class Edge implements Matcher {
  match: Match | null = null;
  readonly #check: EdgeCheck;
  readonly #judge: EdgeJudge;

  constructor(check: EdgeCheck) {
    this.#check = check;
    this.#judge = edgeJudge(check);
  }

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    if (!isMeant(conversation, this.#check)) return false;
    if (this.#check.kind === 'echoed') return looksAtEcho(event);
    return this.#check.kind === 'data' && looksAtOctets(this.#check, event);
  }

  feed(sighting: Seen, now: WireNow): void {
    if (!('event' in sighting) || !isMeant(sighting.conversation, this.#check)) return;
    const seen = this.#judge(sighting);
    if (!seen) return;
    const { code, evidence } = sighting.event;
    const { octets, bytes } = seen === true ? { octets: null, bytes: null } : seen;
    const conversations = [sighting.conversation];
    this.match = { ...bareMatch(now), conversations, octets, bytes, code, evidence: [evidence] };
  }

  review(): void {}
}

/** What was seen in a run of the lab. */
export class LabEdge implements Matcher {
  match: Match | null = null;
  readonly #judge: LabJudge;

  constructor(check: LabCheck) {
    this.#judge = labJudge(check);
  }

  looksAt(): boolean {
    return false;
  }

  feed(sighting: Seen, now: WireNow): void {
    if ('event' in sighting || 'packet' in sighting) return;
    const facts = this.#judge(sighting);
    if (facts) this.match = { ...bareMatch(now), facts, evidence: ['simulated'] };
  }

  review(): void {}
}
