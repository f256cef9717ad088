import { type PointerEvent, type ReactNode, type RefObject, useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../../design/VisuallyHidden.tsx';
import { useLab, useLabState } from '../lab-context.tsx';
import { packetSentence } from '../packet-sentence.ts';
import { useNames } from '../use-names.ts';
import { GrabHint } from './GrabHint.tsx';
import s from './Ladder.module.css';
import { LadderHead } from './LadderHead.tsx';
import { type Columns, columnsFor } from './ladder-geometry.ts';
import { LadderLayout, type LadderScale } from './ladder-layout.ts';
import { paintLadder } from './ladder-painter.ts';
import { makePicture } from './ladder-picture.ts';
import { ribbonChoice } from './ladder-ribbon.ts';
import type { ArrowShape } from './ladder-scene.ts';
import { useFollowNow } from './use-follow-now.ts';
import { useGrab } from './use-grab.ts';
import { type BoxSize, useBoxSize, usePainter } from './use-ladder-canvas.ts';
import { useLadderKeys } from './use-ladder-keys.ts';

/** Room below the line of now. */
const BELOW_PX = 90;

/** Props of {@link Ladder}. */
export interface LadderProps {
  readonly scale: LadderScale;
  /** Beside the names of the hosts. */
  readonly children: ReactNode;
}

/**
 * The packets of a run between its hosts, slanted as they flew. One canvas, as high as the window on it, so that a long
 * run costs no more than a short one. The table beside it says the same in words.
 */
export function Ladder({ scale, children }: LadderProps) {
  const { t } = useTranslation('lab');
  const run = useLabState((state) => state.run);
  const box = useRef<HTMLDivElement>(null);
  const size = useBoxSize(box);
  const columns = useMemo(() => columnsFor(size.width), [size.width]);
  const layout = useMemo(() => new LadderLayout(scale), [scale]);
  const placed = usePlaced(layout);
  const { canvas, arrows, ask } = useDrawing({ box, size, columns, layout, placed });
  const height = Math.max(layout.height, placed.nowY) + BELOW_PX;
  useFollowNow(box, placed.nowY, size.height);
  const place = (event: PointerEvent) => placeOf(event, canvas.current, box.current);
  const { grab, handlers, letGo } = useGrab({ place, arrows, columns, pxPerMs: scale.pxPerMs });
  const onKeyDown = useLadderKeys(box, layout, letGo);
  return (
    <section className={s.frame} aria-label={t('ladder.region')}>
      <LadderHead columns={columns} flow={placed.flow}>
        {children}
      </LadderHead>
      <div
        ref={box}
        className={s.box}
        role="application"
        aria-label={t('ladder.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its keys choose packets
        tabIndex={0}
        onScroll={ask}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <canvas ref={canvas} className={s.canvas} style={size} aria-hidden />
        <div style={{ height: Math.max(0, height - size.height) }} />
      </div>
      {run.events.length === 0 ? <p className={s.empty}>{t('ladder.empty')}</p> : null}
      {grab ? <GrabHint grab={grab} /> : null}
      <ChosenPacket />
    </section>
  );
}

/** Where a pointer is in the picture, of which the canvas shows the part that the box is scrolled to. */
function placeOf(event: PointerEvent, canvas: Element | null, box: Element | null): { x: number; y: number } {
  const rect = canvas?.getBoundingClientRect();
  const top = box?.scrollTop ?? 0;
  return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) + top };
}

/** The chosen packet in a sentence, for whoever cannot see the drawing. */
function ChosenPacket() {
  const { t } = useTranslation('lab');
  const { book } = useLab();
  const names = useNames();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  const sentence = selected === null ? '' : packetSentence(t, book.get(selected), run.packets[selected], names);
  return (
    <VisuallyHidden>
      <span aria-live="polite">{sentence}</span>
    </VisuallyHidden>
  );
}

interface DrawingParts {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: BoxSize;
  readonly columns: Columns;
  readonly layout: LadderLayout;
  readonly placed: ReturnType<typeof usePlaced>;
}

/** The canvas, painted anew with whatever changes the picture, and when `ask` asks for it; the arrows as painted last. */
function useDrawing({ box, size, columns, layout, placed }: DrawingParts) {
  const { t } = useTranslation('lab');
  const { book } = useLab();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  const canvas = useRef<HTMLCanvasElement>(null);
  const arrows = useRef<readonly ArrowShape[]>([]);
  const source = { t, run, book, layout, columns, ...placed, flow: placed.flow?.id ?? null, selected };
  const latest = useRef(source);
  latest.current = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the picture makes another painter
  const paint = useCallback<Parameters<typeof usePainter>[2]>(
    (pen, theme, ratio) => {
      const window = { top: box.current?.scrollTop ?? 0, height: size.height, wire: run.setup.wire };
      const picture = makePicture({ ...latest.current, ...window });
      arrows.current = picture.arrows;
      paintLadder(pen, picture, theme, ratio);
    },
    [placed, columns, size.height, selected, t, run],
  );
  return { canvas, arrows, ask: usePainter(canvas, size, paint) };
}

/** The layout of the run as it is now, and the flow that is looked at: that of the chosen packet, else the first. */
function usePlaced(layout: LadderLayout) {
  const { book } = useLab();
  const run = useLabState((state) => state.run);
  const turn = useLabState((state) => state.turn);
  const selected = useLabState((state) => state.selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run is the same object after every event; its turn is not
  return useMemo(() => {
    layout.read(run.events);
    const flow = (selected === null ? null : book.get(selected)?.flow) ?? book.flows[0] ?? null;
    return { nowY: layout.yAt(run.now), flow, choice: ribbonChoice(run.events, book, flow) };
  }, [layout, run, turn, selected, book]);
}
