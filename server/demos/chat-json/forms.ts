/** The core's values as objects of this protocol. */
import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent, ChatMember, ChatMessage } from '#protocol/chat-event.ts';
import type { Member } from '../../chat/member.ts';
import type { Message, Sender } from '../../chat/message.ts';
import type { PresenceEvent } from '../../chat/presence.ts';
import type { Room } from '../../chat/room.ts';
import type { RoomEvent } from '../../chat/room-event.ts';
import type { EnterRefusal } from '../../chat/rooms.ts';
import { formatAddress } from './address.ts';

/** A message. */
export function messageForm(message: Message): ChatMessage {
  const { from, to, file, clientId } = message;
  return {
    type: 'message',
    id: message.id,
    from: from.nick,
    ...(to.type === 'room' && from.user !== null && { user: from.user }),
    ...(from.resource !== null && { resource: from.resource }),
    to: formatAddress(to.type === 'user' ? { ...to, resource: null } : to),
    body: message.body,
    at: new Date(message.atMs).toISOString(),
    ...(file && { file: { url: file.url, name: file.name, mime: file.type, size: file.sizeBytes } }),
    ...(clientId !== null && { clientId }),
  };
}

/** What a session says of itself. */
export function presenceForm({ user, resource, protocol, presence }: PresenceEvent): ChatEvent {
  const { show, status } = presence ?? { show: 'offline' as const, status: '' };
  return { type: 'presence', user, resource, show, status, protocol };
}

/** Somebody in a room, and what the room thinks of the account where it thinks anything. */
export function memberForm(room: Room): (member: Member) => ChatMember {
  return ({ nick, user }) => {
    const affiliation = room.rights.of(user);
    return { nick, ...(user !== null && { user }), ...(affiliation !== 'none' && { affiliation }) };
  };
}

/** `alice/phone`: where an answer to this sender goes. */
export function senderAddress({ user, nick, resource }: Sender): string {
  return resource === null ? (user ?? nick) : `${user ?? nick}/${resource}`;
}

/** What happened in a room; `null` for what has no form here. */
export function roomEventForm(room: string, event: RoomEvent): ChatEvent | null {
  const member = { type: 'member', room: `#${room}`, nick: event.nick } as const;
  switch (event.type) {
    case 'said':
      return messageForm(event.message);
    case 'joined':
      return { ...member, ...(event.user !== null && { user: event.user }), event: 'joined', detail: '' };
    case 'left':
      return {
        ...{ ...member, event: 'left', detail: event.message === '' ? event.cause : event.message },
        ...(event.kickedBy !== null && { by: event.kickedBy }),
      };
    case 'affiliated':
      return {
        ...{ type: 'affiliation', room: member.room, user: event.user },
        ...{ affiliation: event.affiliation, by: event.nick },
      };
    case 'renamed':
      return { ...member, event: 'renamed', detail: event.to };
    case 'presence':
      return { ...member, event: 'presence', detail: event.presence.show };
    case 'subject':
      return { type: 'subject', room: `#${room}`, nick: event.nick, text: event.text };
    case 'signal':
      if (event.signal.type !== 'typing') return null;
      return { type: 'typing', from: event.nick, to: `#${room}`, state: event.signal.state };
    default:
      return event satisfies never;
  }
}

/** Why somebody is not let into a room. */
export function enterErrorCode(refused: EnterRefusal): ChatErrorCode {
  switch (refused) {
    case 'nick-empty':
    case 'nick-too-long':
    case 'nick-characters':
    case 'nick-reserved':
      return 'bad-nick';
    case 'nick-taken':
    case 'room-full':
    case 'outcast':
    case 'bad-room-name':
    case 'no-such-room':
    case 'too-many-rooms':
      return refused;
    case 'members-only':
    case 'wrong-password':
      return 'outcast';
    default:
      return refused satisfies never;
  }
}
