import type { EventRecord, EventRing } from './event-ring.ts';
import type { PayloadRing } from './payload-ring.ts';

/**
 * Overwrites the octets of a conversation's events, or of all (`null`), and numbers the other events anew, without a
 * gap. Answers the newest number of each conversation that has events left.
 */
export function eraseEvents(
  events: EventRing,
  payloads: PayloadRing,
  conversation: number | null,
): ReadonlyMap<number, number> {
  const kept: EventRecord[] = [];
  for (let seq = events.oldest; seq <= events.head; seq += 1) {
    const event = events.read(seq);
    if (!event) continue;
    if (conversation !== null && event.conversation !== conversation) kept.push(event);
    else payloads.erase(event.position, event.recorded);
  }
  events.clear();
  return new Map(kept.map((event) => [event.conversation, events.append(event)]));
}
