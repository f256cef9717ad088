import type { Conversation, Direction, WireEvent } from '#protocol/wire.ts';
import { PORT_RANGES, type PortRange, type Where } from './checks.ts';
import { octetsOfBase64 } from './octets.ts';
import type { Captures, TableSighting } from './packet-checks.ts';

/** Conversations followed at once; past it the oldest is let go (UDP flows have no end of their own). */
const MAX_FOLLOWED_CONVERSATIONS = 50_000;

/** Demo id of the page's own web server, whose conversations no check ever sees. */
const PAGE = 'page';

/** What never changes in a conversation: checks use nothing else of it, so how events are batched makes no difference. */
export type ConversationFacts = Pick<
  Conversation,
  'id' | 'transport' | 'demo' | 'observer' | 'client' | 'server' | 'terminal'
>;

/** One event as checks see it. */
export interface Sighting {
  readonly event: WireEvent;
  readonly conversation: ConversationFacts;
  /** The way the conversation's first FIN went, once it has been seen. */
  readonly firstFin: Direction | null;
  /** Its octets as far as the page has them: all that were recorded, or the preview. */
  readonly octets: Uint8Array;
}

interface Followed {
  readonly facts: ConversationFacts;
  firstFin: Direction | null;
}

/**
 * What is known now: which conversations are open, told by the events alone, and what else a check may look at.
 *
 * There is one order of all that checks are told, be it an event, a packet, a reading of the socket table, an exercise or
 * something in the lab: that in which it was taken in. It is counted in moments.
 */
export interface WireNow {
  /** Counts whatever has been taken in. */
  readonly moment: number;
  /** Wall clock of what was taken in last, in milliseconds; 0 where that is not known. */
  readonly wallMs: number;
  /** Newest event taken in; 0 before the first. */
  readonly seq: number;
  /** Grows whenever a conversation opens or ends. */
  readonly revision: number;
  readonly captures: Captures;
  /** The latest reading of the kernel's socket table; `null` before the first. */
  readonly table: TableSighting | null;
  /** Exercises of the lesson that have been solved. */
  readonly solved: ReadonlySet<string>;
  /** Conversations that are open now, in the order in which they opened, `limit` of them at the most. */
  open(where: Where, limit: number): readonly ConversationFacts[];
}

/** The same, for the one who feeds it. */
export interface WritableWireNow extends WireNow {
  moment: number;
  wallMs: number;
  captures: Captures;
  table: TableSighting | null;
  solved: ReadonlySet<string>;
  /**
   * Takes in one event; `null` when checks must not see it (the page's own conversations).
   * @param payload all its recorded octets; without them the preview stands for them
   */
  see(event: WireEvent, conversation: Conversation, payload?: Uint8Array | null): Sighting | null;
  /** Starts over from what is known of every conversation, when events may have been missed. */
  repair(conversations: Iterable<Conversation>): void;
}

/** @param known every conversation at the moment of event `seq`, which came at `wallMs`. */
export function createWireNow(known: Iterable<Conversation> = [], seq = 0, wallMs = 0): WritableWireNow {
  const now = new Now(seq, wallMs);
  now.repair(known);
  return now;
}

/** Whether checks never see this conversation: it is the page's own. */
export function isOfPage(conversation: Pick<Conversation, 'demo'>): boolean {
  return conversation.demo === PAGE;
}

/** Whether a conversation is one that a check is about. */
export function isMeant(conversation: ConversationFacts, where: Where): boolean {
  if (where.demo !== undefined && conversation.demo !== where.demo) return false;
  if (where.otherThan !== undefined && (conversation.demo === null || conversation.demo === where.otherThan))
    return false;
  if (where.port !== undefined && conversation.server.port !== where.port) return false;
  if (where.family !== undefined && familyOf(conversation.server.address) !== where.family) return false;
  if (where.clientPort !== undefined && !isInRange(conversation.client.port, where.clientPort)) return false;
  return where.transport === undefined || conversation.transport === where.transport;
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

function isInRange(port: number, range: PortRange): boolean {
  const [first, last] = PORT_RANGES[range];
  return port >= first && port <= last;
}

/** Octets are decoded when the first check looks at them, once for all checks. */
class Seen implements Sighting {
  readonly event: WireEvent;
  readonly conversation: ConversationFacts;
  readonly firstFin: Direction | null;
  #octets: Uint8Array | null;

  constructor(
    event: WireEvent,
    conversation: ConversationFacts,
    firstFin: Direction | null,
    payload: Uint8Array | null,
  ) {
    this.event = event;
    this.conversation = conversation;
    this.firstFin = firstFin;
    this.#octets = payload;
  }

  get octets(): Uint8Array {
    this.#octets ??= octetsOfBase64(this.event.preview);
    return this.#octets;
  }
}

class Now implements WritableWireNow {
  moment = 0;
  seq: number;
  wallMs: number;
  revision = 0;
  captures: Captures = null;
  table: TableSighting | null = null;
  solved: ReadonlySet<string> = new Set();
  readonly #open = new Map<number, Followed>();
  /** The same by demo, so that thousands of conversations elsewhere cost a check nothing. */
  readonly #byDemo = new Map<string | null, Map<number, ConversationFacts>>();

  constructor(seq: number, wallMs: number) {
    this.seq = seq;
    this.wallMs = wallMs;
  }

  open(where: Where, limit: number): readonly ConversationFacts[] {
    const found: ConversationFacts[] = [];
    for (const facts of this.#candidates(where)) {
      if (found.length >= limit) break;
      if (isMeant(facts, where)) found.push(facts);
    }
    return found;
  }

  see(event: WireEvent, conversation: Conversation, payload: Uint8Array | null = null): Sighting | null {
    this.moment += 1;
    this.seq = event.seq;
    this.wallMs = event.wallMs;
    if (isOfPage(conversation)) return null;
    if (event.kind === 'opened') this.#follow(conversation, null);
    const followed = this.#open.get(conversation.id);
    if (followed && event.kind === 'half-closed') followed.firstFin ??= event.direction;
    if (event.kind === 'closed' || event.kind === 'reset' || event.kind === 'detached') this.#end(conversation.id);
    return new Seen(event, conversation, followed?.firstFin ?? null, payload);
  }

  repair(conversations: Iterable<Conversation>): void {
    const before = new Map(this.#open);
    this.#open.clear();
    this.#byDemo.clear();
    this.revision += 1;
    for (const conversation of conversations) {
      if (isOfPage(conversation)) continue;
      if (conversation.state !== 'open' && conversation.state !== 'half-closed') continue;
      this.#follow(conversation, before.get(conversation.id)?.firstFin ?? null);
    }
  }

  #candidates(where: Where): Iterable<ConversationFacts> {
    if (where.demo !== undefined) return this.#byDemo.get(where.demo)?.values() ?? [];
    return [...this.#open.values()].map(({ facts }) => facts);
  }

  #follow(facts: ConversationFacts, firstFin: Direction | null): void {
    this.#open.set(facts.id, { facts, firstFin });
    const ofDemo = this.#byDemo.get(facts.demo) ?? new Map<number, ConversationFacts>();
    this.#byDemo.set(facts.demo, ofDemo.set(facts.id, facts));
    this.revision += 1;
    if (this.#open.size <= MAX_FOLLOWED_CONVERSATIONS) return;
    const [oldest] = this.#open.keys();
    if (oldest !== undefined) this.#end(oldest);
  }

  #end(id: number): void {
    const followed = this.#open.get(id);
    if (!followed) return;
    this.#open.delete(id);
    this.#byDemo.get(followed.facts.demo)?.delete(id);
    this.revision += 1;
  }
}
