/** Simulated time, in microseconds since the run began: an integer, exact for centuries. */
export type SimTime = number;

/** One second. */
export const SECOND_US = 1_000_000;
