/** Bounds of the hosted messaging service, each with what it keeps finite. */

/** Octets of a JSON body, and of a WebSocket message. */
export const MAX_JSON_BYTES = 64 * 1024;
/** Octets of a text, or of what a command or custom message carries as JSON. */
export const MAX_TEXT_BYTES = 5 * 1024;
/** Tokens that are good at once; then the oldest is forgotten. */
export const MAX_TOKENS = 5_000;
/** How long a token may be wished to last, in seconds. */
export const MIN_TTL_SECONDS = 5;
export const MAX_TTL_SECONDS = 24 * 3600;
export const DEFAULT_TTL_SECONDS = 3600;
/** How long before its end the owner of a token is warned: this share of its life. */
export const WARN_SHARE = 0.2;
/** Pushes that are kept to be looked at. */
export const MAX_PUSHES = 200;
/** WebSockets at once. */
export const MAX_WEB_SOCKETS = 500;
/** Groups that one connection may be in. */
export const MAX_GROUPS = 50;
/** Messages in one answer. */
export const MAX_PAGE = 100;
/** Time from one request's answer to the next request's end on a connection. */
export const REQUEST_WITHIN_MS = 30_000;
