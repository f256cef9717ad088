import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent } from '#protocol/chat-event.ts';
import { MAX_CHAT_DEPTH, MAX_CHAT_LINE_BYTES } from '#protocol/chat-limits.ts';
import { MAX_FILE_BYTES, MAX_OFFLINE_MESSAGES } from '../../chat/limits.ts';
import { LOGIN_WITHIN_MS, MAX_ATTEMPTS } from './limits.ts';

/** For each code what happened, and what to try. */
const SENTENCES: Readonly<Record<ChatErrorCode, string>> = {
  'line-too-long': `A line has ${MAX_CHAT_LINE_BYTES} octets at the most. This one was dropped; send files by reference.`,
  'not-utf8': 'That line is no UTF-8. JSON between systems is always UTF-8.',
  'not-json': 'That line is no JSON. One line holds one whole object; a line break within a string is written \\n.',
  'too-deep': `Objects are nested ${MAX_CHAT_DEPTH} deep at the most.`,
  'forbidden-key': 'No member may be called __proto__, constructor or prototype.',
  'unknown-type': 'There is no such type. docs/chat-json.md lists them all.',
  malformed: 'That object is not as docs/chat-json.md has it.',
  'too-fast': 'More was sent than the server takes. Wait for the acknowledgement before sending on.',
  'not-logged-in': 'Log in first: {"type":"login","user":"alice","password":"porthole"}',
  'already-logged-in': 'This connection is logged in. Open another one for another user.',
  'wrong-credentials': 'There is no such user, or the password is another one.',
  'too-many-attempts': `Only ${MAX_ATTEMPTS} attempts on one connection. Connect again.`,
  'login-timeout': `Nobody logged in for ${LOGIN_WITHIN_MS / 1_000} seconds.`,
  'too-many-sessions': 'There are too many sessions. Close another one.',
  'resource-taken': 'Another session has this resource. Choose another one.',
  'bad-name': 'An account is called by letters, digits and - . _ within, no spaces. Try another name.',
  'name-taken': 'There is an account of that name. Try another one.',
  'bad-password': 'A password has one character at least, and no control characters.',
  'too-many-accounts': 'There are too many accounts. They are forgotten when Porthole ends.',
  'bad-address': 'An address is bob, bob/phone, #lobby or #lobby/ann; not every one fits here.',
  'no-such-user': 'Nobody is called that. Accounts are alice, bob, carol and whoever registered.',
  blocked: 'That user does not want to hear of you.',
  'too-long': 'That is too long.',
  'offline-full': `${MAX_OFFLINE_MESSAGES} messages or too many octets wait for that user. Try again when the user has been here.`,
  'not-there': 'Nobody is there to take it, and this is kept for nobody.',
  'unknown-id': 'The server does not know a message of that id here (any more). Ask without since.',
  'no-such-file': 'There is no such file. Upload it first: the slot says where.',
  'bad-file-name': 'A file name has no slash and no control character.',
  'file-type': 'Files of this type are not taken. Pictures, audio, video, plain text, PDF, zip and octet-stream are.',
  'file-size': `A file has 1 to ${MAX_FILE_BYTES} octets.`,
  'bad-room-name': 'A room is called by # and letters, digits and - . _ within, no spaces.',
  'no-such-room': 'There is no such room.',
  'too-many-rooms': 'There are too many rooms. Leave one.',
  'not-in-room': 'You are not in that room. Join it first.',
  'already-in-room': 'You are in that room.',
  'bad-nick':
    'A nick has letters, digits, and within it - _ and . only, 20 characters at the most, and is not the room’s own name.',
  'nick-taken': 'Somebody in that room is called that. Join with another nick.',
  'room-full': 'The room is full.',
  outcast: 'You may not come into this room.',
  'not-allowed': 'Only who moderates the room may do that; in #lobby that is alice. Nobody puts out who owns a room.',
  'too-many-affiliations': 'The room has an opinion about too many accounts. Take one back first: none.',
  'stopped-reading': 'You did not read what was sent to you, and it grew too much.',
  'dead-peer': 'Nothing came from you, and no pong after a ping.',
  replaced: 'You logged in again with the same resource.',
  'account-removed': 'The account is gone.',
  closing: 'The server is closing.',
};

/** An error object. */
export function errorOf(code: ChatErrorCode, re?: string, where = ''): ChatEvent {
  const message = where === '' ? SENTENCES[code] : `${SENTENCES[code]} Look at ${JSON.stringify(where)}.`;
  return re === undefined ? { type: 'error', code, message } : { type: 'error', re, code, message };
}

/** An error object with which the connection ends. */
export function fatalErrorOf(code: ChatErrorCode, re?: string): ChatEvent {
  return { ...errorOf(code, re), fatal: true } as ChatEvent;
}
