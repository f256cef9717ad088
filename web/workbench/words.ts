import type { TFunction } from 'i18next';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../session/base64.ts';
import { PAGE_DEMO } from './conversation-list.ts';
import { formatCount, formatEndpoint } from './format.ts';
import { payloadText } from './payload-text.ts';

/** The words of the workbench in the present language. */
export type Words = TFunction<'workbench'>;

/** One event in words. */
export interface EventWords {
  /** What it is: "7 bytes", "half-closed". */
  readonly word: string;
  /** What that means here, or `null`. */
  readonly note: string | null;
  /** Its payload on one line, in quotes; `null` where there is none. */
  readonly payload: string | null;
}

/** Says what happened. */
export function eventWords(t: Words, event: WireEvent, conversation: Conversation): EventWords {
  switch (event.kind) {
    case 'data':
    case 'datagram':
      return carriedWords(t, event);
    case 'skipped':
      return plain(t('event.skipped'), t('event.skippedCount', unrecorded(t, event)));
    case 'opened':
      return conversation.transport === 'udp'
        ? plain(t('event.flow'), t('event.flowWhy'))
        : plain(t('event.opened'), t(conversation.observer === 'server' ? 'event.openedTcp' : 'event.connectedTcp'));
    case 'half-closed':
      return plain(t('event.half-closed'), t(event.direction === 'to-client' ? 'event.finServer' : 'event.finClient'));
    case 'closed':
      return plain(t('event.closed'), t('event.closedWhy'));
    case 'detached':
      return plain(t('event.detached'), t('event.detachedWhy'));
    case 'reset':
      return plain(coded(t('event.reset'), event), codeMeaning(t, event) ?? t('event.resetWhy'));
    case 'failed':
      return plain(coded(t('event.failed'), event), codeMeaning(t, event) ?? t('event.failedWhy'));
    case 'error':
      return plain(coded(t('event.error'), event), codeMeaning(t, event));
    default:
      return event.kind satisfies never;
  }
}

const plain = (word: string, note: string | null): EventWords => ({ word, note, payload: null });

const coded = (word: string, { code }: WireEvent): string => (code === null ? word : `${word} ${code}`);

/** What an errno name means; `null` where the page has no sentence for it. */
function codeMeaning(t: Words, { code }: WireEvent): string | null {
  if (code === null) return null;
  const meaning = t(`code.${code}`, { defaultValue: '' });
  return meaning === '' ? null : meaning;
}

/** "7 bytes", "65 536 bytes". */
export function byteCount(t: Words, count: number): string {
  return t('bytes', { count, n: formatCount(count) });
}

/** How much went by unrecorded, exactly: rounded it could not be added to what was recorded. */
export function unrecorded(t: Words, { count, length }: WireEvent): { count: number; n: string; size: string } {
  return { count, n: formatCount(count), size: byteCount(t, length) };
}

function carriedWords(t: Words, event: WireEvent): EventWords {
  const size = byteCount(t, event.length);
  const word = event.kind === 'datagram' ? `${t('event.datagram')} ${size}` : size;
  if (event.evicted) return { word, note: t('event.evicted'), payload: null };
  const cut = event.recorded < event.length;
  const note = cut
    ? t('event.cut', { recorded: formatCount(event.recorded), length: byteCount(t, event.length) })
    : null;
  if (event.length === 0) return { word, note: t('event.empty'), payload: null };
  const bytes = bytesOf(event.preview);
  return { word, note, payload: `“${payloadText(bytes, event.length > bytes.length)}”` };
}

/** The client's address and port; a word for it where the connection never came to have them. */
export function clientName(t: Words, { client }: Conversation): string {
  return client.port > 0 ? formatEndpoint(client) : t('client');
}

/** Name of who serves: the demo's id, or its address where it is no demo. */
export function serverName(t: Words, { demo, server }: Conversation): string {
  if (demo === null) return server.address;
  return demo === PAGE_DEMO ? t('page') : demo;
}

/** The state of a conversation in a word. A UDP flow has no end of its own. */
export function stateWord(t: Words, { transport, state }: Conversation): string {
  return transport === 'udp' && state === 'open' ? t('state.flow') : t(`state.${state}`);
}
