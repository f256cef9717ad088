import type { Sized } from './batch-log.ts';
import { EVENT_BYTES } from './limits.ts';
import type { RoomEvent } from './room-event.ts';

/**
 * The form in which a protocol sends what happens in a room. Make one object a protocol: it is what tells the forms
 * of a batch apart.
 */
export interface RoomFormat<F> {
  /**
   * Turns the events of one batch into the protocol's form, once for all its recipients.
   * @param room name of the room.
   */
  render(events: readonly RoomEvent[], room: string): F;
}

/** What happened in a room in one turn of the event loop. Everybody shares it. */
export class RoomBatch implements Sized {
  /** Name of the room. */
  readonly room: string;
  readonly events: readonly RoomEvent[];
  /** Octets of what was said, and EVENT_BYTES an event: the same for every protocol. */
  readonly size: number;
  #forms: Map<RoomFormat<unknown>, unknown> | null = null;

  constructor(room: string, events: readonly RoomEvent[]) {
    this.room = room;
    this.events = events;
    this.size = events.reduce((sum, event) => sum + eventBytes(event), 0);
  }

  /** The batch in a protocol's form, rendered at the first asking. */
  as<F>(format: RoomFormat<F>): F {
    this.#forms ??= new Map();
    // The map holds under a format what that format has rendered, so the type is known.
    const known = this.#forms.get(format) as F | undefined;
    if (known !== undefined) return known;
    const form = format.render(this.events, this.room);
    this.#forms.set(format, form);
    return form;
  }
}

function eventBytes(event: RoomEvent): number {
  return EVENT_BYTES + (event.type === 'said' ? event.message.bytes : 0);
}
