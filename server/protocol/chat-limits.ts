/** Bounds of the chat by JSON that both ends know. See docs/chat-json.md. */

/** Longest line, in octets without its end; a WebSocket message is bounded alike. */
export const MAX_CHAT_LINE_BYTES = 64 * 1024;

/** How deep an object may be nested. */
export const MAX_CHAT_DEPTH = 8;

/** Longest body, in UTF-16 units. */
export const MAX_CHAT_BODY_CHARS = 16_000;

/** Longest payload of a step of a call, in UTF-16 units: an SDP of a browser has a few thousand. */
export const MAX_CALL_PAYLOAD_CHARS = 32_000;

/** Messages in one answer to `history`. */
export const MAX_HISTORY_LIMIT = 100;

/** Bounds of the time without a sign of life after which the server pings, in milliseconds, and what it is otherwise. */
export const MIN_HEARTBEAT_MS = 1_000;
export const MAX_HEARTBEAT_MS = 120_000;
export const DEFAULT_HEARTBEAT_MS = 30_000;
