import type { Conversation } from '#protocol/wire.ts';
import { useConversationEvents } from '../session/react.tsx';
import { firstOctets, useTrace } from '../workbench/use-trace.ts';
import { HttpTrace, looksLikeHttp } from './http-trace.ts';

/** Demos whose conversations are HTTP, whatever their first octets say: what is wrong with those is what is shown. */
const HTTP_DEMOS: ReadonlySet<string | null> = new Set(['http', 'page']);

/** Whether a conversation carries HTTP: it is with a web server of ours, or its first octets say so. */
export function useIsHttp(conversation: Conversation | undefined): boolean {
  const events = useConversationEvents(conversation?.id ?? null);
  if (conversation?.transport !== 'tcp') return false;
  if (HTTP_DEMOS.has(conversation.demo)) return true;
  const first = firstOctets(events);
  return first !== null && looksLikeHttp(first);
}

/** The HTTP messages of a conversation; renders again as they grow. */
export function useHttp(conversation: Conversation): HttpTrace {
  return useTrace(conversation, makeTrace);
}

const makeTrace = (): HttpTrace => new HttpTrace();
