import type { ChatErrorCode } from '#protocol/chat-error-code.ts';
import type { ChatEvent } from '#protocol/chat-event.ts';
import type { Chat } from '../../chat/chat.ts';
import type { Message, SentSignal } from '../../chat/message.ts';
import type { Farewell } from '../../chat/outbox.ts';
import { ONLINE, type PresenceEvent } from '../../chat/presence.ts';
import type { LeaveCause } from '../../chat/room-event.ts';
import type { ChatSession, CutOffReason, SessionSink } from '../../chat/session.ts';
import { messageForm, presenceForm, senderAddress } from './forms.ts';
import type { JsonLink } from './link.ts';
import type { Membership, MembershipDesk } from './membership.ts';

/** The name of this protocol where sessions are listed. */
const PROTOCOL = 'json';

/** What a visitor needs from its connection. */
export interface VisitorDesk {
  readonly link: JsonLink;
  /** The requests that wait may go on. */
  goOn(): void;
  /** The connection is to end, with this error. */
  dismiss(code: ChatErrorCode): void;
}

/** Somebody who is logged in: what comes for the user goes to the link as objects. */
export class Visitor implements SessionSink, MembershipDesk {
  readonly chat: Chat;
  readonly link: JsonLink;
  readonly rooms = new Map<string, Membership>();
  readonly #desk: VisitorDesk;
  #session: ChatSession | null = null;

  constructor(chat: Chat, desk: VisitorDesk) {
    this.chat = chat;
    this.link = desk.link;
    this.#desk = desk;
  }

  /** Opens the session. An earlier one of the same resource is put out: it is mostly the same client, back again. */
  enter(user: string, resource: string): ChatErrorCode | null {
    const earlier = this.chat.session(user, resource);
    if (earlier?.protocol === PROTOCOL) this.chat.cutOff(earlier, 'replaced');
    const connected = this.chat.connect({ user, resource, protocol: PROTOCOL, sink: this });
    if (!('refused' in connected)) {
      this.#session = connected.session;
      return null;
    }
    const { refused } = connected;
    if (refused === 'no-such-user') return 'wrong-credentials';
    return refused === 'bad-resource' ? 'malformed' : refused;
  }

  /** Shows who is there, and hands over what has waited. Says so first, by `welcome`. */
  begin(welcome: (offline: number) => ChatEvent): void {
    const waiting = this.session.takeOffline();
    this.tell(welcome(waiting.length));
    this.session.setPresence(ONLINE);
    for (const user of this.chat.availableUsers()) this.#showUser(user);
    this.session.watchPresence();
    for (const message of waiting) this.tell({ ...messageForm(message), delayed: true });
    this.session.takeSignals();
  }

  /** The session in the core; there is one from `enter` on. */
  get session(): ChatSession {
    if (!this.#session) throw new Error('a visitor is used after it has entered');
    return this.#session;
  }

  get queuedBytes(): number {
    return this.link.queuedBytes;
  }

  /** Sends one object to the client. */
  tell(event: ChatEvent): void {
    this.link.send([JSON.stringify(event)]);
  }

  message(message: Message): boolean {
    this.tell(messageForm(message));
    return true;
  }

  sent(message: Message): void {
    this.tell(messageForm(message));
  }

  signal({ from, to, signal }: SentSignal): boolean {
    if (to.type === 'user' && to.resource !== null && to.resource !== this.session.resource) return false;
    switch (signal.type) {
      case 'typing':
        this.tell({ type: 'typing', from: from.nick, to: this.session.user, state: signal.state });
        return true;
      case 'receipt': {
        const { state, messageId } = signal;
        this.tell({ type: 'receipt', from: from.nick, to: this.session.user, message: messageId, state });
        return true;
      }
      case 'call': {
        const { step, callId, payload } = signal;
        this.tell({ type: 'call', from: senderAddress(from), call: callId, step, payload });
        return true;
      }
      case 'native':
        return false;
      default:
        return signal satisfies never;
    }
  }

  presence(event: PresenceEvent): void {
    this.tell(presenceForm(event));
  }

  cutOff(reason: CutOffReason): void {
    this.leaveRooms(reason === 'stopped-reading' ? reason : 'quit');
    this.#desk.dismiss(reason);
  }

  turn(): void {
    this.#desk.goOn();
  }

  left(room: string, cause: LeaveCause, { reason, kickedBy }: Farewell): void {
    if (!this.rooms.delete(room)) return;
    if (cause === 'stopped-reading') this.chat.cutOff(this.session, 'stopped-reading');
    else if (!this.session.closed) {
      this.tell({ type: 'left', room: `#${room}`, cause, reason, ...(kickedBy !== null && { by: kickedBy }) });
    }
  }

  /** The client has taken what waited: its rooms may go on. */
  drained(): void {
    for (const { member } of [...this.rooms.values()]) member?.ready();
  }

  /** The connection is over. */
  leave(cause: LeaveCause): void {
    this.leaveRooms(cause);
    this.#session?.close();
  }

  /** Leaves all rooms without a word to this client. */
  leaveRooms(cause: LeaveCause): void {
    const memberships = [...this.rooms.values()];
    this.rooms.clear();
    for (const { member } of memberships) member?.leave(cause);
  }

  #showUser(user: string): void {
    for (const { resource, protocol, currentPresence } of this.chat.sessionsOf(user)) {
      if (currentPresence) this.presence({ user, resource, protocol, presence: currentPresence });
    }
  }
}
