/** When duplicate ACKs mean a loss: RFC 5681 §3.2, RFC 6675 §2. */

/** DupThresh: the third duplicate. */
export const DUPLICATE_THRESHOLD = 3;
/** Duplicates are counted to here: more say nothing new. */
export const MAX_DUPLICATES = 0xffff;
