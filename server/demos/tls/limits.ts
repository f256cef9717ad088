/** Bounds of the TLS echo. */

/** Octets that may wait for a client that does not read; then its connection is no longer read from either. */
export const MAX_ECHO_QUEUE_BYTES = 128 * 1024;

/** Time until a handshake must be done. */
export const HANDSHAKE_TIMEOUT_MS = 60_000;

/** Longest head of an HTTP request inside TLS, in octets. */
export const MAX_HEAD_BYTES = 8 * 1024;
