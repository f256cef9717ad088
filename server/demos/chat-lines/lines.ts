/**
 * Every line that the room sends. RFC 854 ends a line with CR LF; nc and ncat show that rightly, too.
 * What is said begins with `<nick> `, what the room says with `* `, so nobody can pass for the room.
 */
import type { FileReference, Message } from '../../chat/message.ts';
import type { Farewell } from '../../chat/outbox.ts';
import type { RoomEvent } from '../../chat/room-event.ts';
import type { Affiliation } from '../../chat/room-rights.ts';
import { MAX_SHOWN_LINES } from './limits.ts';
import { visible } from './visible.ts';

const END = '\r\n';

/** What a room thinks of somebody, in words. */
const AFFILIATIONS: Readonly<Record<Affiliation, string>> = {
  owner: 'owns the room',
  admin: 'may put others out',
  member: 'belongs here',
  none: 'nothing any more',
  outcast: 'may not come in',
};

/** A line of the room itself. */
export function notice(text: string): string {
  return `* ${text}${END}`;
}

/** The lines that tell the others of an event; empty for what is not shown here. */
export function lineOf(event: RoomEvent): string {
  switch (event.type) {
    case 'said':
      return saidLines(event.nick, event.message);
    case 'joined':
      return notice(`${event.nick} joined`);
    case 'renamed':
      return notice(`${event.nick} is now ${event.to}`);
    case 'left':
      return notice(`${event.nick} ${departure(event)}`);
    case 'subject':
      return notice(
        `${event.nick} ${event.text === '' ? 'took the subject away' : `set the subject: ${visible(event.text)}`}`,
      );
    case 'affiliated':
      return notice(`${event.nick} says of ${event.user}: ${AFFILIATIONS[event.affiliation]}`);
    case 'presence':
    case 'signal':
      return '';
    default:
      return event satisfies never;
  }
}

/** `was put out by ann: enough`, `were put out` … */
export function putOut(verb: 'was' | 'were', { reason, kickedBy }: Farewell): string {
  const who = kickedBy === null ? '' : ` by ${kickedBy}`;
  return `${verb} put out${who}${reason === '' ? '' : `: ${visible(reason)}`}`;
}

/** A message as lines of a terminal: one, unless another protocol's client has sent several in one. */
export function shownBody({ body, file }: Message): string[] {
  const lines = body === '' ? [] : linesOf(body);
  return file ? [...lines, fileLine(file)] : lines;
}

function linesOf(body: string): string[] {
  const lines = body.split(/\r\n|[\r\n]/, MAX_SHOWN_LINES + 1);
  const shown = lines.slice(0, MAX_SHOWN_LINES).map(visible);
  return lines.length > MAX_SHOWN_LINES ? [...shown, '(more lines follow)'] : shown;
}

function fileLine({ name, type, sizeBytes, url }: FileReference): string {
  return visible(`(file) ${name}, ${type}, ${sizeBytes} octets: ${url}`);
}

function saidLines(nick: string, message: Message): string {
  return shownBody(message)
    .map((line) => `<${nick}> ${line}${END}`)
    .join('');
}

function departure({ cause, message, kickedBy }: Extract<RoomEvent, { type: 'left' }>): string {
  switch (cause) {
    case 'quit':
      return message === '' ? 'left' : `left: ${message}`;
    case 'finished':
      return 'left';
    case 'lost':
      return 'left: the connection was lost';
    case 'stopped-reading':
      return 'was cut off: it stopped reading';
    case 'kicked':
      return putOut('was', { reason: message, kickedBy });
    default:
      return cause satisfies never;
  }
}
