/** Bounds of the HTTP demo. Times leave room for somebody who types by hand. */

/** Longest head of a request, in octets (431 above). */
export const MAX_HEAD_BYTES = 16 * 1024;

/** Longest body of a request, in octets (413 above). */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Fields and files of one form. */
export const MAX_FORM_PARTS = 32;

/** Requests that one connection may make. */
export const MAX_REQUESTS_PER_CONNECTION = 1_000;

/** Requests of one connection that may wait for their answers; more are refused. */
export const MAX_PIPELINED = 16;

/** Heads of requests that are kept of one connection, to say what was wrong with them. */
export const MAX_KEPT_REQUESTS = 2 * MAX_PIPELINED;

/** Time from the first octet of a request to the end of its head (408 after it): who sends a line an hour is let go. */
export const HEAD_TIMEOUT_MS = 120_000;

/** Time from the end of the head to the end of the body (408 after it). */
export const BODY_TIMEOUT_MS = 120_000;

/** Time without a request on an open connection; then it is closed. */
export const IDLE_TIMEOUT_MS = 300_000;

/** Time that a client has to close its side after ours was closed. */
export const LINGER_MS = 5_000;

/** Longest answer of `/slow`, and longest pause of `/chunked`, in milliseconds. */
export const MAX_DELAY_MS = 10_000;

/** Chunks of `/chunked`. */
export const MAX_CHUNKS = 100;

/** Largest WebSocket message, in octets. */
export const MAX_WEB_SOCKET_MESSAGE_BYTES = 64 * 1024;

/** WebSockets at once; more are refused. */
export const MAX_WEB_SOCKETS = 256;

/** Octets that may wait in a WebSocket whose client does not read; then it is ended. */
export const MAX_WEB_SOCKET_QUEUE_BYTES = 1024 * 1024;

/** Characters of a value from a request that an answer repeats. */
export const MAX_REPEATED_CHARS = 2_000;
