/** Bounds of a relay. */

/** Octets that one direction of a connection may hold while latency or bandwidth keeps them; then the sender waits. */
export const MAX_HELD_BYTES = 4 * 1024 * 1024;

/** Connections through one relay at once; a further one is closed by the system at accept. */
export const MAX_RELAYED_CONNECTIONS = 1_024;

/** UDP flows through one relay at once; the one that has been quiet longest ends first. */
export const MAX_RELAYED_FLOWS = 256;

/** A UDP flow that has been quiet for so long ends, in milliseconds (RFC 4787 §4.3 asks for two minutes at least). */
export const FLOW_IDLE_MS = 120_000;

/** Datagrams that one direction of a flow may hold back; a further one is dropped. */
export const MAX_HELD_DATAGRAMS = 1_024;

/** A datagram held back so that another may pass it goes after so long anyway, in milliseconds. */
export const REORDER_HOLD_MS = 100;

/** Time for a connection to the target, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;
