/** What the calls take and answer. The OpenAPI document is made from these, so the two cannot differ. */
import * as z from 'zod/mini';
import { DEFAULT_TTL_SECONDS, MAX_PAGE, MAX_TEXT_BYTES, MAX_TTL_SECONDS, MIN_TTL_SECONDS } from './limits.ts';

const name = z.string().check(z.minLength(1), z.maxLength(64));
const secret = z.string().check(z.minLength(1), z.maxLength(256));
const text = z.string().check(z.maxLength(MAX_TEXT_BYTES));
const id = z.string().check(z.minLength(1), z.maxLength(128));
const ttl = z._default(z.int().check(z.minimum(MIN_TTL_SECONDS), z.maximum(MAX_TTL_SECONDS)), DEFAULT_TTL_SECONDS);

/** The body of `POST /token`, in the words of OAuth 2.0 (RFC 6749). */
export const tokenRequest = z.discriminatedUnion('grant_type', [
  z.object({ grant_type: z.literal('client_credentials'), client_id: secret, client_secret: secret, ttl }),
  z.object({ grant_type: z.literal('password'), username: name, password: secret, ttl }),
  z.object({ grant_type: z.literal('renew'), ttl }),
]);

/** A token, and for how many seconds it holds. */
export const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  scope: z.enum(['app', 'user']),
  user: z.nullable(z.string()),
});

/** The body with which an account is made. */
export const userRequest = z.object({ username: name, password: secret });

/** An account, and whether it is connected. */
export const userAnswer = z.object({
  user: z.string(),
  online: z.boolean(),
  /** Connections of all protocols. */
  connections: z.array(z.object({ protocol: z.string(), resource: z.string() })),
  /** Messages that wait for the user. */
  waiting: z.int(),
});

/** Who may make accounts: anybody, or the app's own server. */
export const settings = z.object({ registration: z.enum(['open', 'authorised']) });

const target = z.object({ type: z.enum(['user', 'group']), name });
const json = z.record(z.string().check(z.maxLength(64)), z.json());

/** What a message is, by type. */
export const content = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text }),
  z.object({ type: z.literal('image'), file: id, text: z._default(text, '') }),
  z.object({ type: z.literal('file'), file: id, text: z._default(text, '') }),
  z.object({
    type: z.literal('location'),
    latitude: z.number().check(z.minimum(-90), z.maximum(90)),
    longitude: z.number().check(z.minimum(-180), z.maximum(180)),
    address: z._default(text, ''),
  }),
  /** For the other program, not for the other person: it is not kept, and not shown. */
  z.object({ type: z.literal('command'), action: name, parameters: z._default(json, {}) }),
  z.object({ type: z.literal('custom'), event: name, fields: z._default(json, {}) }),
]);

/** The body with which a message is sent. */
export const messageRequest = z.object({
  to: target,
  content,
  /** Whom the app's own server speaks for; a user's token speaks for its user. */
  from: z.optional(name),
  /** The sender's own id: the same one twice is sent once. */
  client_id: z.optional(id),
});

/** What came of sending it. */
export const messageAnswer = z.object({
  id: z.string(),
  timestamp: z.int(),
  /** `pushed`: nobody was there; it waits, and a push was sent. `dropped`: a command for nobody. `sent`: to a group. */
  reached: z.enum(['delivered', 'pushed', 'dropped', 'sent']),
  repeated: z.boolean(),
});

/** A message as it is handed out, by HTTP and WebSocket alike. */
export const message = z.object({
  id: z.string(),
  timestamp: z.int(),
  from: z.string(),
  to: target,
  content: z.unknown(),
  client_id: z.nullable(z.string()),
});

/** Which messages are asked for: with whom, after which one, and how many. */
export const historyQuery = z.object({
  with: name,
  after: z.optional(id),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_PAGE)), MAX_PAGE),
});

/** Those messages, oldest first, and whether there are no more. */
export const historyAnswer = z.object({ messages: z.array(message), complete: z.boolean() });

/** What is said of a file before it is sent. */
export const fileRequest = z.object({ name: z.string(), type: z.string(), size: z.int() });
export const fileAnswer = z.object({ file: z.string(), url: z.string() });

/** How far a message has come with its recipient. */
export const receiptRequest = z.object({ message: id, state: z.enum(['delivered', 'read']) });

/** The pushes that would have been sent. */
export const pushes = z.object({
  pushes: z.array(z.object({ at: z.int(), to: z.string(), from: z.string(), message: z.string(), alert: z.string() })),
});

/** A refusal's body. */
export const problem = z.object({ error: z.string(), message: z.string(), detail: z.optional(z.string()) });

/** What a client may say over the WebSocket. */
export const socketRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('send'), ref: z.optional(id), to: target, content, client_id: z.optional(id) }),
  z.object({ action: z.literal('receipt'), ref: z.optional(id), message: id, state: z.enum(['delivered', 'read']) }),
  z.object({ action: z.literal('join'), ref: z.optional(id), group: name }),
  z.object({ action: z.literal('leave'), ref: z.optional(id), group: name }),
  z.object({ action: z.literal('renew'), ref: z.optional(id), token: id }),
]);

/** A message's content: text, a file, or a command of the app's own. */
export type Content = z.infer<typeof content>;
export type MessageRequest = z.infer<typeof messageRequest>;
export type SocketRequest = z.infer<typeof socketRequest>;
export type MessageForm = z.infer<typeof message>;
