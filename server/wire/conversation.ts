import type { Conversation, ConversationState, Direction, Endpoint, Transport } from '#protocol/wire.ts';
import { MAX_WINDOW_BYTES, MAX_WINDOW_EVENTS } from './limits.ts';

/** What is known when a conversation begins. */
export interface ConversationStart {
  readonly transport: Transport;
  readonly demo: string | null;
  readonly observer: 'server' | 'client';
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly terminal?: number;
}

/** Events of one direction that went by unrecorded. */
export interface Skipped {
  readonly direction: Direction;
  readonly count: number;
  /** Octets that they carried. */
  readonly length: number;
}

/**
 * One conversation as the journal keeps it: flat numbers, for there may be ten thousand of them and their totals are
 * updated on every read and write.
 */
export class ConversationRecord {
  readonly id: number;
  readonly start: ConversationStart;
  readonly openedUs: number;
  readonly openedWallMs: number;
  state: ConversationState = 'open';
  /** Number of the page's terminal whose client this is, where known. */
  terminal: number | null = null;
  /** `seq` of its newest event. */
  lastSeq = 0;
  toServerEvents = 0;
  toServerBytes = 0;
  toClientEvents = 0;
  toClientBytes = 0;
  skippedEvents = 0;
  skippedBytes = 0;
  /** Sampling window: when it began, and what was recorded in it. */
  windowBeganUs: number;
  windowEvents = 0;
  windowBytes = 0;
  /** Skipped since the last `skipped` event, by direction. */
  pendingToServerEvents = 0;
  pendingToServerBytes = 0;
  pendingToClientEvents = 0;
  pendingToClientBytes = 0;

  constructor(id: number, start: ConversationStart, openedUs: number, openedWallMs: number) {
    this.id = id;
    this.start = start;
    this.openedUs = openedUs;
    this.openedWallMs = openedWallMs;
    this.windowBeganUs = openedUs;
  }

  /** Whether nothing more can happen in it. */
  get ended(): boolean {
    return this.state !== 'open' && this.state !== 'half-closed';
  }

  /** Whether events went by since the last `skipped` event. */
  get hasPendingSkips(): boolean {
    return this.pendingToServerEvents + this.pendingToClientEvents > 0;
  }

  /** Whether its sampling window takes no further event. */
  get windowIsFull(): boolean {
    return this.windowEvents >= MAX_WINDOW_EVENTS || this.windowBytes >= MAX_WINDOW_BYTES;
  }

  /** Begins another sampling window. */
  renewWindow(nowUs: number): void {
    this.windowBeganUs = nowUs;
    this.windowEvents = 0;
    this.windowBytes = 0;
  }

  /** Counts one event that carried `bytes` octets. */
  count(direction: Direction, bytes: number): void {
    if (direction === 'to-server') {
      this.toServerEvents += 1;
      this.toServerBytes += bytes;
    } else {
      this.toClientEvents += 1;
      this.toClientBytes += bytes;
    }
  }

  /** Counts one event that goes by unrecorded. */
  skip(direction: Direction, bytes: number): void {
    this.skippedEvents += 1;
    this.skippedBytes += bytes;
    if (direction === 'to-server') {
      this.pendingToServerEvents += 1;
      this.pendingToServerBytes += bytes;
    } else {
      this.pendingToClientEvents += 1;
      this.pendingToClientBytes += bytes;
    }
  }

  /** What went by since the last `skipped` event, which is counted from nothing again. */
  takeSkips(): readonly Skipped[] {
    const skips: readonly Skipped[] = [
      { direction: 'to-server', count: this.pendingToServerEvents, length: this.pendingToServerBytes },
      { direction: 'to-client', count: this.pendingToClientEvents, length: this.pendingToClientBytes },
    ];
    this.pendingToServerEvents = this.pendingToServerBytes = 0;
    this.pendingToClientEvents = this.pendingToClientBytes = 0;
    return skips.filter(({ count }) => count > 0);
  }

  /** Its present state, as the contract spells it. */
  describe(): Conversation {
    const { transport, demo, observer, client, server } = this.start;
    return {
      id: this.id,
      transport,
      demo,
      observer,
      client,
      server,
      terminal: this.terminal,
      openedUs: this.openedUs,
      openedWallMs: this.openedWallMs,
      state: this.state,
      toServer: { events: this.toServerEvents, bytes: this.toServerBytes },
      toClient: { events: this.toClientEvents, bytes: this.toClientBytes },
      skipped: { events: this.skippedEvents, bytes: this.skippedBytes },
    };
  }
}
