import * as z from 'zod/mini';
import { conversationSchema, wireEventSchema } from '#protocol/wire.ts';
import { MAX_NAME_CHARS, MAX_SHARED_CONVERSATIONS, MAX_SHARED_EVENTS, MAX_SHARED_PAYLOAD_BYTES } from './limits.ts';

/** Marks what a recording is, whatever its version. */
export const MARKER = 'recording';

/** Version of what a recording looks like. Raise it when its shape, or the shape of a wire event, changes. */
export const RECORDING_VERSION = 1;

const BASE64_PER_OCTET = 4 / 3;
const MAX_PORT = 65_535;
/** Largest time that a Date can hold, in milliseconds (ECMA-262 §21.4.1.1). */
const MAX_DATE_MS = 8.64e15;

const count = z.int().check(z.minimum(0));
const position = z.int().check(z.minimum(1));
const wallMs = z.number().check(z.minimum(0), z.maximum(MAX_DATE_MS));
const timeUs = z.number().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));
/** Past it nothing else is tried on the text: a pattern must not meet megabytes. */
const short = z.maxLength(MAX_NAME_CHARS, { abort: true });
/** Demo ids, errno names, reasons of ours. */
const name = z.string().check(short, z.regex(/^[\w.-]+$/));
/** IP addresses with a zone, and '' where it is not known. */
const address = z.string().check(short, z.regex(/^[\w.:%-]*$/));
const endpoint = z.object({ address, port: count.check(z.maximum(MAX_PORT)) });
const totals = z.object({ events: count, bytes: count });

const sharedConversationSchema = z.extend(conversationSchema, {
  id: position,
  demo: z.nullable(name),
  client: endpoint,
  server: endpoint,
  terminal: z.nullable(count),
  openedUs: timeUs,
  openedWallMs: wallMs,
  toServer: totals,
  toClient: totals,
  skipped: totals,
});

const sharedEventSchema = z.extend(z.omit(wireEventSchema, { preview: true }), {
  seq: position,
  conversation: position,
  timeUs,
  wallMs,
  length: count,
  recorded: count,
  count,
  code: z.nullable(name),
  text: z.optional(z.string().check(z.maxLength(MAX_SHARED_PAYLOAD_BYTES))),
  base64: z.optional(z.string().check(z.maxLength(Math.ceil(MAX_SHARED_PAYLOAD_BYTES * BASE64_PER_OCTET) + 4))),
});

/** A recording as JSON, in a file and inside a link: wire.ts's shapes, with every text and number bounded. */
export const sharedSchema = z.object({
  porthole: z.literal(MARKER),
  version: z.literal(RECORDING_VERSION),
  madeWallMs: wallMs,
  conversations: z.array(sharedConversationSchema).check(z.minLength(1), z.maxLength(MAX_SHARED_CONVERSATIONS)),
  events: z.array(sharedEventSchema).check(z.maxLength(MAX_SHARED_EVENTS)),
  missed: z.array(z.object({ before: position, count: position })).check(z.maxLength(MAX_SHARED_EVENTS)),
  leftOut: z.object({ payloads: count, bytes: count }),
});

/** A recording as JSON. */
export type Shared = z.infer<typeof sharedSchema>;

/** One event of it. */
export type SharedEvent = Shared['events'][number];

/** What can be said of any version. */
export const headSchema = z.object({ porthole: z.literal(MARKER), version: position });
