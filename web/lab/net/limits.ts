/** Bounds of a run, each with what it keeps finite. */

/** Events of a run; one that reaches it ends there, and says so. */
export const MAX_EVENTS = 200_000;
/** Octets of packets that a run keeps. */
export const MAX_KEPT_BYTES = 128 * 1024 * 1024;
/** Samples of one connection, for the plots. */
export const MAX_SAMPLES = 50_000;
/** Connections of a host that are sampled: the first. */
export const MAX_SAMPLED_CONNECTIONS = 8;
/** A copy of the run's state is kept every so many ticks, to step back to. */
export const CHECKPOINT_TICKS = 256;
/** Copies kept; when there are more, every second is dropped and the distance doubled. */
export const MAX_CHECKPOINTS = 64;
export const MAX_ACTIONS = 1000;
