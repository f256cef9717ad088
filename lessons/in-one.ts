import { sameEndpoint } from '#protocol/address.ts';
import type { Endpoint, Transport, WireEvent } from '#protocol/wire.ts';
import type { Match } from './match.ts';
import type { Matcher, Seen } from './matcher.ts';
import type { ConversationFacts, WireNow } from './wire-now.ts';

/** Conversations looked at side by side; past it the one that was quiet longest is let go. */
export const MAX_COMPARED_CONVERSATIONS = 256;

/** Between whom something went. */
interface Ends {
  readonly transport: Transport;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** One conversation, and what is made of it. Its packets come before its first event, or after. */
interface Compared {
  readonly ends: Ends;
  readonly matcher: Matcher;
  conversation: number | null;
  flow: number | null;
}

/** What it is made for holds within one and the same conversation; its packets are those between the same ends. */
export class InOne implements Matcher {
  match: Match | null = null;
  readonly #make: (now: WireNow) => Matcher;
  readonly #takesPackets: boolean;
  /** As far as it was seen, nothing has happened yet: what a new conversation begins with. */
  readonly #fresh: Matcher;
  /** The one that was heard of last at the end. */
  readonly #compared = new Set<Compared>();
  #matched: Compared | null = null;

  /**
   * @param make for one conversation, from now on
   * @param takesPackets whether it looks at packets
   */
  constructor(make: (now: WireNow) => Matcher, now: WireNow, takesPackets: boolean) {
    this.#make = make;
    this.#takesPackets = takesPackets;
    this.#fresh = make(now);
  }

  looksAt(event: WireEvent, conversation: ConversationFacts): boolean {
    const { matcher } = this.#find('conversation', conversation.id, conversation) ?? { matcher: this.#fresh };
    return matcher.looksAt(event, conversation);
  }

  feed(sighting: Seen, now: WireNow): void {
    const one = this.#of(sighting, now);
    if (!one) return;
    this.#compared.delete(one);
    this.#compared.add(one);
    for (const quiet of this.#compared) {
      if (this.#compared.size <= MAX_COMPARED_CONVERSATIONS) break;
      this.#compared.delete(quiet);
    }
    one.matcher.feed(sighting, now);
    if (one.matcher.match) [this.match, this.#matched] = [one.matcher.match, one];
    else if (this.#matched === one) this.match = null;
  }

  review(now: WireNow): void {
    for (const one of this.#compared) {
      one.matcher.review(now);
      if (this.#matched === one) this.match = one.matcher.match;
    }
  }

  #of(sighting: Seen, now: WireNow): Compared | null {
    if ('event' in sighting) return this.#take('conversation', sighting.conversation.id, sighting.conversation, now);
    if (!('packet' in sighting) || !this.#takesPackets) return null;
    return this.#take('flow', sighting.packet.flow, sighting.packet, now);
  }

  #take(by: 'conversation' | 'flow', id: number, ends: Ends, now: WireNow): Compared {
    const found = this.#find(by, id, ends);
    const one = found ?? { ends, matcher: this.#make(now), conversation: null, flow: null };
    one[by] = id;
    return one;
  }

  /** What has this number; else what is between these ends and has none yet. */
  #find(by: 'conversation' | 'flow', id: number, ends: Ends): Compared | null {
    let between: Compared | null = null;
    for (const one of this.#compared) {
      if (one[by] === id) return one;
      if (one[by] === null && isBetween(one.ends, ends)) between = one;
    }
    return between;
  }
}

/** A client that had reset its connection before the server looked has no address there, and port 0: it may be any. */
function isBetween(a: Ends, b: Ends): boolean {
  if (a.transport !== b.transport || !isSameEnd(a.server, b.server)) return false;
  return a.client.port === 0 || b.client.port === 0 || isSameEnd(a.client, b.client);
}

/** A packet does not say which interface a link-local address belongs to (RFC 4007 §11), as `fe80::1%eth0` does. */
function isSameEnd(a: Endpoint, b: Endpoint): boolean {
  return sameEndpoint(withoutZone(a), withoutZone(b));
}

function withoutZone({ address, port }: Endpoint): Endpoint {
  return { address: address.replace(/%.*$/, ''), port };
}
