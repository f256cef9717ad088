/** The chat by JSON: every object that goes over TCP 7021 or `/ws/chat`, in either direction. See docs/chat-json.md. */
import * as z from 'zod/mini';

/** Longest line, in octets without its end; a WebSocket message is bounded alike. */
export const MAX_CHAT_LINE_BYTES = 64 * 1024;

/** How deep an object may be nested. */
export const MAX_CHAT_DEPTH = 8;

/** Longest body, in UTF-16 units. */
export const MAX_CHAT_BODY_CHARS = 16_000;

/** Longest payload of a step of a call, in UTF-16 units: an SDP of a browser has a few thousand. */
export const MAX_CALL_PAYLOAD_CHARS = 32_000;

/** Messages in one answer to `history`. */
export const MAX_HISTORY_LIMIT = 100;

/** Bounds of the time without a sign of life after which the server pings, in milliseconds, and what it is otherwise. */
export const MIN_HEARTBEAT_MS = 1_000;
export const MAX_HEARTBEAT_MS = 120_000;
export const DEFAULT_HEARTBEAT_MS = 30_000;

const text = (chars: number) => z.string().check(z.maxLength(chars));
const name = text(128).check(z.minLength(1));
/** What the client calls its request; the answer to it says so in `re`. */
const id = z.optional(text(128).check(z.minLength(1)));
/** `bob`, `bob/phone` (one session), `#lobby`, `#lobby/ann` (one member). */
const address = text(300).check(z.minLength(1));
/** ISO 8601, UTC. */
const time = z.string();

const show = z.enum(['online', 'chat', 'away', 'away-long', 'busy']);
const typingState = z.enum(['composing', 'paused']);
const receiptState = z.enum(['delivered', 'read']);
/** What a room thinks of an account: `owner` and `admin` may put others out, an `outcast` may not come in. */
const affiliation = z.enum(['owner', 'admin', 'member', 'none', 'outcast']);
const callStep = z.enum(['offer', 'answer', 'candidate', 'hangup']);

/** A file that was uploaded before. */
const file = z.object({ url: z.string(), name: z.string(), mime: z.string(), size: z.int() });
export type ChatFile = z.infer<typeof file>;

/** Somebody in a room; without `user` somebody without an account, who came by lines. */
const member = z.object({
  nick: z.string(),
  user: z.optional(z.string()),
  /** What the room thinks of the account. Default: nothing. */
  affiliation: z.optional(affiliation),
});
export type ChatMember = z.infer<typeof member>;

/** What a client sends. */
export const chatRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('register'), id, user: name, password: text(256) }),
  z.object({
    type: z.literal('login'),
    id,
    user: name,
    password: text(256),
    /** Names this session among those of the user. Default: one that is free. */
    resource: z.optional(name),
    heartbeatMs: z.optional(z.int().check(z.minimum(MIN_HEARTBEAT_MS), z.maximum(MAX_HEARTBEAT_MS))),
  }),
  z.object({
    type: z.literal('message'),
    /** The same id again is the same message again: it is acknowledged, and delivered once. */
    id: text(128).check(z.minLength(1)),
    to: address,
    body: text(MAX_CHAT_BODY_CHARS),
    /** Id of an uploaded file: the last but one part of its URL. */
    file: z.optional(name),
  }),
  z.object({ type: z.literal('presence'), id, show, status: z.optional(text(500)) }),
  z.object({ type: z.literal('join'), id, room: address, nick: z.optional(name) }),
  z.object({ type: z.literal('leave'), id, room: address }),
  z.object({ type: z.literal('subject'), id, room: address, text: text(500) }),
  /** Puts whoever has this nick out of the room; for who moderates it. */
  z.object({ type: z.literal('kick'), id, room: address, nick: name, reason: z.optional(text(500)) }),
  z.object({
    type: z.literal('affiliation'),
    id,
    room: address,
    user: name,
    affiliation,
    reason: z.optional(text(500)),
  }),
  z.object({
    type: z.literal('history'),
    id,
    /** `bob` or `#lobby`. */
    with: address,
    /** Server id of the last message that the client has. Default: the newest `limit` messages. */
    since: z.optional(text(128)),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_HISTORY_LIMIT))),
  }),
  z.object({ type: z.literal('typing'), to: address, state: typingState }),
  /** `message`: the server id of what was delivered or read. */
  z.object({ type: z.literal('receipt'), to: address, message: text(128), state: receiptState }),
  /** A step of WebRTC signalling; `payload` is between the two ends. */
  z.object({
    type: z.literal('call'),
    id,
    to: address,
    call: name,
    step: callStep,
    payload: text(MAX_CALL_PAYLOAD_CHARS),
  }),
  z.object({ type: z.literal('upload'), id, name, mime: text(100), size: z.int().check(z.minimum(1)) }),
  z.object({ type: z.literal('ping'), id }),
  z.object({ type: z.literal('pong'), id }),
  z.object({ type: z.literal('logout') }),
]);
export type ChatRequest = z.infer<typeof chatRequestSchema>;

