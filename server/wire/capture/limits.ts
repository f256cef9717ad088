/** Bounds of the capture. */

/** Frames held; the oldest goes first. */
export const MAX_FRAMES = 20_000;

/** Octets of frames held. */
export const MAX_FRAMES_BYTES = 16 * 1024 * 1024;

/** Ports in the filter at the most: the kernel's programs are not endless. */
export const MAX_FILTER_PORTS = 64;

/** Interfaces captured at once besides the usual one. */
export const MAX_DEVICES = 4;

/** The capture goes on for so long after the last viewer left: a reload is no reason to lose a handshake. */
export const GRACE_MS = 5_000;

/** Time for a capture program to say that it listens. */
export const START_TIMEOUT_MS = 10_000;

/** How often the program is asked how much was dropped, and the ports are looked at, while it runs. */
export const LOOK_MS = 2_000;

/** What a capture program says that is kept, in UTF-16 units. */
export const MAX_WORDS_CHARS = 4_000;
