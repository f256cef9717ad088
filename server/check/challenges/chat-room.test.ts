import type { Socket } from 'node:net';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { onLines } from '../testing/on-lines.ts';
import { chatRoom } from './chat-room.ts';

/** How a chat room goes wrong. */
interface Habits {
  readonly deaf?: true;
  readonly toSelf?: true;
  readonly pairsOnly?: true;
  readonly perRead?: true;
  readonly noFarewell?: true;
  readonly farewellOnFinOnly?: true;
  readonly sameNicks?: true;
  readonly toStrangers?: true;
  readonly keepsOpen?: true;
}

/** A room with habits, and who is in it. */
class Room {
  readonly habits: Habits;
  readonly members = new Map<Socket, string>();
  /** Who is connected and has no nick yet. */
  readonly strangers = new Set<Socket>();

  constructor(habits: Habits) {
    this.habits = habits;
  }

  take(socket: Socket, line: string): void {
    const nick = this.members.get(socket);
    if (nick === undefined) this.#admit(socket, line);
    else if (!this.habits.deaf) this.#tell(socket, `${nick}: ${line}`);
  }

  leave(socket: Socket): void {
    const nick = this.members.get(socket);
    this.strangers.delete(socket);
    if (!this.members.delete(socket)) return;
    if (!this.habits.noFarewell) this.#tell(socket, `* ${nick} left`);
  }

  #admit(socket: Socket, nick: string): void {
    if (!this.habits.sameNicks && [...this.members.values()].includes(nick)) return void socket.end('nick taken\n');
    this.strangers.delete(socket);
    socket.write(`welcome ${nick}\n`);
    this.#tell(socket, `* ${nick} joined`);
    this.members.set(socket, nick);
  }

  #tell(from: Socket, text: string): void {
    const listeners = [...this.members.keys()].filter((each) => each !== from || this.habits.toSelf);
    for (const each of this.habits.pairsOnly ? listeners.slice(0, 1) : listeners) each.write(`${text}\n`);
    if (this.habits.toStrangers) for (const each of this.strangers) each.write(`${text}\n`);
  }
}

const room = (habits: Habits = {}): (() => Serve) => {
  return () => {
    const room = new Room(habits);
    return (socket) => {
      room.strangers.add(socket);
      onLines(socket, (line) => room.take(socket, line), habits);
      socket.on('end', () => {
        room.leave(socket);
        if (!habits.keepsOpen) socket.end();
      });
      if (!habits.farewellOnFinOnly) socket.on('close', () => room.leave(socket));
    };
  };
};

catchesServers(
  chatRoom,
  [
    ['welcomes nobody', 'welcome', 'silent', () => (socket) => socket.resume()],
    ['tells nobody what is said', 'heard', 'not-heard', room({ deaf: true })],
    ['tells the speaker, too', 'heard', 'hears-itself', room({ toSelf: true })],
    ['tells one other only', 'everyone', 'not-heard', room({ pairsOnly: true })],
    ['takes a read for a line', 'cut', 'wrong-line', room({ perRead: true })],
    ['says no farewell', 'left', 'not-heard', room({ noFarewell: true })],
    ['does not close after a FIN', 'left', 'stays-open', room({ keepsOpen: true })],
    ['does not notice a RST', 'vanished', 'not-heard', room({ farewellOnFinOnly: true })],
    ['lets two have one nick', 'taken', 'wrong-line', room({ sameNicks: true })],
    ['tells who has no nick', 'nameless', 'overheard', room({ toStrangers: true })],
  ],
  room(),
);
