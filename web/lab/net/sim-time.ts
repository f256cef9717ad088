/** Simulated time, in microseconds since the run began: an integer, exact for centuries. */
export type SimTime = number;
