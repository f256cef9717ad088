/** Longest line that a client may send, in octets without its line end; the rest of a longer one is dropped. */
export const MAX_LINE_BYTES = 4_096;

/** Passwords that one connection may try. */
export const MAX_LOGINS = 5;

/** Lines of one message that are shown; somebody else's client may send more in one. */
export const MAX_SHOWN_LINES = 20;

/** Octets that may wait for a client before its own lines have to wait, too: a flood of `/who` goes no further. */
export const MAX_REPLY_QUEUE_BYTES = 256 * 1024;

/** Connections that may hold back their nick; then the one that waits longest is let go. */
export const MAX_UNNAMED = 1_000;

/** Octets of a telnet subnegotiation that are skipped while its end is looked for. */
export const MAX_SUBNEGOTIATION_BYTES = 1_024;
