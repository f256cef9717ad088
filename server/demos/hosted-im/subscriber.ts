import type { WebSocket } from 'ws';
import type { Message, SentSignal } from '../../chat/message.ts';
import type { PresenceEvent } from '../../chat/presence.ts';
import type { LeaveCause } from '../../chat/room-event.ts';
import type { CutOffReason, SessionSink } from '../../chat/session.ts';
import type { GroupDesk, GroupMembership } from './group.ts';
import { messageForm, PROTOCOL } from './message-format.ts';

/** Close codes of our own, from the range for that (RFC 6455 §7.4.2): the last digits are those of HTTP. */
export const CLOSE_CODES = { unauthorised: 4401, cutOff: 4408 } as const;

/** A user's WebSocket as the core sees it. */
export class Subscriber implements SessionSink, GroupDesk {
  readonly user: string;
  readonly groups = new Map<string, GroupMembership>();
  readonly #socket: WebSocket;

  constructor(user: string, socket: WebSocket) {
    this.user = user;
    this.#socket = socket;
  }

  get queuedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  tell(event: object): void {
    this.sendJson([JSON.stringify(event)]);
  }

  sendJson(json: readonly string[]): boolean {
    for (const one of json) this.#socket.send(one);
    return true;
  }

  message(message: Message): boolean {
    this.tell({ event: 'message', message: messageForm(message) });
    return true;
  }

  sent(message: Message): void {
    this.tell({ event: 'sent', message: messageForm(message) });
  }

  signal({ from, signal }: SentSignal): boolean {
    switch (signal.type) {
      case 'typing':
        this.tell({ event: 'typing', from: from.nick, state: signal.state });
        return true;
      case 'receipt':
        this.tell({ event: 'receipt', from: from.nick, message: signal.messageId, state: signal.state });
        return true;
      case 'native':
        if (signal.native.protocol !== PROTOCOL) return false;
        this.tell({ event: 'command', from: from.nick, content: signal.native.value });
        return true;
      case 'call':
        return false;
    }
  }

  presence({ user, protocol, presence }: PresenceEvent): void {
    this.tell({ event: 'presence', user, protocol, online: presence !== null });
  }

  cutOff(reason: CutOffReason): void {
    this.#socket.close(CLOSE_CODES.cutOff, reason);
  }

  leftGroup(group: string, cause: LeaveCause): void {
    if (this.groups.delete(group)) this.tell({ event: 'group', group, user: this.user, change: 'left', cause });
  }

  /** The connection is over: out of all groups, without a word. */
  leaveGroups(cause: LeaveCause): void {
    const memberships = [...this.groups.values()];
    this.groups.clear();
    for (const { member } of memberships) member?.leave(cause);
  }
}
