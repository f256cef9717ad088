/** What letting go of a grabbed packet would do: beside the wire it is dropped, on another one swapped, further down delayed. */
import type { Deed } from '../../net/run-setup.ts';
import { swapDeed } from './flying.ts';
import type { Columns } from './ladder-geometry.ts';
import { type ArrowShape, arrowAt } from './ladder-scene.ts';

/** A place on the diagram. */
export interface DiagramPoint {
  readonly x: number;
  readonly y: number;
}

/** Nearer to where it was grabbed, nothing is meant. */
const STILL_PX = 8;

const US_PER_MS = 1_000;

/** What releasing here does; `null`: nothing. */
export function grabIntent(
  grabbed: ArrowShape,
  start: DiagramPoint,
  here: DiagramPoint,
  view: { readonly arrows: readonly ArrowShape[]; readonly columns: Columns; readonly pxPerMs: number },
): Deed | null {
  if (Math.hypot(here.x - start.x, here.y - start.y) < STILL_PX) return null;
  const { packet, copy } = grabbed;
  if (here.x < view.columns.a || here.x > view.columns.b) return { deed: 'drop', packet, copy };
  const others = view.arrows.filter(
    (each) => each.end === 'flying' && each.from === grabbed.from && each.packet !== packet,
  );
  const other = arrowAt(others, here.x, here.y);
  if (other) return swapDeed({ packet, copy }, other);
  const down = here.y - start.y;
  if (down < STILL_PX) return null;
  return { deed: 'delay', packet, copy, byUs: Math.round(down / view.pxPerMs) * US_PER_MS };
}
