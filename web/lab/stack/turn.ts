/** One step while it is taken: the time, the host, and what it has led to so far. */
import type { OutgoingPacket } from './host.ts';
import type { HostState } from './host-state.ts';
import type { Notice } from './notices.ts';
import type { SimTime } from './time.ts';

/** Handed from function to function while one event is dealt with. */
export class Turn {
  readonly host: HostState;
  readonly now: SimTime;
  readonly packets: OutgoingPacket[] = [];
  readonly notices: Notice[] = [];
  /** Why the packet had no effect; `null` as long as it has. */
  discarded: string | null = null;

  constructor(host: HostState, now: SimTime) {
    this.host = host;
    this.now = now;
  }

  tell(notice: Notice): void {
    this.notices.push(notice);
  }

  /** Puts down why the packet is not taken; the first reason counts. */
  discard(reason: string): void {
    this.discarded ??= reason;
  }
}
