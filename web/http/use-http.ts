import { useEffect, useMemo } from 'react';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { useConversationEvents, useSession, useWire } from '../session/react.tsx';
import { previewOf } from '../workbench/bytes/preview.ts';
import { HttpTrace, looksLikeHttp } from './http-trace.ts';

/** Demos whose conversations are HTTP, whatever their first octets say: what is wrong with those is what is shown. */
const HTTP_DEMOS: ReadonlySet<string | null> = new Set(['http', 'page']);

/** Events that are looked at to tell what a conversation carries. */
const MAX_LOOKED_AT_EVENTS = 8;

/** Whether a conversation carries HTTP: it is with a web server of ours, or its first octets say so. */
export function useIsHttp(conversation: Conversation | undefined): boolean {
  const events = useConversationEvents(conversation?.id ?? null);
  if (conversation?.transport !== 'tcp') return false;
  return HTTP_DEMOS.has(conversation.demo) || firstOctetsAreHttp(events);
}

function firstOctetsAreHttp(events: readonly WireEvent[]): boolean {
  const first = events.slice(0, MAX_LOOKED_AT_EVENTS).find(({ kind }) => kind === 'data');
  return first !== undefined && looksLikeHttp(previewOf(first));
}

/** The HTTP messages of a conversation; renders again as they grow. Octets that did not come along are fetched. */
export function useHttp({ id }: Conversation): HttpTrace {
  const session = useSession();
  const events = useConversationEvents(id);
  const journal = useWire((state) => state.journal);
  // The map stays the same object: the revision tells when it has changed.
  useWire((state) => state.revision);
  const payloads = useWire((state) => state.payloads);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, or another journal, has messages of its own
  const trace = useMemo(() => new HttpTrace(), [id, journal]);
  // Reading the same events twice changes nothing, so this may be done while rendering.
  trace.update(events, (event) => octetsOf(event, payloads));
  const { wanted } = trace;
  useEffect(() => {
    if (wanted !== null) session.requestPayload(wanted);
  }, [session, wanted]);
  return trace;
}

/** All recorded octets of an event; the preview is enough where it has them all. */
function octetsOf(event: WireEvent, payloads: ReadonlyMap<number, Uint8Array | null>): Uint8Array | null | undefined {
  if (event.evicted) return null;
  const preview = previewOf(event);
  if (preview.length >= event.recorded) return preview;
  return payloads.has(event.seq) ? (payloads.get(event.seq) ?? null) : undefined;
}
