import type { Socket } from 'node:net';
import { catchesServers, type Serve } from '../testing/catches.ts';
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

const room = (habits: Habits = {}): (() => Serve) => {
  return () => {
    const members = new Map<Socket, string>();
    const strangers = new Set<Socket>();
    const tell = (from: Socket, text: string): void => {
      const listeners = [...members.keys()].filter((each) => each !== from || habits.toSelf);
      for (const each of habits.pairsOnly ? listeners.slice(0, 1) : listeners) each.write(`${text}\n`);
      if (habits.toStrangers) for (const each of strangers) each.write(`${text}\n`);
    };
    return (socket) => {
      let held = '';
      let over = false;
      strangers.add(socket);
      const take = (line: string): void => {
        const nick = members.get(socket);
        if (nick !== undefined) {
          if (!habits.deaf) tell(socket, `${nick}: ${line}`);
          return;
        }
        if (!habits.sameNicks && [...members.values()].includes(line)) return void socket.end('nick taken\n');
        strangers.delete(socket);
        socket.write(`welcome ${line}\n`);
        tell(socket, `* ${line} joined`);
        members.set(socket, line);
      };
      const leave = (): void => {
        const nick = members.get(socket);
        strangers.delete(socket);
        if (over || nick === undefined) return;
        over = true;
        members.delete(socket);
        if (!habits.noFarewell) tell(socket, `* ${nick} left`);
      };
      socket.setEncoding('utf8');
      socket.on('data', (text: string) => {
        if (habits.perRead) return take(text.trimEnd());
        const lines = (held + text).split('\n');
        held = lines.pop() ?? '';
        for (const line of lines) take(line);
      });
      socket.on('end', () => {
        leave();
        if (!habits.keepsOpen) socket.end();
      });
      if (!habits.farewellOnFinOnly) socket.on('close', leave);
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
