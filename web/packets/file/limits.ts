/** Bounds of a capture file that a tab opens. */

/** Octets of a file: its packets are held in memory, and a tab has two gigabytes at the most. */
export const MAX_CAPTURE_FILE_BYTES = 512 * 1024 * 1024;

/** Octets read at once: a step of the progress. */
export const READ_STEP_BYTES = 4 * 1024 * 1024;

/** Packets of a file; further ones are not read. */
export const MAX_FILE_PACKETS = 4_000_000;
