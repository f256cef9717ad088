/** Bounds of what is laid out on the lab, kept by the page, by its storage and by whoever opens a link. */

/** Rules of the wire. */
export const MAX_RULES = 32;

/** Programs of one host. */
export const MAX_PROGRAMS = 4;

/** Characters of one program. */
export const MAX_PROGRAM_CHARS = 20_000;

/** Characters of a name: a host's, a program's, an experiment's. */
export const MAX_NAME_CHARS = 40;

/** What a link may hold once unpacked, and what the browser is given to keep, in octets. */
export const MAX_LAB_JSON_BYTES = 512 * 1024;
