import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { Deed } from '../../net/run-setup.ts';
import { useLab } from '../lab-context.tsx';
import { type DiagramPoint, grabIntent } from './grab-intent.ts';
import type { Columns } from './ladder-geometry.ts';
import { type ArrowShape, arrowAt } from './ladder-scene.ts';

/** What is grabbed, where the pointer is in the window, and what letting go there would do. */
export interface Grab {
  readonly arrow: ArrowShape;
  readonly intent: Deed | null;
  readonly clientX: number;
  readonly clientY: number;
}

/** What grabbing needs of the diagram. */
export interface GrabView {
  /** A pointer's place on the whole diagram. */
  readonly place: (event: PointerEvent) => DiagramPoint;
  readonly arrows: RefObject<readonly ArrowShape[]>;
  readonly columns: Columns;
  readonly pxPerMs: number;
}

/** Chooses packets with the pointer, and grabs those in flight. */
export function useGrab({ place, arrows, columns, pxPerMs }: GrabView) {
  const session = useLab();
  const start = useRef<DiagramPoint | null>(null);
  const [grab, setGrab] = useState<Grab | null>(null);
  const letGo = () => {
    start.current = null;
    setGrab(null);
  };
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const here = place(event);
      const arrow = arrowAt(arrows.current, here.x, here.y);
      session.select(arrow?.packet ?? null);
      if (arrow?.end !== 'flying') return;
      session.pause();
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = here;
      setGrab({ arrow, intent: null, clientX: event.clientX, clientY: event.clientY });
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const here = place(event);
      if (!grab || !start.current) {
        const over = arrowAt(arrows.current, here.x, here.y);
        event.currentTarget.dataset.over = over ? (over.end === 'flying' ? 'flying' : 'arrow') : '';
        return;
      }
      const intent = grabIntent(grab.arrow, start.current, here, { arrows: arrows.current, columns, pxPerMs });
      setGrab({ ...grab, intent, clientX: event.clientX, clientY: event.clientY });
    },
    onPointerUp() {
      if (grab?.intent) void session.act(grab.intent);
      letGo();
    },
    onPointerCancel: letGo,
  };
  return { grab, handlers, letGo };
}
