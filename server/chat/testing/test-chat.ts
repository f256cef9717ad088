import { randomBytes } from 'node:crypto';
import { Chat } from '../chat.ts';
import type { Draft, Message, SentSignal } from '../message.ts';
import { ONLINE, type PresenceEvent } from '../presence.ts';
import { systemScheduler } from '../scheduler.ts';
import type { ChatSession, CutOffReason, Sent, SessionSink } from '../session.ts';
import { type ManualScheduler, manualScheduler } from './manual-scheduler.ts';

/** The core with time in the test's hands. */
export interface TestChat {
  readonly chat: Chat;
  readonly scheduler: ManualScheduler;
  /** The wall clock, in milliseconds since 1970; set it. */
  nowMs: number;
  /** A session of a user. Throws when refused. */
  connect(user: string, resource?: string): Visitor;
}

/** Opens one; the demo accounts are there. */
export function openTestChat(): TestChat {
  const scheduler = manualScheduler();
  const chat = new Chat({ scheduler, now: () => new Date(opened.nowMs), random: (bytes) => Buffer.alloc(bytes, 7) });
  const connect = (user: string, resource = 'test'): Visitor => new Visitor(chat, user, resource);
  const opened = { chat, scheduler, nowMs: 1_000, connect };
  return opened;
}

/** The core as the playground has it, with the event loop's own time. */
export function openSystemChat(): Chat {
  return new Chat({ scheduler: systemScheduler, now: () => new Date(), random: randomBytes });
}

/** A user's session whose connection takes everything, unless told otherwise. */
class Visitor implements SessionSink {
  readonly session: ChatSession;
  readonly messages: Message[] = [];
  readonly carbons: Message[] = [];
  readonly signals: SentSignal[] = [];
  readonly presences: PresenceEvent[] = [];
  cutOffBy: CutOffReason | null = null;
  queuedBytes = 0;
  takes = true;

  constructor(chat: Chat, user: string, resource: string) {
    const connected = chat.connect({ user, resource, protocol: 'test', sink: this });
    if ('refused' in connected) throw new Error(connected.refused);
    this.session = connected.session;
  }

  /** `alice: hello` … */
  get heard(): string[] {
    return this.messages.map(({ from, body }) => `${from.nick}: ${body}`);
  }

  /** Becomes available. */
  appears(): this {
    this.session.setPresence(ONLINE);
    return this;
  }

  says(to: string, body: string, more: Partial<Draft> = {}): Sent {
    return this.session.send(to, { body, ...more });
  }

  message(message: Message): boolean {
    if (this.takes) this.messages.push(message);
    return this.takes;
  }

  sent(message: Message): void {
    this.carbons.push(message);
  }

  signal(signal: SentSignal): boolean {
    if (this.takes) this.signals.push(signal);
    return this.takes;
  }

  presence(event: PresenceEvent): void {
    this.presences.push(event);
  }

  cutOff(reason: CutOffReason): void {
    this.cutOffBy = reason;
  }
}
