import * as z from 'zod/mini';

/** How we know what we show. See ARCHITECTURE.md, "Evidence". */
export const evidenceSchema = z.enum(['observed', 'kernel', 'captured', 'simulated', 'derived']);
export type Evidence = z.infer<typeof evidenceSchema>;

/** What carries a conversation. */
export const transportSchema = z.enum(['tcp', 'udp']);
export type Transport = z.infer<typeof transportSchema>;

/** Which way octets went. The client is the end that connected (TCP) or sent the first datagram (UDP). */
const directionSchema = z.enum(['to-server', 'to-client']);
export type Direction = z.infer<typeof directionSchema>;

/** One end of a conversation: an IP address (no brackets, no IPv4-mapped form) and a port. */
export const endpointSchema = z.object({ address: z.string(), port: z.int() });
export type Endpoint = z.infer<typeof endpointSchema>;

/** Events and payload octets that went one way since the conversation opened, whether recorded or skipped. */
const totalsSchema = z.object({ events: z.int(), bytes: z.int() });

/**
 * - `open`: both directions may carry octets (a UDP flow stays `open`: it has no end of its own);
 * - `half-closed`: one end has sent its FIN;
 * - `closed`: both have; `reset`: a RST or an error ended it;
 * - `failed`: it never came to be (refused, timed out);
 * - `detached`: it lives on, but is no longer recorded (a WebSocket of Porthole's own, after its 101).
 */
const conversationStateSchema = z.enum(['open', 'half-closed', 'closed', 'reset', 'failed', 'detached']);
export type ConversationState = z.infer<typeof conversationStateSchema>;

/** One TCP connection, or one UDP flow between two address/port pairs. */
export const conversationSchema = z.object({
  /** Unique within one run of the server. */
  id: z.int(),
  transport: transportSchema,
  /** Demo that serves it; `page` for Porthole's own web server; `null` where the other end is not ours. */
  demo: z.nullable(z.string()),
  /** Whose socket calls were observed: the server's end or the client's. */
  observer: z.enum(['server', 'client']),
  client: endpointSchema,
  server: endpointSchema,
  /** Number of the browser terminal whose client this is, where known. */
  terminal: z.nullable(z.int()),
  /** Monotonic microseconds since the journal began. */
  openedUs: z.number(),
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  openedWallMs: z.number(),
  state: conversationStateSchema,
  toServer: totalsSchema,
  toClient: totalsSchema,
  /** What was carried but not recorded event by event (sampled under flood). */
  skipped: totalsSchema,
});
export type Conversation = z.infer<typeof conversationSchema>;

/**
 * What happened. `direction` says who did it, where it is known: a `half-closed` `to-server` is the client's FIN.
 * - `opened`: the connection was accepted, or a flow's first datagram came;
 * - `data`: octets of a TCP stream as one read or one write handed them over; `datagram`: one UDP datagram;
 * - `half-closed`: one end finished sending; `closed`: both did; `reset`: a RST ended it;
 * - `error`: a socket call failed (`code` is the errno name); `failed`: a connection never came to be;
 * - `skipped`: `count` events with `length` octets went by unrecorded, in `direction`;
 * - `detached`: recording stops here though the connection lives on.
 */
export const wireEventKindSchema = z.enum([
  'opened',
  'data',
  'datagram',
  'half-closed',
  'closed',
  'reset',
  'error',
  'failed',
  'skipped',
  'detached',
]);
export type WireEventKind = z.infer<typeof wireEventKindSchema>;

/** One thing that happened in a conversation. */
export const wireEventSchema = z.object({
  /** Position in the journal, from 1, without gaps. */
  seq: z.int(),
  conversation: z.int(),
  kind: wireEventKindSchema,
  /** Monotonic microseconds since the journal began. */
  timeUs: z.number(),
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  wallMs: z.number(),
  evidence: evidenceSchema,
  direction: z.nullable(directionSchema),
  /** Payload octets that went over the wire (`skipped`: octets that went by unrecorded). */
  length: z.int(),
  /** Of these, how many from the start were recorded. Less than `length`: the rest was cut by a bound. */
  recorded: z.int(),
  /** The beginning of what was recorded, base64: PREVIEW_BYTES at the most, fewer in a full batch; empty when `evicted`. */
  preview: z.string(),
  /** The recorded octets have been overwritten by newer ones; the event itself remains. */
  evicted: z.boolean(),
  /** `skipped` only: how many events went by unrecorded; 0 otherwise. */
  count: z.int(),
  /** `error`, `failed`, `reset`: errno name such as ECONNREFUSED, or a reason of ours in kebab-case; else `null`. */
  code: z.nullable(z.string()),
});
export type WireEvent = z.infer<typeof wireEventSchema>;

const counter = z.nullable(z.number());

/** What the kernel counts of one live TCP connection, at one of its ends; `null`: it does not say. */
const tcpCountersSchema = z.object({
  /** Name of the congestion control: cubic, bbr … */
  congestion: z.string(),
  /** Smoothed round-trip time and its variation (RFC 6298), in milliseconds. */
  rttMs: counter,
  rttVariationMs: counter,
  /** Retransmission timeout, in milliseconds. */
  rtoMs: counter,
  /** Octets of a full segment. */
  mss: counter,
  /** In segments. */
  congestionWindow: counter,
  slowStartThreshold: counter,
  bytesAcked: counter,
  bytesReceived: counter,
  /** Segments sent again since the connection began. */
  retransmitted: z.number(),
});
export type TcpCounters = z.infer<typeof tcpCountersSchema>;

/** One row of the operating system's socket table, for ports that are ours. Evidence is always `kernel`. */
export const socketRowSchema = z.object({
  transport: transportSchema,
  local: endpointSchema,
  /** `null` for a listener or an unconnected UDP socket. */
  remote: z.nullable(endpointSchema),
  /** As RFC 9293 §3.3.2 spells it (SYN-RECEIVED, CLOSE-WAIT, …); UNCONN for UDP. */
  state: z.string(),
  /** Octets waiting; `null` where the system does not say. */
  receiveQueue: z.nullable(z.int()),
  sendQueue: z.nullable(z.int()),
  /** Of a live TCP connection, where the system tells. */
  counters: z.optional(tcpCountersSchema),
});
export type SocketRow = z.infer<typeof socketRowSchema>;
