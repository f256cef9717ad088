/** The columns of the ladder for a width: times, notes of one host, wire, notes of the other. */

/** Horizontal places, in CSS pixels. */
export interface Columns {
  readonly width: number;
  /** Lifelines of the hosts. */
  readonly a: number;
  readonly b: number;
  /** Room for notes on each side; 0 where there is none. */
  readonly notePx: number;
  /** Room for times at the left edge. */
  readonly timePx: number;
}

const TIME_PX = 80;
const EDGE_PX = 14;
/** Narrower than this, notes are left to the line below the diagram. */
const NOTES_FROM_PX = 620;
const NOTE_SHARE = 0.27;
const MAX_NOTE_PX = 330;

/** The columns for a diagram of that width. */
export function columnsFor(width: number): Columns {
  const timePx = width < NOTES_FROM_PX ? 58 : TIME_PX;
  const notePx = width < NOTES_FROM_PX ? 0 : Math.min(MAX_NOTE_PX, Math.round((width - timePx) * NOTE_SHARE));
  return { width, timePx, notePx, a: timePx + notePx + EDGE_PX, b: width - notePx - EDGE_PX };
}
