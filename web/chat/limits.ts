/** Messages that one seat keeps on the page; the server's history has the rest. */
export const MAX_LINES = 300;

/** What is shown of a message, in UTF-16 units. */
export const MAX_BODY_CHARS = 4_000;

/** Rows that are shown of a message. */
export const MAX_BODY_ROWS = 40;

/** Objects of the wire that one seat keeps. */
export const MAX_FRAMES = 300;

/** Longest text of one frame that is shown, in UTF-16 units: an SDP is long, a file never passes here. */
export const MAX_FRAME_CHARS = 40_000;

/** What is shown of a frame that is not unfolded, in UTF-16 units: one row has no room for more. */
export const MAX_HEADLINE_CHARS = 400;

/** Earlier messages of the room that are asked for when somebody comes in. */
export const HISTORY_LIMIT = 20;

/** How often "is typing" is said while somebody types, in milliseconds. */
export const TYPING_EVERY_MS = 3_000;

/** How long "is typing" is believed without being said again, in milliseconds. */
export const TYPING_FOR_MS = 6_000;

/** Time that this page waits for any sign of life before it asks, and then for the answer, in milliseconds. */
export const SILENCE_MS = 45_000;
export const ANSWER_MS = 10_000;

/** Time before a lost connection is tried again, in milliseconds; it doubles up to the longest. */
export const RETRY_FIRST_MS = 500;
export const RETRY_LONGEST_MS = 8_000;

/** Longest voice note, in milliseconds. */
export const MAX_VOICE_MS = 60_000;

/** How often the time of a drawing is left free after it, up to the longest rest, in milliseconds. */
export const RESTS_PER_DRAWING = 2;
export const MAX_REST_MS = 1_000;
