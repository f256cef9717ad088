/** Bounds of the journal. They are what a long, busy class day may cost in memory, and no more. */

/** Events held; the oldest goes first. */
export const MAX_JOURNAL_EVENTS = 50_000;

/** Payload octets held; they are overwritten before the events that they belong to. */
export const MAX_JOURNAL_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** Length of a sampling window, in microseconds. */
export const SAMPLE_WINDOW_US = 1_000_000;

/** Data events that one conversation may record in a window: far above a person's pace. */
export const MAX_WINDOW_EVENTS = 200;

/** Payload octets that one conversation may record in a window. */
export const MAX_WINDOW_BYTES = 256 * 1024;

/** Connections one demo holds at once; a further one is closed by the system at accept. */
export const MAX_CONNECTIONS = 16_000;

/** Length of the queue of connections that wait to be accepted, as asked of listen(2). */
export const LISTEN_BACKLOG = 4_096;

/** Octets that one read takes at the most; also those of the memory that reads share. */
export const READ_MEMORY_BYTES = 64 * 1024;

/** A lent write up to this length gets memory of its own: as cheap, and nothing larger is held while it waits. */
export const MAX_SMALL_WRITE_BYTES = 4 * 1024 - 1;

/** UDP flows one demo remembers; the one opened first is forgotten first. */
export const MAX_UDP_FLOWS = 4_096;

/** Receive buffer asked for UDP demos, in octets (SO_RCVBUF); the system may grant less. */
export const UDP_RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** Clients of the page's terminals whose conversation has not begun yet; the oldest is forgotten first. */
export const MAX_CLAIMS = 256;
