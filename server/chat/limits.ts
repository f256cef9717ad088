/** Bounds of the chat. What a stalled member of a room costs is shared: all queues together hold each batch once. */

/** Members of one room. */
export const MAX_ROOM_MEMBERS = 1_000;

/** Longest nick, in Unicode code points. */
export const MAX_NICK_CHARS = 20;

/** What may be said before the next batch goes out, in UTF-16 units; a speaker who has more waits for a turn. */
export const MAX_BATCH_CHARS = 128 * 1024;

/** Octets that wait for one member from which on the speakers wait for it, as long as it goes on reading. */
export const SLOW_MEMBER_BYTES = 1024 * 1024;

/** Time without taking a single batch after which a slow member counts as stalled: nobody waits for it any more. */
export const STALLED_AFTER_MS = 1_000;

/** Octets that may wait for one member; then it is cut off. */
export const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/**
 * How long the news of somebody joining or being lost may wait for more of its kind. Connections are accepted one a turn,
 * so a crowd would otherwise cost a batch each. Whatever is said meanwhile takes the news along.
 */
export const NEWS_DELAY_MS = 20;

/** What an event of a room counts for besides what is said, in octets: nick and punctuation, generously. */
export const EVENT_BYTES = 32;

/** Octets of one message's body; the protocols' own bounds are lower or equal. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * Octets of a room's subject, of each text among its settings, of why it thinks something of an account, and of what a
 * member says of itself.
 */
export const MAX_STATUS_BYTES = 1_024;

/** Longest name of a room or account, in Unicode code points. */
export const MAX_NAME_CHARS = 64;

/** Longest name of a session, in UTF-16 units. */
export const MAX_RESOURCE_CHARS = 128;

/** Longest id that a client gives its message, in UTF-16 units. */
export const MAX_CLIENT_ID_CHARS = 256;

/** Rooms at the same time. */
export const MAX_ROOMS = 1_000;

/** Accounts that one room may have an opinion about. */
export const MAX_AFFILIATIONS = 1_000;

/** Accounts; more are refused. */
export const MAX_ACCOUNTS = 10_000;

/** Sessions of all users together. */
export const MAX_SESSIONS = 10_000;

/** Sessions of one user. */
export const MAX_SESSIONS_PER_USER = 100;

/** Users that one user does not want to hear of. */
export const MAX_BLOCKED = 100;

/** Client ids of all users that are remembered, so that a message sent again is not delivered again. */
export const MAX_REMEMBERED_IDS = 20_000;

/** Messages that wait for one user who is not there, and what they may hold together, in octets. */
export const MAX_OFFLINE_MESSAGES = 100;
export const MAX_OFFLINE_BYTES = 1024 * 1024;

/** Octets that wait for all users together who are not there. */
export const MAX_ALL_OFFLINE_BYTES = 16 * 1024 * 1024;

/** Messages in the history of one user or room; then the oldest is forgotten. */
export const MAX_HISTORY_MESSAGES = 1_000;

/** Messages in all histories together, and what they may hold, in octets. */
export const MAX_ALL_HISTORY_MESSAGES = 20_000;
export const MAX_ALL_HISTORY_BYTES = 32 * 1024 * 1024;

/** What a kept message counts for besides its octets. */
export const MESSAGE_OVERHEAD_BYTES = 256;

/** Octets of one uploaded file. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** Uploaded files and reservations, and what the files may hold together, in octets; then the oldest is forgotten. */
export const MAX_FILES = 500;
export const MAX_ALL_FILES_BYTES = 64 * 1024 * 1024;

/** Time to upload a file once a place is reserved for it. */
export const UPLOAD_WITHIN_MS = 5 * 60_000;

/** Longest name of a file, in UTF-16 units. */
export const MAX_FILE_NAME_CHARS = 200;
