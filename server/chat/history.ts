import { Deque } from './deque.ts';
import {
  MAX_ALL_HISTORY_BYTES,
  MAX_ALL_HISTORY_MESSAGES,
  MAX_HISTORY_MESSAGES,
  MESSAGE_OVERHEAD_BYTES,
} from './limits.ts';
import type { Message } from './message.ts';

/** Whose history: an account's own conversations, or a room's. */
export type HistoryOwner = `user:${string}` | `room:${string}`;

/** What is asked for; without any bound, everything that is kept. */
export interface HistoryQuery {
  /** Only messages to or from this account. */
  readonly with?: string;
  /** Only what came after, or before, the message of this id. */
  readonly afterId?: string;
  readonly beforeId?: string;
  /** Only what came at or after, or at or before, this time. Milliseconds since 1970. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Messages in the answer. Default: MAX_HISTORY_MESSAGES. */
  readonly limit?: number;
  /** Which ones when there are more than `limit`. Default: the oldest. */
  readonly take?: 'oldest' | 'newest';
}

/** What is kept of it, oldest first. */
export interface HistoryPage {
  readonly messages: readonly Message[];
  /** Whether nothing else fits the query. */
  readonly complete: boolean;
  /** How many messages fit it in all. */
  readonly count: number;
  /** Whether the message of `afterId` or `beforeId` is not kept (any more), so nothing could be found. */
  readonly unknownId: boolean;
}

const NOTHING: HistoryPage = { messages: [], complete: true, count: 0, unknownId: false };

/**
 * The messages of every user and room, in memory. Each has its bound, and all together have one, so a crowd of rooms
 * costs no more than one.
 */
export class History {
  readonly #owners = new Map<HistoryOwner, Deque<Message>>();
  /** Every entry in order, for the common bound. */
  readonly #entries = new Deque<{ readonly owner: HistoryOwner; readonly message: Message }>();
  /** Octets of all entries, `MESSAGE_OVERHEAD_BYTES` each included. */
  #bytes = 0;

  /** Keeps a message for an owner, and forgets older ones where a bound is reached. */
  keep(owner: HistoryOwner, message: Message): void {
    const kept = this.#owners.get(owner) ?? new Deque<Message>();
    this.#owners.set(owner, kept);
    kept.push(message);
    if (kept.length > MAX_HISTORY_MESSAGES) kept.shift();
    this.#entries.push({ owner, message });
    this.#bytes += weight(message);
    while (this.#entries.length > MAX_ALL_HISTORY_MESSAGES || this.#bytes > MAX_ALL_HISTORY_BYTES) this.#forgetOldest();
  }

  /** Forgets everything of an owner. */
  forget(owner: HistoryOwner): void {
    this.#owners.delete(owner);
  }

  /** Looks messages up. */
  find(owner: HistoryOwner, query: HistoryQuery): HistoryPage {
    const kept = this.#owners.get(owner);
    if (!kept) return { ...NOTHING, unknownId: query.afterId !== undefined || query.beforeId !== undefined };
    const range = rangeOf(kept, query);
    if (!range) return { ...NOTHING, unknownId: true };
    const fitting: Message[] = [];
    for (const message of kept) if (fits(message, query, range)) fitting.push(message);
    const limit = Math.max(0, Math.floor(query.limit ?? MAX_HISTORY_MESSAGES));
    const start = query.take === 'newest' ? Math.max(0, fitting.length - limit) : 0;
    const messages = fitting.slice(start, start + limit);
    return { messages, complete: messages.length === fitting.length, count: fitting.length, unknownId: false };
  }

  /** An entry may be gone from its owner already; what an owner holds is never older than what all hold. */
  #forgetOldest(): void {
    const oldest = this.#entries.shift();
    if (!oldest) return;
    this.#bytes -= weight(oldest.message);
    const kept = this.#owners.get(oldest.owner);
    if (kept?.at(0) !== oldest.message) return;
    kept.shift();
    if (kept.length === 0) this.#owners.delete(oldest.owner);
  }
}

function weight(message: Message): number {
  return message.bytes + MESSAGE_OVERHEAD_BYTES;
}

interface Range {
  readonly afterSeq: number;
  readonly beforeSeq: number;
}

function rangeOf(kept: Deque<Message>, { afterId, beforeId }: HistoryQuery): Range | null {
  const afterSeq = afterId === undefined ? 0 : seqOf(kept, afterId);
  const beforeSeq = beforeId === undefined ? Number.POSITIVE_INFINITY : seqOf(kept, beforeId);
  return afterSeq === null || beforeSeq === null ? null : { afterSeq, beforeSeq };
}

function seqOf(kept: Deque<Message>, id: string): number | null {
  for (const message of kept) if (message.id === id) return message.seq;
  return null;
}

function fits(message: Message, query: HistoryQuery, { afterSeq, beforeSeq }: Range): boolean {
  if (message.seq <= afterSeq || message.seq >= beforeSeq) return false;
  if (query.sinceMs !== undefined && message.atMs < query.sinceMs) return false;
  if (query.untilMs !== undefined && message.atMs > query.untilMs) return false;
  return query.with === undefined || isBetween(message, query.with);
}

function isBetween({ from, to }: Message, user: string): boolean {
  return from.user === user || (to.type === 'user' && to.name === user);
}
