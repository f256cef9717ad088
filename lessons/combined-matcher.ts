import type { WireEvent } from '#protocol/wire.ts';
import { bareMatch, type Match, mergedMatch } from './match.ts';
import type { Matcher, Seen } from './matcher.ts';
import type { ConversationFacts, WireNow } from './wire-now.ts';

/** Says something of one other, whenever that may have changed. */
abstract class OfAnother implements Matcher {
  protected readonly what: Matcher;

  constructor(what: Matcher) {
    this.what = what;
  }

  abstract readonly match: Match | null;

  protected abstract judge(now: WireNow): void;

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    return this.what.looksAt(event, conversation);
  }

  feed(sighting: Seen, now: WireNow): void {
    this.what.feed(sighting, now);
    this.judge(now);
  }

  review(now: WireNow): void {
    this.what.review(now);
    this.judge(now);
  }
}

/** It held, and then no longer did. */
export class WentAway extends OfAnother {
  match: Match | null = null;
  #before: Match | null;

  constructor(what: Matcher) {
    super(what);
    this.#before = what.match;
  }

  protected judge(now: WireNow): void {
    if (this.#before && !this.what.match) this.match = { ...this.#before, moment: now.moment, wallMs: now.wallMs };
    this.#before = this.what.match;
  }
}

/** It does not hold. */
export class Not extends OfAnother {
  match: Match | null;

  constructor(what: Matcher, now: WireNow) {
    super(what);
    this.match = what.match ? null : bareMatch(now);
  }

  protected judge(now: WireNow): void {
    if (this.what.match) this.match = null;
    else this.match ??= bareMatch(now);
  }
}

abstract class Several implements Matcher {
  protected readonly parts: readonly Matcher[];

  constructor(parts: readonly Matcher[]) {
    this.parts = parts;
  }

  abstract readonly match: Match | null;

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    return this.parts.some((part) => part.looksAt(event, conversation));
  }

  feed(sighting: Seen, now: WireNow): void {
    for (const part of this.parts) part.feed(sighting, now);
  }

  review(now: WireNow): void {
    for (const part of this.parts) part.review(now);
  }

  protected get holding(): readonly Match[] {
    return this.parts.flatMap((part) => part.match ?? []);
  }
}

/** Every one holds. */
export class All extends Several {
  get match(): Match | null {
    const holding = this.holding;
    return holding.length > 0 && holding.length === this.parts.length ? mergedMatch(holding) : null;
  }
}

/** At least one holds; the match is the newest. */
export class Any extends Several {
  get match(): Match | null {
    const holding = this.holding;
    return holding.length > 0 ? holding.reduce((a, b) => (b.moment > a.moment ? b : a)) : null;
  }
}

/** The second, from the event on that satisfied the first. */
export class Then implements Matcher {
  readonly #first: Matcher;
  readonly #second: (now: WireNow) => Matcher;
  #after: { readonly began: Match; readonly matcher: Matcher } | null = null;

  constructor(first: Matcher, second: (now: WireNow) => Matcher) {
    this.#first = first;
    this.#second = second;
  }

  get match(): Match | null {
    const found = this.#after?.matcher.match;
    return this.#after && found ? mergedMatch([this.#after.began, found]) : null;
  }

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    return (this.#after?.matcher ?? this.#first).looksAt(event, conversation);
  }

  feed(sighting: Seen, now: WireNow): void {
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
    if (began) this.#after = { began, matcher: this.#second(now) };
  }
}
