import { createFakeClock } from '../session/testing.ts';
import { Seat } from './seat.ts';
import { JsonSpeaker } from './speakers/json-speaker.ts';
import { LinesSpeaker } from './speakers/lines-speaker.ts';
import type { OpenTextSocket, TextSocketHandlers } from './speakers/text-socket.ts';

/** When everything in these tests was said. */
export const AT = '2026-01-02T03:04:05.000Z';

/** A message from bob to alice, as the server sends it; `more` says what is otherwise. */
export function message(more: object): object {
  return { type: 'message', id: 's1', from: 'bob', to: 'alice', body: 'hi', at: AT, ...more };
}

/** A socket whose other end is the test. */
export interface ScriptedSocket {
  readonly open: OpenTextSocket;
  /** What was sent, newest last. */
  readonly sent: string[];
  /** The last object that was sent. */
  last(): Record<string, unknown>;
  opened(): void;
  /** The server sends an object, or a text as it is. */
  receive(message: object | string): void;
  drop(): void;
  readonly isClosed: () => boolean;
}

/** Makes one. */
export function scriptedSocket(): ScriptedSocket {
  let handlers: TextSocketHandlers | null = null;
  let closed = false;
  const sent: string[] = [];
  return {
    sent,
    open: (given) => {
      handlers = given;
      closed = false;
      return {
        send: (text) => sent.push(text),
        close: () => {
          closed = true;
        },
      };
    },
    last: () => JSON.parse(sent.at(-1) ?? '{}'),
    opened: () => handlers?.opened(),
    receive: (message) => handlers?.received(typeof message === 'string' ? message : JSON.stringify(message)),
    drop: () => handlers?.closed(),
    isClosed: () => closed,
  };
}

/** A seat of alice's whose connections go to the test. */
export function openTestSeat(protocol: 'json' | 'lines') {
  const socket = scriptedSocket();
  const clock = createFakeClock();
  const ports: number[] = [];
  const uploads: string[] = [];
  let ids = 0;
  const seat = new Seat({
    user: 'alice',
    protocol,
    clock,
    newId: () => {
      ids += 1;
      return `c${ids}`;
    },
    speakers: {
      json: (user, handlers) =>
        new JsonSpeaker({ open: socket.open, user, password: 'porthole', resource: 'page-1', clock, handlers }),
      lines: (user, handlers) =>
        new LinesSpeaker({ open: socket.open, user, handlers, from: (port) => ports.push(port) }),
    },
    call: {
      media: () => Promise.resolve('none'),
      peerConnection: () => {
        throw new Error('there is no WebRTC here');
      },
    },
    upload: (path, mime) => {
      uploads.push(`${mime} ${path}`);
      return Promise.resolve(true);
    },
    inspect: () => Promise.resolve({ mime: 'image/png', sizeBytes: 3 }),
  });
  return { seat, socket, clock, ports, uploads };
}

/** The server lets alice in, and into the lobby, where nothing has been said. */
export function comeIn(socket: ScriptedSocket): void {
  socket.receive({ type: 'welcome', user: 'alice', resource: 'page-1', heartbeatMs: 30_000, offline: 0 });
  socket.receive({ type: 'joined', room: '#lobby', nick: 'alice', members: [], subject: '' });
  socket.receive({ type: 'history', with: '#lobby', messages: [], complete: true });
}

/** A seat of alice's that speaks JSON and is in the lobby; what was sent for that is forgotten. */
export function seatInLobby() {
  const opened = openTestSeat('json');
  const { seat, socket } = opened;
  seat.connect();
  socket.opened();
  comeIn(socket);
  socket.sent.splice(0);
  return opened;
}
