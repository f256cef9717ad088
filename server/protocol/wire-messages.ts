/** Messages of `/ws/wire`, JSON, one a WebSocket message. */
import * as z from 'zod/mini';
import { capturedFrameSchema, captureStatusSchema, MAX_WATCHED_PORTS } from './capture.ts';
import { demoAddressSchema } from './demos.ts';
import { conversationSchema, endpointSchema, socketRowSchema, transportSchema, wireEventSchema } from './wire.ts';

const watchedPorts = z.array(z.int().check(z.minimum(1), z.maximum(65_535))).check(z.maxLength(MAX_WATCHED_PORTS));

/** Browser → server. */
export const wireRequestSchema = z.discriminatedUnion('type', [
  /** First message of a viewer. `resume` names the journal and the last event it has. */
  z.object({
    type: z.literal('hello'),
    version: z.int(),
    resume: z.optional(z.object({ journal: z.string().check(z.maxLength(64)), seq: z.int().check(z.minimum(0)) })),
  }),
  /** Asks for all recorded octets of one event. */
  z.object({ type: z.literal('payload'), seq: z.int().check(z.minimum(1)) }),
  /** Starts or stops the polling of the socket table, and names ports as below; it runs only while somebody watches. */
  z.object({ type: z.literal('watch-sockets'), on: z.boolean(), ports: watchedPorts }),
  /**
   * Starts or stops the capture, and names the ports besides Porthole's own, and one more interface (of those that the
   * capture's status offers); it runs only while somebody watches. The answer is a `capture` message.
   */
  z.object({
    type: z.literal('watch-packets'),
    on: z.boolean(),
    ports: watchedPorts,
    interface: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
  }),
  /**
   * Has a conversation forgotten, or all (`null`): its events, octets and packets. Every viewer is welcomed anew, under
   * another journal, and sent what is left.
   */
  z.object({ type: z.literal('forget'), conversation: z.nullable(z.int()) }),
  /** Asks for a sign of life, after a while in which nothing came. */
  z.object({ type: z.literal('ping') }),
]);
export type WireRequest = z.infer<typeof wireRequestSchema>;

/** What was forgotten: everything, or the conversation between these ends. */
const forgottenSchema = z.union([
  z.literal('all'),
  z.object({ transport: transportSchema, client: endpointSchema, server: endpointSchema }),
]);
export type Forgotten = z.infer<typeof forgottenSchema>;

/** Server → browser. */
export const wireMessageSchema = z.discriminatedUnion('type', [
  /**
   * Answer to `hello`. When `resumed`, what the browser holds stays and batches go on after its `seq`;
   * else it starts afresh with what the journal still holds, which follows as batches.
   */
  z.object({
    type: z.literal('welcome'),
    version: z.int(),
    /** Names this run of the server. A conversation's number is its own within it, and another's in the next. */
    run: z.string(),
    /** Names the journal: another one in another run, and after something was forgotten. */
    journal: z.string(),
    resumed: z.boolean(),
    /** First event that will follow; events before it have been evicted or are already held. */
    from: z.int(),
    /** Newest event of the journal at this moment. Once it is reached, the viewer is live. */
    head: z.int(),
    /** Why the journal is another one, where something was forgotten: whatever quotes it has to go. `null`: nothing was. */
    forgotten: z.nullable(forgottenSchema),
    demos: z.array(demoAddressSchema),
  }),
  /** The contract differs: the tab must reload. */
  z.object({ type: z.literal('reload'), version: z.int() }),
  /**
   * Events in `seq` order, and the present state of every conversation that they name.
   * `missed` > 0: so many events before the first of these were dropped because this viewer was too slow.
   */
  z.object({
    type: z.literal('batch'),
    missed: z.int(),
    conversations: z.array(conversationSchema),
    events: z.array(wireEventSchema),
  }),
  /** Answer to `payload`: base64, or `null` when the octets are gone. */
  z.object({ type: z.literal('payload'), seq: z.int(), bytes: z.nullable(z.string()) }),
  /** The socket table, while watched. `rows` is `null` where this system's table cannot be read; `reason` says why. */
  z.object({
    type: z.literal('sockets'),
    wallMs: z.number(),
    rows: z.nullable(z.array(socketRowSchema)),
    reason: z.nullable(z.string()),
  }),
  /**
   * Frames in the order of their numbers, to those who watch packets: first what is still held. `missed` > 0: so many
   * before the first of these are gone.
   */
  z.object({ type: z.literal('packets'), missed: z.int(), frames: z.array(capturedFrameSchema) }),
  /** How the capture fares, whenever that changes. */
  z.object({ type: z.literal('capture'), status: captureStatusSchema }),
  /** Answer to `ping`. */
  z.object({ type: z.literal('pong') }),
  /** A request was refused. */
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type WireMessage = z.infer<typeof wireMessageSchema>;
