import { useTranslation } from 'react-i18next';
import { looksLikeTls } from '#packets/tls/tls-reader.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { firstOctets, type Trace, useTrace } from '../workbench/use-trace.ts';
import { TlsTrace } from './tls-trace.ts';
import { tlsNote } from './tls-words.ts';

/** What TLS brought in each event, in words, by the event's number; empty where a conversation does not begin as TLS does. */
export function useTlsNotes(conversation: Conversation, events: readonly WireEvent[]): ReadonlyMap<number, string> {
  const { t } = useTranslation('tls');
  const first = firstOctets(events);
  const isTls = conversation.transport === 'tcp' && first !== null && looksLikeTls(first);
  const trace = useTrace<Trace>(conversation, isTls ? makeTrace : makeNothing);
  if (!(trace instanceof TlsTrace)) return NOTHING;
  return new Map([...trace.bySeq()].map(([seq, items]) => [seq, tlsNote(t, items)]));
}

const makeTrace = (): TlsTrace => new TlsTrace();
const makeNothing = (): Trace => NO_TRACE;
const NO_TRACE: Trace = { wanted: null, update: () => {} };
const NOTHING: ReadonlyMap<number, string> = new Map();
