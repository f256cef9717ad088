/** What the core refuses, as XEP-0045 says it. */
import type { RoomRefusal } from '../../../chat/member.ts';
import type { EnterRefusal } from '../../../chat/rooms.ts';
import { StanzaError } from '../stanza-error.ts';

/** The error for a refusal. */
export function refusalOf(refused: RoomRefusal | EnterRefusal): StanzaError {
  switch (refused) {
    case 'nick-taken':
      return new StanzaError('conflict', 'Somebody in the room has this nick.');
    case 'nick-empty':
      return new StanzaError('jid-malformed', 'Enter with a nick: room@domain/nick.');
    case 'nick-too-long':
    case 'nick-characters':
    case 'nick-reserved':
      return new StanzaError('not-acceptable', 'A nick has up to 20 letters, digits, and _ . - here.');
    case 'bad-room-name':
      return new StanzaError('not-acceptable', 'No room can be called that.');
    case 'members-only':
      return new StanzaError('registration-required', 'Only members come into this room.');
    case 'wrong-password':
      return new StanzaError('not-authorized', 'This room has a password.');
    case 'outcast':
      return new StanzaError('forbidden', 'You are banned from this room.');
    case 'not-allowed':
      return new StanzaError('forbidden', 'That takes another role in the room.');
    case 'not-here':
      return new StanzaError('item-not-found', 'Nobody in the room has this nick.');
    case 'no-such-room':
      return new StanzaError('item-not-found', 'There is no such room.');
    case 'room-full':
      return new StanzaError('service-unavailable', 'The room is full.', [], 'wait');
    case 'too-many-rooms':
    case 'too-many-affiliations':
      return new StanzaError('resource-constraint');
    case 'too-long':
      return new StanzaError('policy-violation', 'That is too long.');
    default:
      return refused satisfies never;
  }
}
