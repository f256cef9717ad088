/** The chat by JSON: every object that a client sends over TCP 7021 or `/ws/chat`. See docs/chat-json.md. */
import * as z from 'zod/mini';
import {
  MAX_CALL_PAYLOAD_CHARS,
  MAX_CHAT_BODY_CHARS,
  MAX_HEARTBEAT_MS,
  MAX_HISTORY_LIMIT,
  MIN_HEARTBEAT_MS,
} from './chat-limits.ts';
import { affiliation, callStep, receiptState, show, typingState } from './chat-values.ts';

const text = (chars: number) => z.string().check(z.maxLength(chars));
const name = text(128).check(z.minLength(1));
/** What the client calls its request; the answer to it says so in `re`. */
const id = z.optional(text(128).check(z.minLength(1)));
/** `bob`, `bob/phone` (one session), `#lobby`, `#lobby/ann` (one member). */
const address = text(300).check(z.minLength(1));

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
