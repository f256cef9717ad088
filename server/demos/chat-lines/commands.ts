import type { Member } from '../../chat/member.ts';
import type { Room } from '../../chat/room.ts';
import { refusalText } from './refusals.ts';
import { visible } from './visible.ts';

/** What a command may use of the session that it was typed in. */
export interface CommandSession {
  readonly room: Room;
  /** `null` before a nick is chosen. */
  readonly member: Member | null;
  /** Sends one line of the room's to this client only. */
  tell(text: string): void;
  /** Leaves and ends the connection. */
  quit(message: string): void;
}

interface Command {
  readonly usage: string;
  readonly summary: string;
  run(session: CommandSession, argument: string): void;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  who: { usage: '/who', summary: 'who is here', run: who },
  nick: { usage: '/nick NEW', summary: 'take another nick', run: nick },
  quit: {
    usage: '/quit [message]',
    summary: 'say goodbye and leave',
    run: (session, message) => session.quit(message),
  },
  help: { usage: '/help', summary: 'this list', run: help },
};

/** Runs a line that begins with `/`. */
export function runCommand(session: CommandSession, line: string): void {
  const [typed = ''] = line.slice(1).split(' ', 1);
  const name = typed.toLowerCase();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) command.run(session, visible(line.slice(1 + typed.length).trim()));
  else session.tell(`There is no command /${visible(typed)}. Type /help for the list.`);
}

/** `3 people here: alice, bob, carol`. */
export function presentText(nicks: readonly string[]): string {
  if (nicks.length === 0) return 'Nobody is here yet';
  return `${nicks.length} ${nicks.length === 1 ? 'person' : 'people'} here: ${nicks.join(', ')}`;
}

function who(session: CommandSession): void {
  session.tell(presentText(session.room.nicks()));
}

function nick(session: CommandSession, wanted: string): void {
  const { member } = session;
  if (!member) session.tell('You have no nick yet: type one without /nick.');
  else if (wanted === '') session.tell('Say which nick you want: /nick NEW');
  else session.tell(rename(member, wanted));
}

function rename(member: Member, wanted: string): string {
  const refused = member.rename(wanted);
  return refused ? refusalText(refused, wanted) : `You are now ${member.nick}.`;
}

function help(session: CommandSession): void {
  for (const { usage, summary } of Object.values(COMMANDS)) session.tell(`${usage.padEnd(16)} ${summary}`);
  session.tell('Anything else is said to the room; // says a line that begins with /.');
  session.tell('Your own lines are not sent back: your terminal shows them already.');
}
