import type { EndState } from './end-states.ts';
import s from './Lifeline.module.css';
import { segment } from './state-tone.ts';

/** Props of {@link Lifeline}. */
export interface LifelineProps {
  readonly end: 'client' | 'server';
  readonly before: EndState | null;
  /** State below the row's line; left out where the row changes nothing. */
  readonly after?: EndState | null;
}

/** One row's piece of a lifeline: the state above the line, and the state below it. */
export function Lifeline({ end, before, after }: LifelineProps) {
  const changes = after !== undefined && after?.name !== before?.name;
  return (
    <span className={s.lifeline} data-end={end} aria-hidden>
      <span className={s.segment} data-half={changes ? 'upper' : 'whole'} {...segment(before)} />
      {changes ? <span className={s.segment} data-half="lower" {...segment(after ?? null)} /> : null}
    </span>
  );
}
