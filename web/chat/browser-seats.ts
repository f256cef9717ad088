import { createStore, type StoreApi } from 'zustand/vanilla';
import { systemClock } from '../session/clock.ts';
import { socketUrl } from '../session/wire-link.ts';
import { askForMedia } from './media.ts';
import { Seat } from './seat.ts';
import { JsonSpeaker } from './speakers/json-speaker.ts';
import { LinesSpeaker } from './speakers/lines-speaker.ts';
import type { OpenSpeaker, ProtocolId } from './speakers/speaker.ts';
import { webTextSockets } from './speakers/text-socket.ts';
import { browserXml } from './speakers/xml.ts';
import { XmppSpeaker } from './speakers/xmpp/xmpp-speaker.ts';

/** The accounts that every playground has. */
export const USERS = ['alice', 'bob', 'carol'] as const;

/** Their password, which is no secret. */
const PASSWORD = 'porthole';

/** Columns of the page. */
export const MAX_SEATS = 3;

/** Who sits where. */
export interface SeatsState {
  readonly seats: readonly Seat[];
  /** Ports from which line speakers have connected, by user. */
  readonly linePorts: ReadonlyMap<string, number>;
}

/** The seats of this page. */
export interface Seats {
  readonly store: StoreApi<SeatsState>;
  add(user: string, protocol: ProtocolId): void;
  remove(seat: Seat): void;
  /** Ends all connections: nobody looks any more. */
  close(): void;
}

/** Makes the seats that `wished` names (`alice:json,bob:lines`), or two. */
export function createSeats(wished: string | null): Seats {
  const store = createStore<SeatsState>(() => ({ seats: [], linePorts: new Map() }));
  const speakers = browserSpeakers((user, port) => {
    store.setState({ linePorts: new Map(store.getState().linePorts).set(user, port) });
  });
  const add = (user: string, protocol: ProtocolId): void => {
    const { seats } = store.getState();
    if (seats.length < MAX_SEATS) store.setState({ seats: [...seats, browserSeat(user, protocol, speakers)] });
  };
  for (const [user, protocol] of seatsIn(wished)) add(user, protocol);
  return {
    store,
    add,
    remove: (seat) => {
      seat.disconnect();
      store.setState({ seats: store.getState().seats.filter((each) => each !== seat) });
    },
    close: () => {
      for (const seat of store.getState().seats) seat.disconnect();
    },
  };
}

/** What is not understood is left out; when nothing is left, there are alice and bob. */
function seatsIn(wished: string | null): [string, ProtocolId][] {
  const seats = (wished ?? '').split(',').flatMap((each): [string, ProtocolId][] => {
    const [, user = '', protocol] = /^([a-z]+):(json|lines|xmpp)$/.exec(each) ?? [];
    const known = USERS.some((name) => name === user);
    return known && (protocol === 'json' || protocol === 'lines' || protocol === 'xmpp') ? [[user, protocol]] : [];
  });
  if (seats.length > 0) return seats.slice(0, MAX_SEATS);
  return [
    ['alice', 'json'],
    ['bob', 'lines'],
  ];
}

function browserSpeakers(from: (user: string, port: number) => void): Partial<Record<ProtocolId, OpenSpeaker>> {
  const json = webTextSockets(socketUrl('/ws/chat', window.location));
  const xmpp = webTextSockets(socketUrl('/xmpp-websocket', window.location), ['xmpp']);
  const lines = webTextSockets(socketUrl('/ws/chat-lines', window.location));
  return {
    json: (user, handlers) =>
      new JsonSpeaker({
        open: json,
        user,
        password: PASSWORD,
        resource: `page-${newId()}`,
        clock: systemClock,
        handlers,
      }),
    xmpp: (user, handlers) =>
      new XmppSpeaker({
        open: xmpp,
        parse: browserXml,
        contacts: USERS,
        clock: systemClock,
        user,
        password: PASSWORD,
        resource: `page-${newId()}`,
        handlers,
      }),
    lines: (user, handlers) => new LinesSpeaker({ open: lines, user, handlers, from: (port) => from(user, port) }),
  };
}

function browserSeat(user: string, protocol: ProtocolId, speakers: Partial<Record<ProtocolId, OpenSpeaker>>): Seat {
  return new Seat({
    user,
    protocol,
    speakers,
    clock: systemClock,
    newId,
    call: {
      media: () => askForMedia({ audio: true, video: { width: { ideal: 320 }, height: { ideal: 240 } } }),
      // On loopback and in a LAN no help is needed to find each other.
      peerConnection: () => new RTCPeerConnection(),
    },
    upload: async (path, mime, body) => {
      const response = await window.fetch(path, { method: 'PUT', body, headers: { 'Content-Type': mime } });
      return response.ok;
    },
    inspect: async (path) => {
      const response = await window.fetch(path, { method: 'HEAD' }).catch(() => null);
      if (!response?.ok) return null;
      const mime = response.headers.get('Content-Type') ?? '';
      return { mime, sizeBytes: Number(response.headers.get('Content-Length') ?? 0) };
    },
  });
}

/** Not `randomUUID`, which plain HTTP on a LAN does not have. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (octet) => octet.toString(16).padStart(2, '0')).join('');
}
