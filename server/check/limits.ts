/** Bounds of the checker. */

/** Longest that an answer, a FIN or a free buffer is waited for, in milliseconds. */
export const ANSWER_MS = 4_000;

/** Longest that a connection may take to be accepted, in milliseconds. */
export const CONNECT_MS = 3_000;

/** Pause between two pieces that are to be read apart, in milliseconds. */
export const PAUSE_MS = 15;

/** Where nothing may be answered, so long is listened, in milliseconds. */
export const QUIET_MS = 60;

/** Longest that the learner's client is waited for, in milliseconds. */
export const ARRIVAL_MS = 120_000;

/** Longest that a stage may take once it talks to somebody, in milliseconds. */
export const STAGE_MS = 30_000;

/** Octets that may wait in one of the checker's sockets without having been asked for. */
export const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Datagrams that may wait so. */
export const MAX_UNREAD_DATAGRAMS = 1_000;

/** Longest line that the checker reads, in octets. */
export const MAX_LINE_BYTES = 16 * 1024;

/** Sockets that one stage may open. */
export const MAX_PEERS = 128;

/** Entries of one stage's transcript. */
export const MAX_TRANSCRIPT_ENTRIES = 120;

/** Octets of one entry that are kept. */
export const MAX_ENTRY_BYTES = 512;

/** Octets of one stage's transcript that are kept. */
export const MAX_TRANSCRIPT_BYTES = 12 * 1024;

/** Checks that run at once. */
export const MAX_RUNNING = 4;

/** Checks that are remembered, the running ones among them. */
export const MAX_REMEMBERED = 16;

/** Octets of an answer that a sentence quotes. */
export const MAX_QUOTED_BYTES = 90;
