import { MAX_NICK_CHARS, MAX_ROOM_MEMBERS } from '../../chat/limits.ts';
import type { RoomRefusal } from '../../chat/member.ts';
import type { JoinRefusal } from '../../chat/room.ts';
import { LOBBY_ADMIN } from '../../chat/rooms.ts';

/** The sentence that a learner sees when a nick is refused: what is wrong, and what to try. */
export function refusalText(refusal: JoinRefusal, nick: string): string {
  switch (refusal) {
    case 'nick-empty':
      return 'A nick needs at least one letter or digit.';
    case 'nick-too-long':
      return `A nick has ${MAX_NICK_CHARS} characters at the most. Try a shorter one.`;
    case 'nick-characters':
      return 'A nick has letters, digits, and within it - _ and . only, no spaces. Try another one.';
    case 'nick-reserved':
      return `Nobody can be called ${nick}: it would pass for the room. Try another one.`;
    case 'nick-taken':
      return `Somebody is called ${nick} already. Try another nick.`;
    case 'room-full':
      return `The room is full: ${MAX_ROOM_MEMBERS.toLocaleString('en')} people are in it. Try again later.`;
    case 'outcast':
    case 'members-only':
    case 'wrong-password':
      return 'You may not come into this room.';
    default:
      return refusal satisfies never;
  }
}

/** The sentence when something in the room is refused. @param about whom or what it was about. */
export function roomRefusalText(refusal: RoomRefusal, about: string): string {
  switch (refusal) {
    case 'not-allowed':
      return `Only who moderates the room may do that; in the lobby that is ${LOBBY_ADMIN}.`;
    case 'not-here':
      return `Nobody here is called ${about}. /who says who is here.`;
    case 'too-long':
      return 'That is too long.';
    case 'too-many-affiliations':
      return 'The room has an opinion about too many people.';
    default:
      return refusal satisfies never;
  }
}
