/**
 * Every line that the room sends. RFC 854 ends a line with CR LF; nc and ncat show that rightly, too.
 * What is said begins with `<nick> `, what the room says with `* `, so nobody can pass for the room.
 */
import type { LeaveCause, RoomEvent } from '../../chat/room-event.ts';

const END = '\r\n';

/** A line of the room itself. */
export function notice(text: string): string {
  return `* ${text}${END}`;
}

/** The line that tells the others of an event. */
export function lineOf(event: RoomEvent): string {
  switch (event.type) {
    case 'said':
      return `<${event.nick}> ${event.text}${END}`;
    case 'joined':
      return notice(`${event.nick} joined`);
    case 'renamed':
      return notice(`${event.nick} is now ${event.to}`);
    case 'left':
      return notice(`${event.nick} ${departure(event.cause, event.message)}`);
    default:
      return event satisfies never;
  }
}

function departure(cause: LeaveCause, message: string): string {
  switch (cause) {
    case 'quit':
      return message === '' ? 'left' : `left: ${message}`;
    case 'finished':
      return 'left';
    case 'lost':
      return 'left: the connection was lost';
    case 'stopped-reading':
      return 'was cut off: it stopped reading';
    default:
      return cause satisfies never;
  }
}
