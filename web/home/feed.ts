import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { bytesOf } from '../session/base64.ts';
import type { WireState } from '../session/wire-state.ts';
import { payloadText } from '../workbench/payload-text.ts';

/** Lines of the feed. */
export const FEED_LINES = 6;

/** How far back the feed looks for them: what is further is not "right now". */
export const FEED_SEARCH_EVENTS = 400;

/** One line of the feed. */
export interface FeedLine {
  readonly event: WireEvent;
  readonly conversation: Conversation;
  /** What was carried, escaped; empty for events that carry nothing. */
  readonly text: string;
}

/** The newest events of demos, oldest of them first. Porthole's own page is left out. */
export function newestLines({ log, conversations }: Pick<WireState, 'log' | 'conversations'>): FeedLine[] {
  const lines: FeedLine[] = [];
  const oldest = Math.max(0, log.length - FEED_SEARCH_EVENTS);
  for (let index = log.length - 1; index >= oldest && lines.length < FEED_LINES; index -= 1) {
    const event = log.at(index);
    const conversation = event && conversations.get(event.conversation);
    if (!event || !conversation || conversation.demo === 'page') continue;
    lines.push({ event, conversation, text: carried(event) });
  }
  return lines.reverse();
}

const FEED_TEXT_CHARS = 28;

function carried({ kind, preview, recorded, length }: WireEvent): string {
  if (kind !== 'data' && kind !== 'datagram') return '';
  const bytes = bytesOf(preview);
  return payloadText(bytes, bytes.length < recorded || recorded < length, FEED_TEXT_CHARS);
}
