import type { Check } from '../checks.ts';
import type { Match } from '../match.ts';
import { createMatcher } from '../matcher.ts';
import { createWireNow } from '../wire-now.ts';
import { type WireScript, wireScript } from './wire-script.ts';

/** What satisfies the check after all that `happens`; `before` happened before the check began. */
export function matchOf(
  check: Check,
  happens: (wire: WireScript) => void,
  before: (wire: WireScript) => void = () => {},
): Match | null {
  const wire = wireScript();
  const now = createWireNow();
  before(wire);
  const see = (from: number, take: (index: number) => void) => {
    for (let index = from; index < wire.events.length; index += 1) take(index);
  };
  const sightingAt = (index: number) => {
    const event = wire.events[index];
    const conversation = event && wire.conversations.get(event.conversation);
    return event && conversation ? now.see(event, conversation) : null;
  };
  see(0, sightingAt);
  const began = wire.events.length;
  const matcher = createMatcher(check, now);
  happens(wire);
  see(began, (index) => {
    const sighting = sightingAt(index);
    if (sighting) matcher.feed(sighting, now);
  });
  return matcher.match;
}
