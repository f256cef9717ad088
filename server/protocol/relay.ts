/** Relays: a proxy with a tap and faults, in front of a server of the user's. What `/api/relays` speaks. */
import * as z from 'zod/mini';
import { endpointSchema, transportSchema } from './wire.ts';

/** Longest latency or delay that may be asked for, in milliseconds. */
export const MAX_FAULT_MS = 60_000;

/** Relays that may run at once. */
export const MAX_RELAYS = 16;

const milliseconds = z.number().check(z.minimum(0), z.maximum(MAX_FAULT_MS));
const rate = z.number().check(z.minimum(0), z.maximum(1));

/**
 * Something that ends a direction of a TCP connection once `afterBytes` octets have gone through:
 * - `half-close`: a FIN is sent on, as if this end had finished; what it still sends is dropped;
 * - `reset`: a RST to both ends;
 * - `blackhole`: nothing is sent on any more, and nobody is told.
 */
const cutSchema = z.object({
  how: z.enum(['half-close', 'reset', 'blackhole']),
  afterBytes: z.int().check(z.minimum(0)),
});
export type Cut = z.infer<typeof cutSchema>;

/** What happens to the octets of one direction of a TCP connection. */
const tcpFaultsSchema = z.object({
  /** Every octet comes so much later. */
  latencyMs: milliseconds,
  /** Up to so much more, evenly distributed and drawn for each piece; order is kept, as TCP does. */
  jitterMs: milliseconds,
  /** Octets a second, or `null` for no bound. */
  bandwidth: z.nullable(z.int().check(z.minimum(1))),
  /** Every piece is cut to so many octets, or `null` to send on what was read. */
  sliceBytes: z.nullable(z.int().check(z.minimum(1), z.maximum(65_536))),
  /** Time between two slices, in milliseconds, so that the receiver reads them one by one. */
  sliceGapMs: milliseconds,
  cut: z.nullable(cutSchema),
});
export type TcpFaults = z.infer<typeof tcpFaultsSchema>;

/** What happens to the datagrams of one direction of a UDP flow. Rates are probabilities from 0 to 1. */
const udpFaultsSchema = z.object({
  lossRate: rate,
  delayMs: milliseconds,
  jitterMs: milliseconds,
  /** A datagram is held back until the next one has passed it, or 100 ms. */
  reorderRate: rate,
  duplicateRate: rate,
  /** One bit of the payload is flipped. */
  corruptRate: rate,
});
export type UdpFaults = z.infer<typeof udpFaultsSchema>;

/** A direction that carries octets as they come. */
export const NO_TCP_FAULTS: TcpFaults = {
  latencyMs: 0,
  jitterMs: 0,
  bandwidth: null,
  sliceBytes: null,
  sliceGapMs: 0,
  cut: null,
};

/** A direction that carries datagrams as they come. */
export const NO_UDP_FAULTS: UdpFaults = {
  lossRate: 0,
  delayMs: 0,
  jitterMs: 0,
  reorderRate: 0,
  duplicateRate: 0,
  corruptRate: 0,
};

/** The faults of both directions. */
export const relayFaultsSchema = z.discriminatedUnion('transport', [
  z.object({ transport: z.literal('tcp'), toServer: tcpFaultsSchema, toClient: tcpFaultsSchema }),
  z.object({ transport: z.literal('udp'), toServer: udpFaultsSchema, toClient: udpFaultsSchema }),
]);
export type RelayFaults = z.infer<typeof relayFaultsSchema>;

/** What a relay is asked to be: body of `POST /api/relays`. */
export const relayRequestSchema = z.object({
  transport: transportSchema,
  /** Port to listen on; 0 asks the system for one. */
  port: z.int().check(z.minimum(0), z.maximum(65_535)),
  /** Where it leads: a name or an IP address, and a port. */
  target: z.object({
    host: z.string().check(z.minLength(1), z.maxLength(253)),
    port: z.int().check(z.minimum(1), z.maximum(65_535)),
  }),
  /** Seeds the faults' dice: the same seed and the same traffic give the same faults. */
  seed: z.optional(z.int().check(z.minimum(0), z.maximum(0xffff_ffff))),
  faults: z.optional(relayFaultsSchema),
});
export type RelayRequest = z.infer<typeof relayRequestSchema>;

/** Counts of one direction since the relay began: pieces are reads of a TCP stream, or datagrams. */
const relayCountsSchema = z.object({
  pieces: z.int(),
  bytes: z.int(),
  /** Taken and not sent on: lost datagrams, octets behind a cut. */
  droppedPieces: z.int(),
  droppedBytes: z.int(),
});
export type RelayCounts = z.infer<typeof relayCountsSchema>;

/** One running relay. `GET /api/relays` answers `{ relays: Relay[] }`. */
export const relaySchema = z.object({
  id: z.int(),
  transport: transportSchema,
  /** Where it listens. */
  listens: z.array(endpointSchema),
  /** The name that was asked for, and the address that was found for it and is connected to. */
  targetName: z.string(),
  target: endpointSchema,
  seed: z.int(),
  faults: relayFaultsSchema,
  /** TCP connections or UDP flows: now, and since it began. */
  live: z.int(),
  total: z.int(),
  /** Connections whose target could not be reached, and the errno name of the latest. */
  failed: z.int(),
  lastFailure: z.nullable(z.string()),
  toServer: relayCountsSchema,
  toClient: relayCountsSchema,
});
export type Relay = z.infer<typeof relaySchema>;

/** What `GET /api/relays` answers. */
export const relaysSchema = z.object({ relays: z.array(relaySchema) });

/** The faults that a new relay has when none are asked for. */
export function noFaults(transport: 'tcp' | 'udp'): RelayFaults {
  return transport === 'tcp'
    ? { transport, toServer: NO_TCP_FAULTS, toClient: NO_TCP_FAULTS }
    : { transport, toServer: NO_UDP_FAULTS, toClient: NO_UDP_FAULTS };
}
