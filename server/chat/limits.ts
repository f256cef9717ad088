/** Bounds of a room. What a stalled member costs is shared: all queues together hold each batch once. */

/** Members of one room. */
export const MAX_ROOM_MEMBERS = 1_000;

/** Longest nick, in Unicode code points. */
export const MAX_NICK_CHARS = 20;

/** What may be said before the next batch goes out, in UTF-16 units; a speaker who has more waits for a turn. */
export const MAX_BATCH_CHARS = 128 * 1024;

/** Octets that wait for one member from which on the speakers wait for it, as long as it goes on reading. */
export const SLOW_MEMBER_BYTES = 1024 * 1024;

/** Time without taking a single batch after which a slow member counts as stalled: nobody waits for it any more. */
export const STALLED_AFTER_MS = 1_000;

/** Octets that may wait for one member; then it is cut off. */
export const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/**
 * How long the news of somebody joining or being lost may wait for more of its kind. Connections are accepted one a turn,
 * so a crowd would otherwise cost a batch each. Whatever is said meanwhile takes the news along.
 */
export const NEWS_DELAY_MS = 20;
