/** Draws arrows on a canvas: one path for all that look alike, then heads, crosses and labels. */
import type { ArrowShape } from './ladder-scene.ts';
import type { LadderTheme } from './ladder-theme.ts';

/** The part of a canvas that the painter uses. */
export type Pen = CanvasRenderingContext2D;

const HEAD_PX = 9;
const CROSS_PX = 6;
const LABEL_AT_PX = 12;
/** Steeper arrows have their label level beside them. */
const MAX_SLANT = 0.5;
/** With more arrows than this in view, nobody reads labels. */
export const MAX_LABELLED = 260;

/** The words that stand on arrows besides their labels. */
export interface ArrowWords {
  readonly again: string;
  readonly duplicate: string;
  readonly damaged: string;
  readonly overtaken: string;
  readonly ignored: string;
  readonly lost: Readonly<Record<NonNullable<ArrowShape['cause']>, string>>;
}

/** Draws the arrows of a window; the pen is moved so that heights are those of the whole diagram. */
export function paintArrows(pen: Pen, arrows: readonly ArrowShape[], theme: LadderTheme, words: ArrowWords): void {
  const groups = new Map<string, ArrowShape[]>();
  for (const arrow of arrows) {
    const key = styleKey(arrow);
    const group = groups.get(key);
    if (group) group.push(arrow);
    else groups.set(key, [arrow]);
  }
  for (const group of groups.values()) paintGroup(pen, group, theme);
  for (const arrow of arrows) if (arrow.selected) paintSelected(pen, arrow, theme);
  if (arrows.length > MAX_LABELLED) return;
  pen.font = `12px ${theme.mono}`;
  pen.textBaseline = 'alphabetic';
  for (const arrow of arrows) paintWords(pen, arrow, theme, words);
}

function styleKey({ from, again, duplicate, overtaken, dim, damaged }: ArrowShape): string {
  return `${from}${again || duplicate}${overtaken}${dim}${damaged}`;
}

/** The colour of a direction. */
function colourOf({ from }: { readonly from: ArrowShape['from'] }, theme: LadderTheme): string {
  return from === 'a' ? theme.sent : theme.received;
}

