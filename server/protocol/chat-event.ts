/** The chat by JSON: every object that the server sends over TCP 7021 or `/ws/chat`. See docs/chat-json.md. */
import * as z from 'zod/mini';
import { CHAT_ERROR_CODES } from './chat-error-code.ts';
import { affiliation, callStep, receiptState, show, typingState } from './chat-values.ts';

/** ISO 8601, UTC. */
const time = z.string();

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
