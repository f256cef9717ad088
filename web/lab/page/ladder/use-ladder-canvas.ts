import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { documentToken, watchTheme } from '../../../terminal/theme.ts';
import type { Pen } from './arrow-painter.ts';
import { type LadderTheme, ladderTheme } from './ladder-theme.ts';

/** Size of an element's content box, in CSS pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** The size of a box, followed. */
export function useBoxSize(box: RefObject<HTMLElement | null>): BoxSize {
  const [size, setSize] = useState<BoxSize>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** Draws with a canvas's pen. */
export type Paint = (pen: Pen, theme: LadderTheme, ratio: number) => void;

/**
 * A canvas that is drawn once a frame at most: whenever `paint` is another function, the theme or the fonts change, or
 * the answered function is called (on scrolling).
 */
export function usePainter(canvas: RefObject<HTMLCanvasElement | null>, size: BoxSize, paint: Paint): () => void {
  const theme = useRef<LadderTheme | null>(null);
  const asked = useRef(0);
  const latest = useRef(paint);
  latest.current = paint;
  const draw = useCallback(() => {
    asked.current = 0;
    const pen = canvas.current?.getContext('2d', { alpha: false });
    if (!pen) return;
    theme.current ??= ladderTheme(documentToken);
    latest.current(pen, theme.current, window.devicePixelRatio);
  }, [canvas]);
  const ask = useCallback(() => {
    if (asked.current === 0) asked.current = requestAnimationFrame(draw);
  }, [draw]);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    element.width = Math.round(size.width * window.devicePixelRatio);
    element.height = Math.round(size.height * window.devicePixelRatio);
    draw();
  }, [canvas, size, draw]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is to be drawn
  useEffect(ask, [paint, ask]);
  useEffect(() => {
    const renew = () => {
      theme.current = null;
      ask();
    };
    void document.fonts.ready.then(renew);
    const stop = watchTheme(renew);
    return () => {
      stop();
      cancelAnimationFrame(asked.current);
      asked.current = 0;
    };
  }, [ask]);
  return ask;
}
