/** What requests and events of the chat by JSON have in common. See docs/chat-json.md. */
import * as z from 'zod/mini';

/** What a session shows of its user. */
export const show = z.enum(['online', 'chat', 'away', 'away-long', 'busy']);
/** Whether somebody types. */
export const typingState = z.enum(['composing', 'paused']);
/** How far a message has come with whom it was sent to. */
export const receiptState = z.enum(['delivered', 'read']);
/** What a room thinks of an account: `owner` and `admin` may put others out, an `outcast` may not come in. */
export const affiliation = z.enum(['owner', 'admin', 'member', 'none', 'outcast']);
/** Steps of WebRTC signalling. */
export const callStep = z.enum(['offer', 'answer', 'candidate', 'hangup']);
