import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { useWire } from '../session/react.tsx';
import { firstOctets, useTrace } from '../workbench/use-trace.ts';
import { HttpTrace, looksLikeHttp } from './http-trace.ts';

/** Demos whose conversations are HTTP, whatever their first octets say: what is wrong with those is what is shown. */
const HTTP_DEMOS: ReadonlySet<string | null> = new Set(['http', 'page']);

/** Whether a conversation carries HTTP: it is with a web server of ours, or its first octets say so. */
export function useIsHttp(conversation: Conversation | undefined): boolean {
  const id = conversation?.id ?? null;
  const looks = useWire(({ log }) => id !== null && beginsWithHttp(log.ofConversation(id)));
  return conversation?.transport === 'tcp' && (looks || HTTP_DEMOS.has(conversation.demo));
}

function beginsWithHttp(events: readonly WireEvent[]): boolean {
  const first = firstOctets(events);
  return first !== null && looksLikeHttp(first);
}

/** The HTTP messages of a conversation; renders again as they grow. */
export function useHttp(conversation: Conversation): HttpTrace {
  return useTrace(conversation, makeTrace);
}

const makeTrace = (): HttpTrace => new HttpTrace();
