/** Bounds of what is shared and of what is opened. Who makes a recording keeps them, who opens one checks them. */
import { MAX_HELD_CONVERSATIONS } from '../session/conversation-bound.ts';
import { MAX_HELD_EVENTS } from '../session/event-log.ts';

/** Longest fragment of a link, in characters, `#` not counted. Browsers take more; mail and chat programs do not. */
export const MAX_FRAGMENT_CHARS = 32 * 1024;

/** What a link may hold once unpacked, in octets: deflate packs up to 1032 : 1, so the fragment's length is no bound. */
export const MAX_LINK_JSON_BYTES = 4 * 1024 * 1024;

/** Largest file, in octets: all the bounds below at once, in the worst spelling, fit. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Payload octets of one recording. What is past it is left out, oldest first, and the recording says so. */
export const MAX_SHARED_PAYLOAD_BYTES = 16 * 1024 * 1024;

/** Events of one recording: as many as a page holds. */
export const MAX_SHARED_EVENTS = MAX_HELD_EVENTS;

/** Conversations of one recording: as many as a page holds. */
export const MAX_SHARED_CONVERSATIONS = MAX_HELD_CONVERSATIONS;

/** Longest name inside a recording (demo, errno, address), in UTF-16 units. */
export const MAX_NAME_CHARS = 64;
