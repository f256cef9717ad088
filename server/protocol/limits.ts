/** Bounds that both ends of the contract know. Bounds of one room live in that room. */

/** Payload octets of an event that travel with it in a batch; the rest is fetched with a `payload` request. */
export const PREVIEW_BYTES = 512;

/** Previews of one batch together, in octets: in a flood each is cut shorter, down to MIN_PREVIEW_BYTES. */
export const MAX_BATCH_PREVIEW_BYTES = 16 * 1024;

/** Every preview has so many octets, where so many were recorded. */
export const MIN_PREVIEW_BYTES = 64;

/** Events in one batch at the most; a longer backlog is sent as several batches. */
export const MAX_BATCH_EVENTS = 2_000;

/** Octets of frames in one message at the most, before base64; one larger frame goes alone. */
export const MAX_PACKETS_MESSAGE_BYTES = 256 * 1024;

/** Time between two flushes of the journal to its viewers, in milliseconds. */
export const FLUSH_INTERVAL_MS = 50;

/** Largest message that the server accepts on a WebSocket, in octets. */
export const MAX_CLIENT_MESSAGE_BYTES = 64 * 1024;

/** Largest body that the server accepts on the HTTP API, in octets. */
export const MAX_API_BODY_BYTES = 256 * 1024;

/** Longest text typed or pasted into a terminal in one message, in UTF-16 units. */
export const MAX_TERMINAL_INPUT_CHARS = 16 * 1024;

/** Terminals of one Porthole, whoever opened them: a class of thirty, with two each. */
export const MAX_TERMINALS = 64;

/** Rows of the socket table in one message at the most; a machine may have tens of thousands of sockets. */
export const MAX_SOCKET_ROWS = 2_000;
