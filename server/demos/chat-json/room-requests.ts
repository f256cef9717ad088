import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent } from '#protocol/chat-event.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import type { Member, RoomRefusal, Said } from '../../chat/member.ts';
import type { Draft, Signal } from '../../chat/message.ts';
import { nameKey } from '../../chat/name.ts';
import { type ChatAddress, parseAddress } from './address.ts';
import { errorOf } from './errors.ts';
import { enterErrorCode, memberForm } from './forms.ts';
import { MAX_ROOMS_OF_SESSION } from './limits.ts';
import { Membership } from './membership.ts';
import type { Visitor } from './visitor.ts';

type Answer = ChatEvent | null;
type RoomAddress = Extract<ChatAddress, { type: 'room' }>;

/** Comes into a room. The answer shows who is there; what follows is news. */
export function joinRoom(visitor: Visitor, { id, room, nick }: Extract<ChatRequest, { type: 'join' }>): Answer {
  const address = roomAddress(room);
  if (!address) return errorOf('bad-room-name', id, 'room');
  if (visitor.rooms.has(address.name)) return errorOf('already-in-room', id);
  if (visitor.rooms.size >= MAX_ROOMS_OF_SESSION) return errorOf('too-many-rooms', id);
  const { user, resource } = visitor.session;
  const membership = new Membership(address.name, visitor);
  const entered = visitor.chat.rooms.enter(address.name, nick ?? user, { user, resource, recipient: membership });
  if ('refused' in entered) return errorOf(enterErrorCode(entered.refused), id);
  membership.joined = entered;
  visitor.rooms.set(address.name, membership);
  return {
    type: 'joined',
    ...(id !== undefined && { re: id }),
    room: `#${address.name}`,
    nick: entered.member.nick,
    members: entered.room.members().map(memberForm(entered.room)),
    subject: entered.room.subject?.text ?? '',
  };
}

/** Leaves a room; `left` follows. */
export function leaveRoom(visitor: Visitor, { id, room }: Extract<ChatRequest, { type: 'leave' }>): Answer {
  const member = memberIn(visitor, roomAddress(room)?.name);
  if (!member) return errorOf('not-in-room', id);
  visitor.rooms.delete(roomAddress(room)?.name ?? '');
  member.leave('quit');
  return { type: 'left', ...(id !== undefined && { re: id }), room, cause: 'quit', reason: '' };
}

/** Says something to a room, or to one member of it, and acknowledges it. */
export function sayInRoom(visitor: Visitor, { name, nick }: RoomAddress, draft: Draft & { clientId: string }): Answer {
  const member = memberIn(visitor, name);
  if (!member) return errorOf('not-in-room', draft.clientId);
  return acknowledge(draft.clientId, nick === null ? member.say(draft) : member.whisper(nick, draft));
}

/** Lets a room see that somebody is typing. */
export function typeInRoom(visitor: Visitor, room: string, signal: Signal): Answer {
  const member = memberIn(visitor, room);
  if (!member) return errorOf('not-in-room');
  member.signal(signal);
  return null;
}

/** Gives a room a subject; everybody hears of it. */
export function setSubject(visitor: Visitor, { id, room, text }: Extract<ChatRequest, { type: 'subject' }>): Answer {
  return done(visitor, { id, room }, (member) => member.setSubject(text));
}

/** Puts a member out of a room; the room hears who did it. */
export function kick(visitor: Visitor, { id, room, nick, reason }: Extract<ChatRequest, { type: 'kick' }>): Answer {
  return done(visitor, { id, room }, (member) => member.kick(nick, reason ?? ''));
}

/** Says what a room thinks of an account. */
export function affiliate(visitor: Visitor, request: Extract<ChatRequest, { type: 'affiliation' }>): Answer {
  const user = nameKey(request.user);
  if (user === null || !visitor.chat.accounts.has(user)) return errorOf('no-such-user', request.id, 'user');
  return done(visitor, request, (member) => member.affiliate(user, request.affiliation, request.reason));
}

/** Does something in a room, and says that it is done, or why not. */
function done(
  visitor: Visitor,
  { id, room }: { readonly id?: string | undefined; readonly room: string },
  act: (member: Member) => RoomRefusal | null,
): Answer {
  const member = memberIn(visitor, roomAddress(room)?.name);
  if (!member) return errorOf('not-in-room', id);
  const refused = act(member);
  if (refused) return errorOf(roomErrorCode(refused), id);
  return id === undefined ? { type: 'ok' } : { type: 'ok', re: id };
}

function acknowledge(re: string, said: Said): Answer {
  if ('refused' in said) return errorOf(roomErrorCode(said.refused), re);
  const { stamp, repeated } = said;
  const at = new Date(stamp.atMs).toISOString();
  return { type: 'ack', re, id: stamp.id, at, status: repeated ? 'repeated' : 'said' };
}

function memberIn(visitor: Visitor, room: string | undefined) {
  return visitor.rooms.get(room ?? '')?.member ?? null;
}

function roomAddress(room: string): RoomAddress | null {
  const address = parseAddress(room);
  return address?.type === 'room' && address.nick === null ? address : null;
}

function roomErrorCode(refused: RoomRefusal): ChatErrorCode {
  switch (refused) {
    case 'not-here':
      return 'not-there';
    case 'too-many-affiliations':
    case 'not-allowed':
    case 'too-long':
      return refused;
    default:
      return refused satisfies never;
  }
}
