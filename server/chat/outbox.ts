import type { BatchLog, LogEntry } from './batch-log.ts';
import type { Message } from './message.ts';
import type { RoomBatch } from './room-batch.ts';
import type { Because, LeaveCause } from './room-event.ts';

/** What a member is told when it is out. */
export type Farewell = Because;

/** One member's connection as the room sees it; each protocol implements it. */
export interface Recipient {
  /** Octets handed over that the client has not taken. */
  readonly queuedBytes: number;
  /**
   * Takes a batch: `batch.as(format)` is its form in the recipient's protocol. The first `from` events in it happened
   * before this member joined and are not for it. Answers whether there is room for more; after `false` nothing comes
   * until `Member.ready` is called.
   */
  deliver(batch: RoomBatch, from: number): boolean;
  /** The speaker's turn that `Member.awaitTurn` asked for has come. */
  turn(): void;
  /** That turn takes longer: a slow member has to read first. May be called again for each such wait. */
  held(): void;
  /** Somebody in the room says something to this member alone. What was said to all before has been handed over. */
  whispered(message: Message): void;
  /** The member is out. What was said before has been delivered, unless it lagged behind. */
  left(cause: LeaveCause, farewell: Farewell): void;
}

/** One member's place in the log of the room. */
export class Outbox {
  readonly #log: BatchLog<RoomBatch>;
  readonly #recipient: Recipient;
  #at: LogEntry<RoomBatch>;
  #handedBytes: number;
  #skipEvents: number;
  #blocked = false;

  /** @param skipEvents events of the next batch that are not for this member. */
  constructor(log: BatchLog<RoomBatch>, recipient: Recipient, skipEvents: number) {
    this.#log = log;
    this.#recipient = recipient;
    this.#at = log.tail;
    this.#handedBytes = log.totalBytes;
    this.#skipEvents = skipEvents;
  }

  /** Whether the recipient had no room after the last batch. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** Octets that wait for this member, in the room and in its connection. */
  get waitingBytes(): number {
    return this.#log.totalBytes - this.#handedBytes + this.#recipient.queuedBytes;
  }

  /** Hands over what is new, as far as there is room. */
  pump(): void {
    while (!this.#blocked && this.#at.next) {
      this.#at = this.#at.next;
      if (this.#at.batch) this.#hand(this.#at.batch);
    }
  }

  /** The recipient has room again. */
  unblock(): void {
    this.#blocked = false;
  }

  #hand(batch: RoomBatch): void {
    this.#handedBytes += batch.size;
    this.#blocked = !this.#recipient.deliver(batch, this.#skipEvents);
    this.#skipEvents = 0;
  }
}
