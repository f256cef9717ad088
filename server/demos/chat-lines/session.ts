import type { Accounts } from '../../chat/accounts.ts';
import type { Chat } from '../../chat/chat.ts';
import type { Member } from '../../chat/member.ts';
import type { Message } from '../../chat/message.ts';
import { nameKey } from '../../chat/name.ts';
import type { Farewell, Recipient } from '../../chat/outbox.ts';
import type { Room } from '../../chat/room.ts';
import type { RoomBatch } from '../../chat/room-batch.ts';
import type { LeaveCause } from '../../chat/room-event.ts';
import type { DemoConnection } from '../demo.ts';
import { type CommandSession, presentText, runCommand } from './commands.ts';
import { MAX_LINE_BYTES, MAX_LOGINS, MAX_REPLY_QUEUE_BYTES } from './limits.ts';
import { LINES, segmentsFor } from './line-batch.ts';
import { type LineConsumer, LineInput } from './line-input.ts';
import { notice, putOut, shownBody } from './lines.ts';
import { refusalText } from './refusals.ts';
import { visible } from './visible.ts';

/** What a browser or curl sends first when it is pointed at this port (RFC 9112 §3). */
const HTTP_REQUEST_LINE = /^[A-Z]+ \S+ HTTP\/\d/;

/** One client of the room: its lines become what it does there, and what the others do becomes lines for it. */
export class LineSession implements Recipient, LineConsumer, CommandSession {
  readonly room: Room;
  member: Member | null = null;
  readonly #connection: DemoConnection;
  readonly #accounts: Accounts;
  readonly #settled: () => void;
  readonly #input: LineInput;
  #toldToWait = false;
  /** The account that it has shown the password of. */
  #user: string | null = null;
  #logins = 0;
  /** A password is being looked at: the lines behind it wait. */
  #busy = false;

  /** @param settled called when the client has its nick or is gone. */
  constructor(connection: DemoConnection, chat: Chat, settled: () => void) {
    this.room = chat.rooms.lobby;
    this.#accounts = chat.accounts;
    this.#connection = connection;
    this.#settled = settled;
    this.#input = new LineInput(connection, this);
    connection.on('drain', () => this.#drained());
    connection.on('close', () => this.#leave('lost', ''));
    this.tell(`Welcome to the chat room. ${presentText(this.room.nicks())}.`);
    this.tell('Type a nick and press Enter.');
  }

  get queuedBytes(): number {
    return this.#connection.queuedBytes;
  }

  deliver(batch: RoomBatch, from: number): boolean {
    const lines = batch.as(LINES);
    if (!this.member || !this.#connection.writable || lines.size === 0) return true;
    const segments = segmentsFor(lines, this.member.id, from);
    const [only] = segments;
    if (only && segments.length === 1) return this.#connection.write(only);
    return this.#writeAll(segments);
  }

  turn(): void {
    this.#input.readOn();
  }

  held(): void {
    if (this.#toldToWait) return;
    this.#toldToWait = true;
    this.tell('The room reads more slowly than you write. Your lines wait; none is lost.');
  }

  whispered(message: Message): void {
    for (const line of shownBody(message)) this.tell(`${message.from.nick} says to you alone: ${line}`);
  }

  left(cause: LeaveCause, farewell: Farewell = { reason: '', kickedBy: null }): void {
    if (cause === 'kicked') this.tell(`You ${putOut('were', farewell)}`);
    if (cause === 'stopped-reading') this.#connection.reset('stopped-reading');
    else if (cause === 'quit' && this.#connection.writable) this.#connection.end(notice('Goodbye.'));
    else this.#connection.end();
  }

  mayTake(): boolean {
    if (this.#busy) return false;
    // Without `writableNeedDrain` no drain would follow, and nobody would read on.
    if (this.queuedBytes > MAX_REPLY_QUEUE_BYTES && this.#connection.writableNeedDrain) return false;
    if (!this.member || !this.room.full) return true;
    this.member.awaitTurn();
    return false;
  }

  take(line: string, cut: boolean): void {
    if (cut) this.tell(`That line was longer than ${MAX_LINE_BYTES} octets: the rest of it was dropped.`);
    if (line.startsWith('/') && !line.startsWith('//')) runCommand(this, line);
    else if (this.member) this.#say(this.member, line);
    else this.#chooseNick(line.trim());
  }

  finished(): void {
    this.#leave('finished', '');
  }

  tell(text: string): void {
    if (this.#connection.writable) this.#connection.write(notice(text));
  }

  quit(message: string): void {
    this.#leave('quit', message);
  }

  logIn(user: string, password: string): void {
    this.#logins += 1;
    if (this.#logins > MAX_LOGINS) {
      this.dismiss(`Only ${MAX_LOGINS} passwords on one connection. Connect again.`);
      return;
    }
    this.#busy = true;
    const name = nameKey(user) ?? '';
    void this.#accounts.accepts(name, password).then((accepted) => {
      this.#busy = false;
      if (accepted) this.#user = name;
      if (accepted) this.#join(name);
      else this.tell('There is no such user, or the password is another one.');
      this.#input.readOn();
    });
  }

  /** Says why, and ends the connection from this side. */
  dismiss(reason: string): void {
    this.tell(reason);
    this.#input.stop();
    this.#connection.end();
  }

  /** Says why, and closes the connection without waiting for the client to do the same. */
  turnAway(reason: string): void {
    this.#connection.once('finish', () => this.#connection.destroy());
    this.dismiss(reason);
  }

  #say(member: Member, line: string): void {
    if (line.trim() !== '') member.say(visible(line.startsWith('//') ? line.slice(1) : line));
  }

  #chooseNick(nick: string): void {
    if (nick === '') return;
    if (HTTP_REQUEST_LINE.test(nick)) this.dismiss('This is a chat by lines, not a web server.');
    else this.#join(nick);
  }

  #join(nick: string): void {
    const joining = this.room.join(nick, { user: this.#user, resource: null, recipient: this });
    if ('refused' in joining) {
      this.tell(refusalText(joining.refused, visible(nick)));
      return;
    }
    this.member = joining.member;
    this.#settled();
    this.tell(`You are ${this.member.nick}. ${presentText(this.room.nicks())}.`);
    this.tell('Your own lines are not sent back to you. /help lists the commands.');
  }

  #leave(cause: LeaveCause, message: string): void {
    this.#input.stop();
    this.#settled();
    if (this.member) this.member.leave(cause, message);
    else this.left(cause);
  }

  #drained(): void {
    this.member?.ready();
    this.#input.readOn();
  }

  #writeAll(segments: readonly Buffer[]): boolean {
    let room = true;
    this.#connection.cork();
    for (const segment of segments) room = this.#connection.write(segment);
    this.#connection.uncork();
    return room;
  }
}
