/** What somebody who is logged in may ask for. Each answers with objects, its own errors included. */
import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent } from '#protocol/chat-event.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import type { FileReference } from '../../chat/message.ts';
import type { SendRefusal } from '../../chat/session.ts';
import { type ChatAddress, parseAddress } from './address.ts';
import { errorOf } from './errors.ts';
import { answerHistory } from './history-answer.ts';
import { affiliate, joinRoom, kick, leaveRoom, sayInRoom, setSubject, typeInRoom } from './room-requests.ts';
import type { Visitor } from './visitor.ts';

/** A request of one type. */
export type RequestOf<T extends ChatRequest['type']> = Extract<ChatRequest, { type: T }>;

/** What a request may use besides its visitor. */
export interface RequestContext {
  readonly visitor: Visitor;
  /** The address under which the page is reached, or `null` when that is not known: then URLs are paths. */
  readonly pageUrl: () => string | null;
}

/** What a request is answered with; `null`: nothing. */
export type Answer = ChatEvent | null;

/** Does what one request asks for. */
export function answer(context: RequestContext, request: ChatRequest): Answer {
  const { visitor } = context;
  switch (request.type) {
    case 'message':
      return sendMessage(context, request);
    case 'presence':
      return setPresence(visitor, request);
    case 'join':
      return joinRoom(visitor, request);
    case 'leave':
      return leaveRoom(visitor, request);
    case 'subject':
      return setSubject(visitor, request);
    case 'kick':
      return kick(visitor, request);
    case 'affiliation':
      return affiliate(visitor, request);
    case 'history':
      return answerHistory(visitor, request);
    case 'typing':
      return sendTyping(visitor, request);
    case 'receipt':
      return sendReceipt(visitor, request);
    case 'call':
      return sendCall(visitor, request);
    case 'upload':
      return reserveUpload(context, request);
    case 'login':
    case 'register':
      return errorOf('already-logged-in', request.id);
    case 'ping':
    case 'pong':
    case 'logout':
      return null;
    default:
      return request satisfies never;
  }
}

function sendMessage({ visitor, pageUrl }: RequestContext, request: RequestOf<'message'>): Answer {
  const to = parseAddress(request.to);
  if (!to) return errorOf('bad-address', request.id, 'to');
  const file = request.file === undefined ? null : fileOf(visitor, request.file, pageUrl());
  if (file === undefined) return errorOf('no-such-file', request.id, 'file');
  const draft = { body: request.body, file, clientId: request.id, once: true };
  if (to.type === 'room') return sayInRoom(visitor, to, draft);
  const sent = visitor.session.send(to.name, draft, to.resource);
  if ('refused' in sent) return errorOf(sendErrorCode(sent.refused), request.id);
  const { stamp, reached } = sent;
  return {
    type: 'ack',
    re: request.id,
    id: stamp.id,
    at: new Date(stamp.atMs).toISOString(),
    status: reached ?? 'repeated',
  };
}

function sendErrorCode(refused: SendRefusal): ChatErrorCode {
  return refused === 'not-connected' ? 'closing' : refused;
}

/** `undefined`: there is no such file. */
function fileOf(visitor: Visitor, id: string, pageUrl: string | null): FileReference | undefined {
  const file = visitor.chat.files.get(id);
  return file
    ? { url: `${pageUrl ?? ''}${file.path}`, name: file.name, type: file.type, sizeBytes: file.sizeBytes }
    : undefined;
}

function setPresence(visitor: Visitor, { id, show, status = '' }: RequestOf<'presence'>): Answer {
  const done = visitor.session.setPresence({ show, status, priority: 0 });
  return done ? ok(id) : errorOf('too-long', id, 'status');
}

function sendTyping(visitor: Visitor, { to, state }: RequestOf<'typing'>): Answer {
  const address = parseAddress(to);
  const signal = { type: 'typing', state } as const;
  if (!address) return errorOf('bad-address', undefined, 'to');
  if (address.type === 'room') return typeInRoom(visitor, address.name, signal);
  // Nobody there: nothing is lost by nobody seeing it.
  visitor.session.signal(address.name, signal, address.resource);
  return null;
}

function sendReceipt(visitor: Visitor, { to, message, state }: RequestOf<'receipt'>): Answer {
  const address = userAddress(to);
  if (!address) return errorOf('bad-address', undefined, 'to');
  visitor.session.signal(address.name, { type: 'receipt', state, messageId: message }, address.resource, true);
  return null;
}

function sendCall(visitor: Visitor, { id, to, call, step, payload }: RequestOf<'call'>): Answer {
  const address = userAddress(to);
  if (!address) return errorOf('bad-address', id, 'to');
  const taken = visitor.session.signal(address.name, { type: 'call', step, callId: call, payload }, address.resource);
  return taken ? ok(id) : errorOf('not-there', id);
}

function userAddress(to: string): Extract<ChatAddress, { type: 'user' }> | null {
  const address = parseAddress(to);
  return address?.type === 'user' ? address : null;
}

function reserveUpload({ visitor, pageUrl }: RequestContext, { id, name, mime, size }: RequestOf<'upload'>): Answer {
  const reserved = visitor.chat.files.reserve({ name, type: mime, sizeBytes: size });
  if ('refused' in reserved) return errorOf(reserved.refused, id);
  const url = `${pageUrl() ?? ''}${reserved.path}`;
  return { type: 'slot', ...(id !== undefined && { re: id }), file: reserved.id, put: url, get: url };
}

/** The answer to what has no other. */
function ok(re: string | undefined): ChatEvent {
  return re === undefined ? { type: 'ok' } : { type: 'ok', re };
}
