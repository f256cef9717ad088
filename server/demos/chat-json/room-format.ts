import type { RoomFormat } from '../../chat/room-batch.ts';
import type { RoomEvent } from '../../chat/room-event.ts';
import { roomEventForm } from './forms.ts';

/** One event of a batch, as JSON, and whose doing it is. */
export interface RenderedEvent {
  readonly by: number;
  /** `null`: it has no form here. */
  readonly json: string | null;
}

/** The form in which a room's events go to clients by JSON, once for all. */
export const JSON_OBJECTS: RoomFormat<readonly RenderedEvent[]> = {
  render: (events, room) => events.map((event) => ({ by: event.by, json: render(room, event) })),
};

function render(room: string, event: RoomEvent): string | null {
  const form = roomEventForm(room, event);
  return form && JSON.stringify(form);
}
