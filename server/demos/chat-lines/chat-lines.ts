/** Chat by lines: a room for whoever can send text over TCP, with nc or telnet as the client. A protocol of our own. */
import { Room } from '../../chat/room.ts';
import { type Scheduler, systemScheduler } from '../../chat/scheduler.ts';
import type { Demo, DemoConnection, RunningDemo } from '../demo.ts';
import { MAX_UNNAMED } from './limits.ts';
import { renderLines } from './line-batch.ts';
import { LineSession } from './session.ts';

/** TCP on 7020. */
export const chatLines: Demo = createChatLines(systemScheduler);

/** The demo with time handed in. Each start opens a room of its own. */
export function createChatLines(scheduler: Scheduler): Demo {
  return { id: 'chat-lines', port: 7020, transports: ['tcp'], start: () => openRoom(scheduler) };
}

function openRoom(scheduler: Scheduler): RunningDemo {
  const room = new Room({ render: renderLines, scheduler });
  const sessions = new Set<LineSession>();
  const unnamed = new Set<LineSession>();
  return {
    connection(connection: DemoConnection): void {
      if (unnamed.size >= MAX_UNNAMED) turnFirstAway(unnamed);
      const session = new LineSession(connection, room, () => unnamed.delete(session));
      sessions.add(session);
      unnamed.add(session);
      connection.on('close', () => sessions.delete(session));
    },
    close(): void {
      room.close();
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
