import type { ChatEvent, ChatMessage } from '#protocol/chat-event.ts';
import { MAX_HISTORY_LIMIT } from '#protocol/chat-limits.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import type { HistoryPage, HistoryQuery } from '../../chat/history.ts';
import { parseAddress } from './address.ts';
import { errorOf } from './errors.ts';
import { messageForm } from './forms.ts';
import { MAX_HISTORY_ANSWER_BYTES } from './limits.ts';
import type { Visitor } from './visitor.ts';

type HistoryRequest = Extract<ChatRequest, { type: 'history' }>;

/** Answers what has been said with a user, or in a room that the session is in. */
export function answerHistory(visitor: Visitor, request: HistoryRequest): ChatEvent {
  const found = find(visitor, request);
  if (typeof found === 'string') return errorOf(found, request.id);
  if (found.unknownId) return errorOf('unknown-id', request.id, 'since');
  const messages = fitting(found.messages.map(messageForm), request.since === undefined);
  return {
    type: 'history',
    ...(request.id !== undefined && { re: request.id }),
    with: request.with,
    messages,
    complete: found.complete && messages.length === found.messages.length,
  };
}

function find(visitor: Visitor, request: HistoryRequest): HistoryPage | 'bad-address' | 'not-in-room' {
  const address = parseAddress(request.with);
  const query: HistoryQuery = {
    limit: request.limit ?? MAX_HISTORY_LIMIT,
    ...(request.since === undefined ? { take: 'newest' as const } : { afterId: request.since }),
  };
  if (address?.type === 'user') {
    return visitor.chat.history.find(`user:${visitor.session.user}`, { ...query, with: address.name });
  }
  if (!address || address.nick !== null) return 'bad-address';
  if (!visitor.rooms.has(address.name)) return 'not-in-room';
  return visitor.chat.history.find(`room:${address.name}`, query);
}

/** As many as one answer may hold: the newest, or the first ones. At least one, or nobody would get on. */
function fitting(messages: ChatMessage[], newest: boolean): ChatMessage[] {
  const ordered = newest ? messages.reverse() : messages;
  let bytes = 0;
  const kept = ordered.filter((message, index) => {
    bytes += Buffer.byteLength(message.body) + 200;
    return index === 0 || bytes <= MAX_HISTORY_ANSWER_BYTES;
  });
  return newest ? kept.reverse() : kept;
}
