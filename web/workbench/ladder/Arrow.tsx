import type { WireEvent } from '#protocol/wire.ts';
import s from './Arrow.module.css';

/** Kinds of events; `flow`: the first datagram of a flow, which opens nothing; `segment`: a packet without payload. */
export type ArrowKind = WireEvent['kind'] | 'flow' | 'segment';

/** Props of {@link Arrow}. */
export interface ArrowProps {
  readonly kind: ArrowKind;
  readonly direction: WireEvent['direction'];
  /** A datagram after which nothing has come back. */
  readonly unanswered?: boolean;
}

/**
 * The drawing of one event between the two lifelines; each kind has a shape of its own. Always level: both times of
 * an octet are never known here. Mirrored by the style sheet for what goes to the client.
 */
export function Arrow({ kind, direction, unanswered = false }: ArrowProps) {
  const head = headOf(kind);
  return (
    <span
      className={s.arrow}
      data-kind={kind}
      data-direction={direction ?? 'none'}
      data-unanswered={unanswered}
      aria-hidden
    >
      {hasTail(kind) ? <Mark shape={kind === 'datagram' ? 'square' : 'dot'} at="tail" /> : null}
      <span className={s.line} />
      {head ? <Mark shape={head} at="head" /> : null}
      {unanswered ? <Mark shape="ring" at="end" /> : null}
    </span>
  );
}

type Shape = 'triangle' | 'chevron' | 'bar' | 'cross' | 'dot' | 'square' | 'ring' | 'open';

const PATHS: Readonly<Record<Shape, string>> = {
  triangle: 'M1 1 L13 7 L1 13 Z',
  chevron: 'M3 1.5 L12 7 L3 12.5',
  open: 'M2 1.5 L12 7 L2 12.5 Z',
  bar: 'M3 2.5 L9 7 L3 11.5 M12 0 V14',
  cross: 'M2 2 L12 12 M12 2 L2 12',
  dot: 'M7 3 a4 4 0 1 0 0.01 0 Z',
  square: 'M3 3 H11 V11 H3 Z',
  ring: 'M7 2.5 a4.5 4.5 0 1 0 0.01 0 Z',
};

const FILLED: ReadonlySet<Shape> = new Set(['triangle', 'dot', 'square']);

function Mark({ shape, at }: { readonly shape: Shape; readonly at: 'head' | 'tail' | 'end' }) {
  return (
    <svg className={s.mark} data-at={at} viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      <path d={PATHS[shape]} data-filled={FILLED.has(shape)} />
    </svg>
  );
}

const hasTail = (kind: ArrowKind): boolean =>
  kind === 'opened' || kind === 'closed' || kind === 'datagram' || kind === 'reset';

function headOf(kind: ArrowKind): Shape | null {
  switch (kind) {
    case 'data':
      return 'triangle';
    case 'datagram':
    case 'segment':
      return 'chevron';
    case 'half-closed':
      return 'bar';
    case 'opened':
    case 'closed':
      return 'dot';
    case 'reset':
    case 'failed':
      return 'cross';
    case 'skipped':
      return 'open';
    // None of these goes one way.
    case 'flow':
    case 'error':
    case 'detached':
      return null;
    default:
      return kind satisfies never;
  }
}
