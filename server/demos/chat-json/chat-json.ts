/** Chat by JSON: one JSON object a line. A protocol of our own, written down in docs/chat-json.md. */
import { MAX_CHAT_LINE_BYTES } from '#protocol/chat-limits.ts';
import type { Chat } from '../../chat/chat.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { Demo, RunningDemo } from '../demo.ts';
import { type ConnectionContext, JsonConnection } from './connection.ts';
import { MAX_DOOR_CONNECTIONS, MAX_NAMELESS } from './limits.ts';
import type { JsonLink, JsonPeer } from './link.ts';
import { linkTcp } from './tcp-link.ts';
import { linkWebSocket } from './websocket-link.ts';

/** Where browsers connect. */
const WEBSOCKET_PATH = '/ws/chat';

/** What the chat by JSON is handed. */
export interface ChatJsonOptions {
  readonly chat: Chat;
  readonly scheduler: Scheduler;
  /** The address under which the page is reached, for URLs of files; `null`: not known, they are paths then. */
  readonly pageUrl: () => string | null;
}

/** The demo, and a way in for tests. */
export interface ChatJson {
  /** TCP on 7021, and WebSockets by the page's server. */
  readonly demo: Demo;
  /** Opens a connection over a link; `null` when there are too many. */
  readonly open: (link: JsonLink) => JsonPeer | null;
}

/** Makes it. Nothing listens yet. */
export function createChatJson(options: ChatJsonOptions): ChatJson {
  const connections = new Connections(options);
  const open: ChatJson['open'] = (link) => (connections.size >= MAX_DOOR_CONNECTIONS ? null : connections.open(link));
  return {
    demo: { id: 'chat-json', port: 7021, transports: ['tcp'], start: () => runDemo(connections, open) },
    open,
  };
}

function runDemo(connections: Connections, open: ChatJson['open']): RunningDemo {
  return {
    connection: (connection) => linkTcp(connection, (link) => connections.open(link)),
    webSockets: {
      [WEBSOCKET_PATH]: {
        protocol: null,
        maxMessageBytes: MAX_CHAT_LINE_BYTES,
        open: (socket) => linkWebSocket(socket, open),
      },
    },
    close: () => connections.dismissAll(),
  };
}

/** Everybody who is connected, logged in or not yet. */
class Connections {
  readonly #all = new Set<JsonConnection>();
  readonly #nameless = new Set<JsonConnection>();
  readonly #context: ConnectionContext;
  #resources = 0;

  constructor(options: ChatJsonOptions) {
    const freeResource = (): string => {
      this.#resources += 1;
      return `json-${this.#resources}`;
    };
    this.#context = { ...options, freeResource };
  }

  get size(): number {
    return this.#all.size;
  }

  open(link: JsonLink): JsonPeer {
    if (this.#nameless.size >= MAX_NAMELESS) this.#turnFirstAway();
    const connection = new JsonConnection(link, this.#context, () => this.#nameless.delete(connection));
    this.#all.add(connection);
    this.#nameless.add(connection);
    return {
      receive: (object) => connection.receive(object),
      drained: () => connection.drained(),
      finished: () => connection.finished(),
      lost: () => {
        this.#all.delete(connection);
        connection.lost();
      },
    };
  }

  dismissAll(): void {
    for (const connection of this.#all) connection.dismiss('closing');
  }

  /** A Set keeps the order of adding: the first has waited longest. */
  #turnFirstAway(): void {
    for (const connection of this.#nameless) {
      this.#nameless.delete(connection);
      connection.dismiss('login-timeout');
      return;
    }
  }
}
