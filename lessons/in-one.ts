import type { WireEvent } from '#protocol/wire.ts';
import type { Match } from './match.ts';
import type { Matcher, Seen } from './matcher.ts';
import type { ConversationFacts, WireNow } from './wire-now.ts';

/** Conversations looked at side by side; past it the one that was quiet longest is let go. */
export const MAX_COMPARED_CONVERSATIONS = 256;

/** What it is made for holds within one and the same conversation. */
export class InOne implements Matcher {
  match: Match | null = null;
  readonly #make: (now: WireNow) => Matcher;
  /** As far as it was seen, nothing has happened yet: what a new conversation begins with. */
  readonly #fresh: Matcher;
  /** By conversation, the one that was heard of last at the end. */
  readonly #matchers = new Map<number, Matcher>();
  #matched = 0;

  /** @param make for one conversation, from now on */
  constructor(make: (now: WireNow) => Matcher, now: WireNow) {
    this.#make = make;
    this.#fresh = make(now);
  }

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    return (this.#matchers.get(conversation.id) ?? this.#fresh).looksAt(event, conversation);
  }

  feed(sighting: Seen, now: WireNow): void {
    if (!('event' in sighting)) return;
    const { id } = sighting.conversation;
    const matcher = this.#matchers.get(id) ?? this.#make(now);
    this.#matchers.delete(id);
    this.#matchers.set(id, matcher);
    for (const quiet of this.#matchers.keys()) {
      if (this.#matchers.size <= MAX_COMPARED_CONVERSATIONS) break;
      this.#matchers.delete(quiet);
    }
    matcher.feed(sighting, now);
    if (matcher.match) [this.match, this.#matched] = [matcher.match, id];
    else if (this.#matched === id) this.match = null;
  }

  review(now: WireNow): void {
    for (const [id, matcher] of this.#matchers) {
      matcher.review(now);
      if (this.#matched === id) this.match = matcher.match;
    }
  }
}