function paintGroup(pen: Pen, group: readonly ArrowShape[], theme: LadderTheme): void {
  const [first] = group;
  if (!first) return;
  pen.globalAlpha = first.dim ? 0.35 : 1;
  pen.strokeStyle = colourOf(first, theme);
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = 1.75;
  pen.setLineDash(first.duplicate ? [2, 4] : first.again ? [7, 5] : first.overtaken ? [12, 3, 2, 3] : []);
  pen.beginPath();
  for (const arrow of group) traceWay(pen, arrow);
  pen.stroke();
  pen.setLineDash([]);
  pen.beginPath();
  for (const arrow of group) if (arrow.end !== 'lost') traceHead(pen, arrow);
  pen.fill();
  pen.strokeStyle = theme.bad;
  pen.lineWidth = 2.5;
  pen.beginPath();
  for (const arrow of group) if (arrow.end === 'lost') traceCross(pen, arrow);
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Shorter arrows have no room for it. */
const ZIGZAG_FROM_PX = 50;

/** Damage is a zigzag in the middle: a shape besides the word. */
function traceWay(pen: Pen, { x0, y0, x1, y1, damaged }: ArrowShape): void {
  pen.moveTo(x0, y0);
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (damaged && length > ZIGZAG_FROM_PX) {
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const [middleX, middleY] = [(x0 + x1) / 2, (y0 + y1) / 2];
    for (const [along, aside] of ZIGZAG)
      pen.lineTo(middleX + along * ux - aside * uy, middleY + along * uy + aside * ux);
  }
  pen.lineTo(x1, y1);
}

/** Pixels along the arrow, and beside it. */
const ZIGZAG = [
  [-12, 0],
  [-6, -7],
  [0, 7],
  [6, -7],
  [12, 0],
] as const;

function traceHead(pen: Pen, { x0, y0, x1, y1 }: ArrowShape): void {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const left = angle + Math.PI - 0.38;
  const right = angle + Math.PI + 0.38;
  pen.moveTo(x1, y1);
  pen.lineTo(x1 + HEAD_PX * Math.cos(left), y1 + HEAD_PX * Math.sin(left));
  pen.lineTo(x1 + HEAD_PX * Math.cos(right), y1 + HEAD_PX * Math.sin(right));
  pen.closePath();
}

function traceCross(pen: Pen, { x1, y1 }: ArrowShape): void {
  pen.moveTo(x1 - CROSS_PX, y1 - CROSS_PX);
  pen.lineTo(x1 + CROSS_PX, y1 + CROSS_PX);
  pen.moveTo(x1 + CROSS_PX, y1 - CROSS_PX);
  pen.lineTo(x1 - CROSS_PX, y1 + CROSS_PX);
}

function paintSelected(pen: Pen, arrow: ArrowShape, theme: LadderTheme): void {
  pen.strokeStyle = theme.attention;
  pen.lineWidth = 7;
  pen.globalAlpha = 0.35;
  pen.lineCap = 'round';
  pen.beginPath();
  traceWay(pen, arrow);
  pen.stroke();
  pen.globalAlpha = 1;
  pen.lineWidth = 2.5;
  pen.strokeStyle = colourOf(arrow, theme);
  pen.beginPath();
  traceWay(pen, arrow);
  pen.stroke();
  pen.lineCap = 'butt';
}

/** A stretch of text in one colour. */
interface Run {
  readonly text: string;
  readonly colour: string;
  readonly strong: boolean;
}

function paintWords(pen: Pen, arrow: ArrowShape, theme: LadderTheme, words: ArrowWords): void {
  const remarks = remarksOf(arrow, words);
  const runs: Run[] = arrow.label
    ? [
        { text: arrow.label.name, colour: colourOf(arrow, theme), strong: true },
        { text: arrow.label.rest, colour: theme.text, strong: false },
        ...remarks.map((text) => ({ text, colour: theme.attention, strong: false })),
      ].filter(({ text }) => text !== '')
    : [];
  pen.globalAlpha = arrow.dim ? 0.5 : 1;
  if (runs.length > 0) paintLabel(pen, arrow, runs, theme);
  if (arrow.end === 'lost' && arrow.cause && arrow.label) {
    const text = words.lost[arrow.cause];
    pen.fillStyle = theme.bad;
    pen.textAlign = arrow.from === 'a' ? 'left' : 'right';
    pen.fillText(text, arrow.x1 + (arrow.from === 'a' ? 12 : -12), arrow.y1 + 4);
  }
  pen.globalAlpha = 1;
}

function remarksOf(arrow: ArrowShape, words: ArrowWords): string[] {
  const remarks: string[] = [];
  if (arrow.again) remarks.push(words.again);
  if (arrow.duplicate) remarks.push(words.duplicate);
  if (arrow.damaged) remarks.push(words.damaged);
  if (arrow.overtaken) remarks.push(words.overtaken);
  if (arrow.ignored && !arrow.damaged) remarks.push(words.ignored);
  return remarks;
}

const GAP_PX = 6;

/** Along the arrow, above it, near its sender. */
function paintLabel(pen: Pen, arrow: ArrowShape, runs: readonly Run[], theme: LadderTheme): void {
  const forward = arrow.from === 'a';
  const [dx, dy] = [arrow.x1 - arrow.x0, arrow.y1 - arrow.y0];
  const slant = dy / Math.max(1, Math.abs(dx));
  pen.save();
  pen.translate(arrow.x0, arrow.y0);
  if (slant <= MAX_SLANT) pen.rotate(forward ? Math.atan(slant) : -Math.atan(slant));
  const widths = runs.map((run) => widthOf(pen, run, theme));
  const whole = widths.reduce((sum, width) => sum + width + GAP_PX, -GAP_PX);
  let x = forward ? LABEL_AT_PX : -LABEL_AT_PX - whole;
  pen.globalAlpha *= 0.82;
  pen.fillStyle = theme.surface;
  pen.fillRect(x - 2, -14, whole + 4, 12);
  pen.globalAlpha = arrow.dim ? 0.5 : 1;
  pen.textAlign = 'left';
  for (const [index, run] of runs.entries()) {
    setFont(pen, run, theme);
    pen.fillStyle = run.colour;
    pen.fillText(run.text, x, -4.5);
    x += (widths[index] ?? 0) + GAP_PX;
  }
  pen.restore();
}

const measured = new Map<string, number>();
const MAX_MEASURED = 4_000;

/** Measuring is the slow part of drawing text. */
function widthOf(pen: Pen, run: Run, theme: LadderTheme): number {
  const key = `${run.strong}${run.text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size >= MAX_MEASURED) measured.clear();
  setFont(pen, run, theme);
  const { width } = pen.measureText(run.text);
  measured.set(key, width);
  return width;
}

function setFont(pen: Pen, { strong }: Run, theme: LadderTheme): void {
  pen.font = `${strong ? '600 ' : ''}12px ${theme.mono}`;
}
