import type { Check } from '../checks.ts';
import type { Match } from '../match.ts';
import { createMatcher, type Matcher } from '../matcher.ts';
import { isWorthFetching } from '../payloads.ts';
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
  let matcher: Matcher | null = null;
  before(wire);
  const see = (from: number, take: (index: number) => void) => {
    for (let index = from; index < wire.events.length; index += 1) take(index);
  };
  const sightingAt = (index: number) => {
    const event = wire.events[index];
    const conversation = event && wire.conversations.get(event.conversation);
    if (!event || !conversation) return null;
    const whole = isWorthFetching(event) && matcher?.looksAt(event, conversation);
    return now.see(event, conversation, whole ? wire.octets.get(event.seq) : null);
  };
  see(0, sightingAt);
  const began = wire.events.length;
  matcher = createMatcher(check, now);
  happens(wire);
  see(began, (index) => {
    const sighting = sightingAt(index);
    if (sighting) matcher?.feed(sighting, now);
  });
  return matcher.match;
}
