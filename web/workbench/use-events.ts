import { useEffect, useMemo } from 'react';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { useConversationEvents, useSession, useWire } from '../session/react.tsx';
import { HexLayout } from './bytes/hexdump.ts';
import { matcherOf } from './event-filter.ts';
import { JournalGaps } from './journal-gaps.ts';
import { LadderLayout } from './ladder/ladder-layout.ts';
import { PayloadSearch } from './payload-search.ts';
import { useView } from './view-context.tsx';

/** Events whose octets hold the text behind what came along; these are fetched as long as there is a text. */
function useFound(id: number, events: readonly WireEvent[], text: string): ReadonlySet<number> {
  const session = useSession();
  const journal = useWire((state) => state.journal);
  const payloads = useWire((state) => state.payloads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, or another journal, is searched anew
  const search = useMemo(() => new PayloadSearch(text), [id, journal, text]);
  search.update(events, payloads);
  const wanted = search.waitsFor.join(' ');
  // The map stays the same object; while octets are waited for, the revision tells when it has changed.
  useWire((state) => (wanted === '' ? null : state.revision));
  useEffect(() => {
    for (const seq of wanted.split(' ').filter(Boolean)) session.requestPayload(Number(seq));
  }, [session, wanted]);
  return search.found;
}

/** What both layouts are told of the view. */
function useShown(id: number, events: readonly WireEvent[]) {
  const journal = useWire((state) => state.journal);
  const log = useWire((state) => state.log);
  const direction = useView((view) => view.direction);
  const text = useView((view) => view.text);
  const afterSeq = useView((view) => view.clearedSeq);
  const untilSeq = useView((view) => view.pausedAtSeq) ?? Number.POSITIVE_INFINITY;
  const found = useFound(id, events, text);
  const matches = useMemo(() => matcherOf({ direction, text, found }), [direction, text, found]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another journal has gaps of its own
  const gaps = useMemo(() => new JournalGaps(), [log, journal]);
  gaps.update(log);
  return { gaps, matches, afterSeq, untilSeq };
}

/** What a view draws: a layout that holds everything so far, and the events behind it. */
export interface Laid<Layout> {
  readonly layout: Layout;
  readonly events: readonly WireEvent[];
}

/** The ladder of a conversation; renders again when there are more events. The layout is the same while it grows. */
export function useLadder({ id, transport, observer, openedUs }: Conversation): Laid<LadderLayout> {
  const events = useConversationEvents(id);
  const { gaps, matches, afterSeq, untilSeq } = useShown(id, events);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation has events of its own
  const layout = useMemo(
    () =>
      new LadderLayout({
        conversation: { transport, observer, openedUs },
        afterSeq,
        untilSeq,
        matches,
        missedBetween: (after, before) => gaps.between(after, before),
      }),
    [id, transport, observer, openedUs, afterSeq, untilSeq, matches, gaps],
  );
  // Laying out the same events twice changes nothing, so this may be done while rendering.
  layout.update(events);
  return { layout, events };
}

/** The octets of a conversation, likewise. */
export function useHex({ id, transport, openedUs }: Conversation, bytesPerRow: number): Laid<HexLayout> {
  const events = useConversationEvents(id);
  const { gaps, matches, afterSeq, untilSeq } = useShown(id, events);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation has octets of its own
  const layout = useMemo(
    () =>
      new HexLayout({
        transport,
        openedUs,
        bytesPerRow,
        afterSeq,
        untilSeq,
        matches,
        missedBetween: (after, before) => gaps.between(after, before),
      }),
    [id, transport, openedUs, bytesPerRow, afterSeq, untilSeq, matches, gaps],
  );
  layout.update(events);
  return { layout, events };
}
