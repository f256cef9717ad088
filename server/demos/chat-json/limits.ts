/** Octets that may wait for a client before its own requests have to wait, too. */
export const MAX_REPLY_QUEUE_BYTES = 256 * 1024;

/** Octets of requests that wait for their turn; a client that sends on regardless is cut off. */
export const MAX_INBOX_BYTES = 1024 * 1024;

/** Connections without a login; then the one that waits longest is let go. */
export const MAX_NAMELESS = 1_000;

/** Time to log in. */
export const LOGIN_WITHIN_MS = 60_000;

/** Passwords and registrations that one connection may try. */
export const MAX_ATTEMPTS = 5;

/** Time that a client has to answer a ping, if it did not ask for a heartbeat that is quicker than that. */
export const MAX_ANSWER_MS = 10_000;

/** Rooms that one session may be in. */
export const MAX_ROOMS_OF_SESSION = 50;

/** Octets of messages in one answer to `history`. */
export const MAX_HISTORY_ANSWER_BYTES = 256 * 1024;

/** WebSocket connections of this chat at a time. */
export const MAX_DOOR_CONNECTIONS = 1_000;
