/** Chat by lines: a room for whoever can send text over TCP, with nc or telnet as the client. A protocol of our own. */
import type { Chat } from '../../chat/chat.ts';
import type { Demo, DemoConnection, RunningDemo } from '../demo.ts';
import { MAX_UNNAMED } from './limits.ts';
import { LineSession } from './session.ts';

/** TCP on 7020: a way into the lobby of `chat` for whoever has no account. */
export function createChatLines(chat: Chat): Demo {
  return { id: 'chat-lines', port: 7020, transports: ['tcp'], start: () => openDoor(chat) };
}

function openDoor(chat: Chat): RunningDemo {
  const room = chat.rooms.lobby;
  const sessions = new Set<LineSession>();
  const unnamed = new Set<LineSession>();
  return {
    connection(connection: DemoConnection): void {
      if (unnamed.size >= MAX_UNNAMED) turnFirstAway(unnamed);
      const session = new LineSession(connection, chat, () => unnamed.delete(session));
      sessions.add(session);
      unnamed.add(session);
      connection.on('close', () => sessions.delete(session));
    },
    close(): void {
      room.flush();
      for (const session of sessions) session.dismiss('The server is closing. Goodbye.');
    },
  };
}

/** A Set keeps the order of adding: the first has waited longest. */
function turnFirstAway(unnamed: Set<LineSession>): void {
  for (const session of unnamed) {
    unnamed.delete(session);
    session.turnAway('Too many others wait to choose a nick, and you have waited longest. Connect again.');
    return;
  }
}
