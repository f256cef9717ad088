/** Bounds of what a stream may contain. */

/** Octets of one stanza, header or negotiation element before login; RFC 6120 §13.12 wants at least these. */
export const MAX_STANZA_BYTES_BEFORE_LOGIN = 10_000;

/** Octets of one stanza after login. */
export const MAX_STANZA_BYTES = 256 * 1024;

/** Elements within elements, the stanza itself counted. */
export const MAX_DEPTH = 50;

/** Elements in one stanza. */
export const MAX_ELEMENTS = 2_000;

/** Attributes of one element, namespace declarations counted. */
export const MAX_ATTRIBUTES = 100;
