/** Puts together what a window of the ladder shows. */

import { formatMs } from '../../../workbench/format.ts';
import type { WireSettings } from '../../net/link-settings.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import type { RunEvent } from '../../net/run-event.ts';
import type { SimTime } from '../../stack/time.ts';
import type { PacketBook } from '../packet-book.ts';
import type { ArrowWords } from './arrow-painter.ts';
import type { Columns } from './ladder-geometry.ts';
import type { LadderLayout, Placed } from './ladder-layout.ts';
import { type LabWords, type Note, noteOf } from './ladder-notes.ts';
import type { LadderPicture, PlacedNote } from './ladder-painter.ts';
import { type RibbonChoice, ribbonOf, toneOf } from './ladder-ribbon.ts';
import { arrowsIn } from './ladder-scene.ts';

/** What a picture is made of. */
export interface PictureSource {
  readonly t: LabWords;
  readonly run: {
    readonly events: readonly RunEvent[];
    readonly packets: readonly PacketRecord[];
    readonly now: SimTime;
  };
  readonly book: PacketBook;
  readonly layout: LadderLayout;
  readonly columns: Columns;
  /** Whose states the lifelines show, and whose packets are not dimmed. */
  readonly choice: RibbonChoice;
  readonly flow: number | null;
  readonly nowY: number;
  readonly selected: number | null;
  readonly wire: WireSettings;
  readonly top: number;
  readonly height: number;
}

/** Rows a little outside of the window whose notes reach into it. */
const MARGIN_PX = 40;

/** Notes nearer to each other on one side are left out. */
const NOTE_PX = 13;

/** The picture of the window that begins at `top`. */
export function makePicture(source: PictureSource): LadderPicture {
  const { t, run, layout, columns, top, height, nowY } = source;
  const rows = layout.rows.slice(layout.rowBelow(top - MARGIN_PX), layout.rowBelow(top + height + MARGIN_PX));
  return {
    columns,
    top,
    height,
    rows,
    arrows: arrowsIn({ ...source, packets: run.packets, now: run.now }, { top, height, columns }),
    notes: notesOf(source, rows),
    ribbon: ribbonOf(run.events, source.choice, layout, nowY),
    now: { y: nowY, text: t('ladder.now', { time: formatMs(run.now) }) },
    timeText: formatMs,
    words: arrowWords(t),
  };
}

function notesOf({ t, run, choice }: PictureSource, rows: readonly Placed[]): readonly PlacedNote[] {
  const last = { a: Number.NEGATIVE_INFINITY, b: Number.NEGATIVE_INFINITY };
  const notes: PlacedNote[] = [];
  for (const { event: index, y } of rows) {
    const event = run.events[index];
    const note = event && (stateNote(event, choice) ?? noteOf(t, event, run.packets));
    if (!note || y - last[note.host] < NOTE_PX) continue;
    last[note.host] = y;
    notes.push({ ...note, y });
  }
  return notes;
}

function stateNote(event: RunEvent, choice: RibbonChoice): Note | null {
  if (event.kind !== 'state' || !choice[event.host].has(event.connection)) return null;
  return { host: event.host, tone: toneOf(event.to), text: event.to };
}

function arrowWords(t: LabWords): ArrowWords {
  return {
    again: t('arrow.again'),
    duplicate: t('arrow.duplicate'),
    damaged: t('arrow.damaged'),
    overtaken: t('arrow.overtaken'),
    ignored: t('arrow.ignored'),
    lost: {
      dice: t('arrow.lost.dice'),
      rule: t('arrow.lost.rule'),
      hand: t('arrow.lost.hand'),
      queue: t('arrow.lost.queue'),
      mtu: t('arrow.lost.mtu'),
    },
  };
}
