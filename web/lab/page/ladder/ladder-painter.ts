/** Draws a window of the ladder: lifelines with their states, times, notes, arrows, the line of now. */
import type { SimTime } from '../../stack/time.ts';
import { type ArrowWords, MAX_LABELLED, type Pen, paintArrows } from './arrow-painter.ts';
import type { Columns } from './ladder-geometry.ts';
import type { Placed } from './ladder-layout.ts';
import type { Note, NoteTone } from './ladder-notes.ts';
import { type RibbonPiece, toneOf } from './ladder-ribbon.ts';
import type { ArrowShape } from './ladder-scene.ts';
import type { LadderTheme } from './ladder-theme.ts';

/** A note and its height. */
export interface PlacedNote extends Note {
  readonly y: number;
}

/** Everything that a window shows. */
export interface LadderPicture {
  readonly columns: Columns;
  readonly top: number;
  readonly height: number;
  readonly arrows: readonly ArrowShape[];
  readonly notes: readonly PlacedNote[];
  readonly ribbon: readonly RibbonPiece[];
  /** The rows in view. */
  readonly rows: readonly Placed[];
  readonly now: { readonly y: number; readonly text: string } | null;
  /** A time as it is written at the edge. */
  readonly timeText: (at: SimTime) => string;
  readonly words: ArrowWords;
}

const RIBBON_PX = 9;
const NOTE_GAP_PX = 12;
const TIME_ROWS_PX = 34;

/** Draws the picture; `ratio` is the number of device pixels for a CSS pixel. */
export function paintLadder(pen: Pen, picture: LadderPicture, theme: LadderTheme, ratio: number): void {
  const { columns, top, height } = picture;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.surface;
  pen.fillRect(0, 0, columns.width, height);
  pen.setTransform(ratio, 0, 0, ratio, 0, -top * ratio);
  paintTimes(pen, picture, theme);
  paintLifelines(pen, picture, theme);
  paintArrows(pen, picture.arrows, theme, picture.words);
  if (picture.arrows.length <= MAX_LABELLED) paintNotes(pen, picture, theme);
  if (picture.now) paintNow(pen, picture, picture.now, theme);
}

function paintLifelines(pen: Pen, { columns, top, height, ribbon, now }: LadderPicture, theme: LadderTheme): void {
  const end = Math.min(top + height, now?.y ?? top + height);
  pen.fillStyle = theme.line;
  for (const x of [columns.a, columns.b]) pen.fillRect(x - 1, top, 2, Math.max(0, end - top));
  for (const { host, state, from, to } of ribbon) {
    if (to < top || from > top + height) continue;
    pen.fillStyle = stateColour(toneOf(state), theme);
    const x = columns[host] - RIBBON_PX / 2;
    pen.fillRect(x, from + 1, RIBBON_PX, Math.max(2, to - from - 2));
  }
}

function stateColour(tone: ReturnType<typeof toneOf>, theme: LadderTheme): string {
  if (tone === 'waiting') return theme.attention;
  if (tone === 'open') return theme.good;
  return tone === 'closing' ? theme.info : theme.strong;
}

function paintTimes(pen: Pen, { columns, rows, timeText }: LadderPicture, theme: LadderTheme): void {
  pen.font = `11px ${theme.mono}`;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, y, folded } of rows) {
    if (folded) paintFold(pen, columns, y, theme);
    if (!folded && y - last < TIME_ROWS_PX) continue;
    last = y;
    pen.fillStyle = theme.dim;
    pen.fillText(timeText(at), columns.timePx - 8, y);
  }
}

const ROW_ABOVE_PX = 27;

/** Time is missing here: the lifelines are broken, as an axis is. */
function paintFold(pen: Pen, columns: Columns, y: number, theme: LadderTheme): void {
  pen.strokeStyle = theme.strong;
  pen.lineWidth = 1;
  pen.setLineDash([2, 5]);
  pen.beginPath();
  pen.moveTo(columns.timePx, y - ROW_ABOVE_PX);
  pen.lineTo(columns.width - 8, y - ROW_ABOVE_PX);
  pen.stroke();
  pen.setLineDash([]);
}

function paintNotes(pen: Pen, { columns, notes }: LadderPicture, theme: LadderTheme): void {
  if (columns.notePx === 0) return;
  pen.font = `12px ${theme.mono}`;
  pen.textBaseline = 'middle';
  for (const { host, tone, text, y } of notes) {
    const left = host === 'a';
    pen.textAlign = left ? 'right' : 'left';
    pen.fillStyle = noteColour(tone, theme);
    const x = columns[host] + (left ? -NOTE_GAP_PX : NOTE_GAP_PX);
    pen.fillText(fitted(pen, text, columns.notePx - 2), x, y);
  }
}

function noteColour(tone: NoteTone, theme: LadderTheme): string {
  switch (tone) {
    case 'because':
      return theme.dim;
    case 'call':
    case 'output':
      return theme.text;
    case 'bad':
      return theme.bad;
    default:
      return tone === 'idle' ? theme.dim : stateColour(tone, theme);
  }
}

/** Cut where it does not fit; the table has it whole. Letters of the diagram's font are equally wide, Chinese ones twice. */
function fitted(pen: Pen, text: string, room: number): string {
  if (pen.measureText(text).width <= room) return text;
  let end = text.length - 1;
  while (end > 0 && pen.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end)}…`;
}

function paintNow(pen: Pen, { columns }: LadderPicture, now: { y: number; text: string }, theme: LadderTheme): void {
  pen.strokeStyle = theme.attention;
  pen.lineWidth = 1.25;
  pen.setLineDash([2, 4]);
  pen.beginPath();
  pen.moveTo(columns.timePx, now.y);
  pen.lineTo(columns.width - 8, now.y);
  pen.stroke();
  pen.setLineDash([]);
  pen.font = `12px ${theme.mono}`;
  pen.textAlign = 'right';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = theme.surface;
  const { width } = pen.measureText(now.text);
  pen.fillRect(columns.width - 13 - width, now.y - 17, width + 6, 15);
  pen.fillStyle = theme.attention;
  pen.fillText(now.text, columns.width - 10, now.y - 5);
}
