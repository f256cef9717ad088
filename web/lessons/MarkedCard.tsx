import { type ReactNode, type RefObject, useId } from 'react';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import s from './MarkedCard.module.css';
import { Marker } from './Marker.tsx';

/** Props of {@link MarkedCard}. */
export interface MarkedCardProps {
  /** What it is, and its id: the attribute by which scripts and tests find it, e.g. `{ 'data-quiz': 'ports' }`. */
  readonly mark: Readonly<Partial<Record<`data-${'task' | 'quiz' | 'exercise' | 'challenge'}`, string>>>;
  readonly status: 'upcoming' | 'active' | 'open' | 'done';
  readonly title: string;
  /** What the marker's colour says, in a word for those who do not see it. */
  readonly spokenStatus: string | null;
  /** In the marker until it is done. */
  readonly icon: ReactNode;
  /** At the end of the heading's line. */
  readonly actions?: ReactNode;
  readonly ref?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

const MARKER_STATES = { upcoming: 'waits', open: 'waits', active: 'next', done: 'done' } as const;

/** One thing to do in a lesson: a marker that says how it stands, a heading, and the rest. */
export function MarkedCard({ mark, status, title, spokenStatus, icon, actions, ref, children }: MarkedCardProps) {
  const heading = useId();
  return (
    <section ref={ref} className={s.card} data-status={status} {...mark} aria-labelledby={heading}>
      <span className={s.marker}>
        <Marker state={MARKER_STATES[status]}>{icon}</Marker>
      </span>
      <header className={s.header}>
        <h2 id={heading}>
          {title} {spokenStatus === null ? null : <VisuallyHidden>({spokenStatus})</VisuallyHidden>}
        </h2>
        {actions}
      </header>
      <div className={s.body}>{children}</div>
    </section>
  );
}
