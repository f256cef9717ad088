import type { Member } from '../../chat/member.ts';
import type { Room } from '../../chat/room.ts';
import { refusalText, roomRefusalText } from './refusals.ts';
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
  /** Takes an account, and its name as the nick; only before a nick is chosen. */
  logIn(user: string, password: string): void;
}

interface Command {
  readonly usage: string;
  readonly summary: string;
  run(session: CommandSession, argument: string): void;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  who: { usage: '/who', summary: 'who is here', run: who },
  nick: { usage: '/nick NEW', summary: 'take another nick', run: nick },
  topic: { usage: '/topic [text]', summary: 'what the room is about; text changes it', run: topic },
  kick: { usage: '/kick NICK [why]', summary: 'put somebody out, if you moderate the room', run: kick },
  login: { usage: '/login USER PASSWORD', summary: 'come in as an account, before you have a nick', run: login },
  quit: {
    usage: '/quit [message]',
    summary: 'say goodbye and leave',
    run: (session, message) => session.quit(message),
  },
  help: { usage: '/help', summary: 'this list', run: help },
};

const NO_NICK_YET = 'You have no nick yet: type one, without a slash.';

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
  if (!member) session.tell(NO_NICK_YET);
  else if (wanted === '') session.tell('Say which nick you want: /nick NEW');
  else session.tell(rename(member, wanted));
}

function rename(member: Member, wanted: string): string {
  const refused = member.rename(wanted);
  return refused ? refusalText(refused, wanted) : `You are now ${member.nick}.`;
}

function topic(session: CommandSession, text: string): void {
  const { room, member } = session;
  if (text === '') session.tell(subjectText(room));
  else if (!member) session.tell(NO_NICK_YET);
  else {
    const refused = member.setSubject(text);
    session.tell(refused ? roomRefusalText(refused, text) : subjectText(room));
  }
}

function subjectText({ subject }: Room): string {
  return subject ? `The subject is ${visible(subject.text)}, says ${subject.nick}.` : 'The room has no subject.';
}

function kick(session: CommandSession, argument: string): void {
  const { member } = session;
  const [nick = ''] = argument.split(' ', 1);
  if (!member) session.tell(NO_NICK_YET);
  else if (nick === '') session.tell('Say whom: /kick NICK');
  else {
    const refused = member.kick(nick, argument.slice(nick.length).trim());
    if (refused) session.tell(roomRefusalText(refused, nick));
  }
}

function login(session: CommandSession, argument: string): void {
  const [user = '', password = ''] = argument.split(' ');
  if (session.member) session.tell('You have a nick already. /quit, connect again, and /login first.');
  else if (password === '') session.tell('Say who you are: /login USER PASSWORD');
  else session.logIn(user, password);
}

function help(session: CommandSession): void {
  for (const { usage, summary } of Object.values(COMMANDS)) session.tell(`${usage.padEnd(20)} ${summary}`);
  session.tell('Anything else is said to the room; // says a line that begins with /.');
  session.tell('Your own lines are not sent back: your terminal shows them already.');
}
