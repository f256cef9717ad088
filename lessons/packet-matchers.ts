/** Matchers of what no socket call shows: packets, the kernel's socket table; and of exercises. */

import type { Evidence, WireEvent } from '#protocol/wire.ts';
import { bareMatch, type Match } from './match.ts';
import type { Matcher, Seen } from './matcher.ts';
import type { PacketsCheck, SocketsCheck, TableSighting } from './packet-checks.ts';
import { type PacketJudge, packetJudge } from './packet-match.ts';
import { type TableJudge, tableJudge } from './socket-match.ts';
import type { ConversationFacts, WireNow } from './wire-now.ts';

/** Packets that were captured. */
export class PacketEdge implements Matcher {
  match: Match | null = null;
  readonly #judge: PacketJudge;
  readonly #evidence: readonly Evidence[];

  constructor(check: PacketsCheck) {
    this.#judge = packetJudge(check);
    // What is said of segments counts from the connection's beginning, and knows which was sent before.
    this.#evidence = check.transport === 'udp' ? ['captured'] : ['captured', 'derived'];
  }

  feed(seen: Seen, now: WireNow): void {
    if (!('packet' in seen)) return;
    const facts = this.#judge(seen.packet);
    if (facts) this.match = { ...bareMatch(now), facts, evidence: this.#evidence };
  }

  review(): void {}

  looksAt(): boolean {
    return false;
  }
}

/** The socket table as it was read last. */
export class TableLevel implements Matcher {
  match: Match | null = null;
  readonly #judge: TableJudge;
  #read: TableSighting | null;

  constructor(check: SocketsCheck, now: WireNow) {
    this.#judge = tableJudge(check, now.table);
    this.#read = now.table;
    this.#take(now);
  }

  looksAt(): boolean {
    return false;
  }

  feed(): void {}

  review(now: WireNow): void {
    if (now.table === this.#read) return;
    this.#read = now.table;
    this.#take(now);
  }

  #take(now: WireNow): void {
    const facts = now.table && this.#judge(now.table);
    // A later reading that says the same is no news.
    this.match = facts ? { ...(this.match ?? bareMatch(now)), facts, evidence: ['kernel'] } : null;
  }
}

/** One way where packets are captured, another where that is not allowed; neither while it is not known. */
export class Captured implements Matcher {
  readonly #check: Matcher;
  readonly #without: Matcher | null;
  #captures: boolean | null;

  constructor(check: Matcher, without: Matcher | null, now: WireNow) {
    this.#check = check;
    this.#without = without;
    this.#captures = now.captures;
  }

  get match(): Match | null {
    if (this.#captures === null) return null;
    return (this.#captures ? this.#check : this.#without)?.match ?? null;
  }

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    return this.#check.looksAt(event, conversation) || this.#without?.looksAt(event, conversation) === true;
  }

  feed(seen: Seen, now: WireNow): void {
    this.#captures = now.captures;
    this.#check.feed(seen, now);
    this.#without?.feed(seen, now);
  }

  review(now: WireNow): void {
    this.#captures = now.captures;
    this.#check.review(now);
    this.#without?.review(now);
  }
}

/** An exercise. */
export class Solved implements Matcher {
  match: Match | null = null;
  readonly #exercise: string;

  constructor(exercise: string, now: WireNow) {
    this.#exercise = exercise;
    this.review(now);
  }

  looksAt(): boolean {
    return false;
  }

  feed(): void {}

  review(now: WireNow): void {
    if (!now.solved.has(this.#exercise)) this.match = null;
    else this.match ??= bareMatch(now);
  }
}
