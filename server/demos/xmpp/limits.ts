/** Bounds of the XMPP demo; those of the XML itself are in xml/limits.ts, those of messages and rooms in server/chat. */

/** Time from one step of logging in to the next: header, STARTTLS, each message of the login, binding. Enough to do it by hand. */
export const MAX_LOGIN_STEP_MS = 60_000;

/** Time from connecting to being logged in and bound, in all. */
export const MAX_LOGIN_MS = 300_000;

/** Wrong passwords on one stream; then it is closed. */
export const MAX_AUTH_ATTEMPTS = 5;

/** Wrong passwords of one address in AUTH_WINDOW_MS; then it has to wait. */
export const MAX_AUTH_FAILURES_PER_ADDRESS = 60;

/** How long wrong passwords are counted. */
export const AUTH_WINDOW_MS = 60_000;

/** Streams that are not logged in, of one address. One more, and the oldest of them is closed: whoever is quick gets in. */
export const MAX_HALF_OPEN_PER_ADDRESS = 500;

/** Streams of one address. */
export const MAX_STREAMS_PER_ADDRESS = 5_000;

/** Addresses that are counted. */
export const MAX_ADDRESSES = 10_000;

/** Accounts registered on one stream (XEP-0077). */
export const MAX_REGISTRATIONS_PER_STREAM = 3;

/** Contacts in one roster, requests included. */
export const MAX_CONTACTS = 1_000;

/** Groups of one contact. */
export const MAX_GROUPS = 20;

/** UTF-16 units of a group or of a contact's name. */
export const MAX_NAME_CHARS = 1_023;

/** Octets of a presence: it is kept for each session, and sent to every contact. */
export const MAX_PRESENCE_BYTES = 16 * 1024;

/** Octets of a request for a subscription that is kept whole; of a longer one only who asks. */
export const MAX_REQUEST_BYTES = 2 * 1024;

/** Addresses that one session sends directed presence to. */
export const MAX_DIRECTED = 500;

/** Messages in one answer of an archive. */
export const MAX_ARCHIVE_PAGE = 50;

/** Addresses that one account names in its wishes about the archive. */
export const MAX_ARCHIVE_WISHES = 500;

/** Pieces of private XML of one account. */
export const MAX_PRIVATE_PIECES = 50;

/** Octets of all of them. */
export const MAX_PRIVATE_BYTES = 256 * 1024;

/** Octets of a vCard. */
export const MAX_VCARD_BYTES = 64 * 1024;

/** Addresses that one account blocks. */
export const MAX_BLOCKED = 500;

/** Rooms that one session is in. */
export const MAX_ROOMS_PER_SESSION = 50;

/** Messages of a room's history that a newcomer is sent, unless fewer are asked for. */
export const MAX_ROOM_HISTORY = 20;

/** Stanzas kept until the client acknowledges them (XEP-0198); beyond, the session is given up. */
export const MAX_UNACKED_STANZAS = 5_000;

/** Octets of those stanzas. */
export const MAX_UNACKED_BYTES = 4 * 1024 * 1024;

/** How long a lost session waits for its client to come back. */
export const RESUME_WITHIN_MS = 60_000;

/** Time without any connection after which the test mode forgets: a script may have all its clients leave for a moment. */
export const FORGET_AFTER_MS = 1_000;

/** Silence after which a client is asked whether it is still there (XEP-0199). */
export const ASK_AFTER_SILENCE_MS = 600_000;

/** How long it may take to answer that; then it is taken for gone. */
export const ANSWER_WITHIN_MS = 300_000;

/** How long a client may take to close its side of the connection when its stream is over. */
export const CLOSE_WITHIN_MS = 10_000;

/** Octets that wait for one reader from which on those who write to it wait. */
export const SLOW_READER_BYTES = 1024 * 1024;

/** Octets that may wait for one reader; then it is cut off. */
export const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/** Time without reading anything after which a slow reader counts as stalled: nobody waits for it any more. */
export const STALLED_AFTER_MS = 1_000;
