/** A bound resource: one client of one account. https://www.rfc-editor.org/rfc/rfc6120#section-7 */
import type { Message } from '../../chat/message.ts';
import type { ChatSession } from '../../chat/session.ts';
import type { Jid } from './jid.ts';
import { NS } from './namespaces.ts';
import type { Stream } from './stream/stream.ts';
import type { StreamManagement } from './stream/stream-management.ts';
import type { User } from './user.ts';
import type { XmlElement } from './xml/element.ts';
import { serialize } from './xml/serialize.ts';

/** What a session asks of the server. */
export interface SessionDesk {
  /** The session can't go on: its client does not acknowledge, or does not read. */
  giveUp(session: Session): void;
}

/** A session's seat in a room, as the session needs it. */
export interface RoomSeat {
  /** The client has read what was sent: the room may go on. */
  readOn(): void;
  /** The session is over: its client said goodbye, or was lost. */
  leave(cause: 'quit' | 'lost'): void;
}

/** One session. It outlives its stream when the client can come back (XEP-0198). */
export class Session {
  readonly user: User;
  readonly jid: Jid;
  /** Its place in the chat core. */
  readonly chat: ChatSession;
  /** What carries it now; `null` while its client is away. */
  stream: Stream | null;
  /** Its last presence without address, `null` before it has sent any and after it has gone. */
  presence: XmlElement | null = null;
  priority = 0;
  /** It has asked for the roster. */
  wantsRoster = false;
  /** It has asked for the list of blocked addresses. */
  wantsBlocklist = false;
  /** It wants copies of what other sessions get and send (XEP-0280). */
  wantsCarbons = false;
  /** Addresses that were sent presence by name, to be told when it goes (RFC 6121 §4.6.3). */
  readonly directed = new Map<string, Jid>();
  /** Rooms that it is in, by their addresses. */
  readonly rooms = new Map<string, RoomSeat>();
  management: StreamManagement | null = null;
  closed = false;
  /** Ends the wait for its client, while there is one. */
  callOffWait: () => void = () => {};
  readonly #desk: SessionDesk;

  constructor(desk: SessionDesk, user: User, jid: Jid, chat: ChatSession, stream: Stream) {
    this.#desk = desk;
    this.user = user;
    this.jid = jid;
    this.chat = chat;
    this.stream = stream;
  }

  /** Octets that wait for the client. */
  get queuedBytes(): number {
    return this.stream?.queuedBytes ?? 0;
  }

  /** The client has taken everything that was sent. */
  readOn(): void {
    for (const seat of this.rooms.values()) seat.readOn();
  }

  /** Sends a stanza, with the message of the core that it carries. */
  send(stanza: XmlElement, message: Message | null = null): void {
    this.sendText(serialize(stanza, NS.client), message);
  }

  /** Sends a stanza that is text already. */
  sendText(text: string, message: Message | null = null): void {
    if (this.closed) return;
    const kept = this.management?.sent({ text, message }) ?? true;
    this.stream?.sendStanza(text);
    if (!kept) this.#desk.giveUp(this);
  }
}
