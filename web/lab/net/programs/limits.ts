/** Bounds of a program, each with what it keeps finite. */

/** Octets a program may have written that its host has not taken yet; more, and it is stopped. */
export const MAX_PENDING_WRITE_BYTES = 16 * 1024 * 1024;
export const MAX_SOCKETS = 2048;
export const MAX_TIMERS = 1024;
/** Calls in the answer to one event. */
export const MAX_CALLS_A_TURN = 10_000;
/** Characters of a printed line; the rest is cut. */
export const MAX_PRINT_CHARS = 2000;
/** Octets taken out of the receive buffer at once. */
export const READ_BYTES = 64 * 1024;
/** Connections that a listener of a program lets wait, as in Node. */
export const DEFAULT_BACKLOG = 511;