/** Every code of an `error`; clients may rely on them. */
export const CHAT_ERROR_CODES = [
  // What came is no object of this protocol.
  'line-too-long',
  'not-utf8',
  'not-json',
  'too-deep',
  'forbidden-key',
  'unknown-type',
  'malformed',
  'too-fast',
  // Coming in.
  'not-logged-in',
  'already-logged-in',
  'wrong-credentials',
  'too-many-attempts',
  'login-timeout',
  'too-many-sessions',
  'resource-taken',
  'bad-name',
  'name-taken',
  'bad-password',
  'too-many-accounts',
  // Messages, calls and files.
  'bad-address',
  'no-such-user',
  'blocked',
  'too-long',
  'offline-full',
  'not-there',
  'unknown-id',
  'no-such-file',
  'bad-file-name',
  'file-type',
  'file-size',
  // Rooms.
  'bad-room-name',
  'no-such-room',
  'too-many-rooms',
  'not-in-room',
  'already-in-room',
  'bad-nick',
  'nick-taken',
  'room-full',
  'outcast',
  'not-allowed',
  'too-many-affiliations',
  // The end of the connection.
  'stopped-reading',
  'dead-peer',
  'replaced',
  'account-removed',
  'closing',
] as const;
export type ChatErrorCode = (typeof CHAT_ERROR_CODES)[number];

/** The `id` of the request that this answers, where it had one. */
const re = z.optional(z.string());

/** A message as everybody gets it. */
const message = z.object({
  type: z.literal('message'),
  /** The server's id: what `history.since` and `receipt.message` take. */
  id: z.string(),
  /** The account; in a room the nick. */
  from: z.string(),
  /** In a room: the account of the sender, where there is one. */
  user: z.optional(z.string()),
  /** The sender's session, where it has one. */
  resource: z.optional(z.string()),
  to: z.string(),
  body: z.string(),
  at: time,
  file: z.optional(file),
  /** The id that the sender gave it, where it did. */
  clientId: z.optional(z.string()),
  /** It has waited until the user came. */
  delayed: z.optional(z.literal(true)),
});
export type ChatMessage = z.infer<typeof message>;

/** What the server sends. */
export const chatEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), server: z.string(), login: z.array(z.string()) }),
  z.object({ type: z.literal('registered'), re, user: z.string() }),
  z.object({
    type: z.literal('welcome'),
    re,
    user: z.string(),
    resource: z.string(),
    heartbeatMs: z.int(),
    /** Messages that have waited; they follow at once, each with `delayed`. */
    offline: z.int(),
  }),
  /** The server has the message: from here on it is the server's business. */
  z.object({
    type: z.literal('ack'),
    re: z.string(),
    id: z.string(),
    at: time,
    /** `delivered` to a session, `stored` until the user comes, `said` in a room. */
    status: z.enum(['delivered', 'stored', 'said', 'repeated']),
  }),
  message,
  z.object({
    type: z.literal('presence'),
    user: z.string(),
    resource: z.string(),
    show: z.enum([...show.options, 'offline']),
    status: z.string(),
    /** What that session speaks. */
    protocol: z.string(),
  }),
  z.object({
    type: z.literal('joined'),
    re,
    room: z.string(),
    nick: z.string(),
    members: z.array(member),
    subject: z.string(),
  }),
  /** This session is out of the room. */
  z.object({
    type: z.literal('left'),
    re,
    room: z.string(),
    cause: z.string(),
    reason: z.string(),
    /** Nick of who put it out. */
    by: z.optional(z.string()),
  }),
  /** Something about another member. */
  z.object({
    type: z.literal('member'),
    room: z.string(),
    nick: z.string(),
    user: z.optional(z.string()),
    event: z.enum(['joined', 'left', 'renamed', 'presence']),
    /** `renamed`: the new nick. `left`: why. `presence`: what it shows. */
    detail: z.string(),
    /** `left`: nick of who put the member out. */
    by: z.optional(z.string()),
  }),
  /** The room thinks something else of an account; `by` is the nick of who changed that. */
  z.object({ type: z.literal('affiliation'), room: z.string(), user: z.string(), affiliation, by: z.string() }),
  z.object({ type: z.literal('subject'), room: z.string(), nick: z.string(), text: z.string() }),
  z.object({
    type: z.literal('history'),
    re,
    with: z.string(),
    messages: z.array(message),
    /** Whether nothing newer is left out: else ask again, since the last one. */
    complete: z.boolean(),
  }),
  z.object({ type: z.literal('typing'), from: z.string(), to: z.string(), state: typingState }),
  z.object({
    type: z.literal('receipt'),
    from: z.string(),
    to: z.string(),
    message: z.string(),
    state: receiptState,
  }),
  z.object({
    type: z.literal('call'),
    /** `bob/phone`: where the answer goes. */
    from: z.string(),
    call: z.string(),
    step: callStep,
    payload: z.string(),
  }),
  /** Where to PUT the file, and where others GET it. */
  z.object({ type: z.literal('slot'), re, file: z.string(), put: z.string(), get: z.string() }),
  z.object({ type: z.literal('ok'), re }),
  z.object({ type: z.literal('ping'), id: z.optional(z.string()) }),
  z.object({ type: z.literal('pong'), re }),
  z.object({
    type: z.literal('error'),
    re,
    code: z.enum(CHAT_ERROR_CODES),
    /** What happened and what to try, for people; programs look at `code`. */
    message: z.string(),
    /** The connection ends with this. */
    fatal: z.optional(z.literal(true)),
  }),
]);
export type ChatEvent = z.infer<typeof chatEventSchema>;
