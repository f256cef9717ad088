/** Bounds of the terminal room. Bounds that the browser knows too are in #protocol/limits.ts. */

/** How long a terminal whose WebSocket was lost waits for it to come back, in milliseconds. */
export const SESSION_GRACE_MS = 60_000;

/** Output kept for a terminal that resumes, in UTF-16 units. */
export const MAX_BACKLOG_CHARS = 1_024 * 1_024;

/** Octets waiting in the WebSocket above which a program stops reading its socket. */
export const OUTPUT_HIGH_WATER_BYTES = 256 * 1_024;

/** Octets waiting in the WebSocket above which output is cut, with a notice. */
export const OUTPUT_HARD_LIMIT_BYTES = 4 * 1_024 * 1_024;

/** Output produced while no browser is attached above which a program stops reading its socket, in UTF-16 units. */
export const DETACHED_HIGH_WATER_CHARS = 128 * 1_024;

/** Output produced while no browser is attached above which it is cut, in UTF-16 units. Less than the backlog. */
export const DETACHED_HARD_LIMIT_CHARS = 512 * 1_024;

/** Output of one terminal per second above which a program's reading waits for the next second, in UTF-16 units. */
export const MAX_OUTPUT_CHARS_PER_SECOND = 4 * 1_024 * 1_024;

/** Longest text in the line editor, several pasted lines together, in UTF-16 units. */
export const MAX_EDIT_CHARS = 8_192;

/** Commands that the history keeps. */
export const MAX_HISTORY_LINES = 500;

/** Lines pasted at the prompt that wait while a command runs, in UTF-16 units together. */
export const MAX_TYPED_AHEAD_CHARS = 64 * 1_024;

/** Longest line typed to a running program, in UTF-16 units (Linux: 4,095 octets; macOS: 1,024). */
export const MAX_TTY_LINE_CHARS = 16_384;

/** Octets typed that a running program has not read yet. */
export const MAX_TTY_QUEUE_BYTES = 256 * 1_024;

/** Octets that one command hands to the next through a pipe. */
export const MAX_PIPE_BYTES = 1_024 * 1_024;

/** Commands in one pipeline. */
export const MAX_PIPELINE_COMMANDS = 8;

/** Words in one command. */
export const MAX_WORDS = 256;

/** Combining marks shown on one character; more are made visible one by one. */
export const MAX_COMBINING_MARKS = 16;

/** Longest control sequence of a key, in UTF-16 units. */
export const MAX_KEY_SEQUENCE_CHARS = 32;

/** Octets written to a peer that it has not taken, above which a program stops reading what is typed. */
export const SEND_HIGH_WATER_BYTES = 256 * 1_024;

/** Octets of one telnet subnegotiation that are kept; the rest is dropped. */
export const MAX_SUBNEGOTIATION_BYTES = 512;

/** Ports that one `nc -z` looks at. */
export const MAX_SCAN_PORTS = 1_024;

/** Ports that `nc -l` listens on, in all terminals together. */
export const MAX_LISTENERS = 16;

/** Connections that wait for one `nc -l -k` while it serves another; more are reset. */
export const MAX_WAITING_CONNECTIONS = 8;

/** Parts of one `send`. */
export const MAX_SEND_PARTS = 64;
