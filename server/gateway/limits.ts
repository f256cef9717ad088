/** Bounds of the gateway. */

/** Viewers of the wire at once: a class, each with a few tabs. */
export const MAX_VIEWERS = 128;

/** Octets that may wait in a viewer's WebSocket; while more wait, it is sent nothing. */
export const MAX_VIEWER_BUFFER_BYTES = 1024 * 1024;

/**
 * Octets that may wait in a WebSocket of the page before a further request ends it: more than what is sent unasked ever
 * comes to. Whoever asks and never reads would fill the memory with answers.
 */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** Journals before a forgetting that are remembered, so that viewers that were away then are told. */
export const MAX_FORMER_JOURNALS = 100;

/** WebSocket messages one connection may send in a second. */
export const MAX_MESSAGES_PER_SECOND = 500;

/** HTTP requests one address may make in a minute. */
export const MAX_REQUESTS_PER_MINUTE = 6_000;

/** Chats by lines that pages may hold at once. */
export const MAX_LINE_CHATS = 64;

/** WebSockets of all demos at once. */
export const MAX_DEMO_SOCKETS = 4_000;
