import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import s from './Marker.module.css';

/** Props of {@link Marker}. */
export interface MarkerProps {
  /** `next`: it can be done now. `waits`: not yet, or whenever one likes. */
  readonly state: 'waits' | 'next' | 'done';
  /** A number or an icon, until it is done. Default: nothing. */
  readonly children?: ReactNode;
  /** Default: as in lessons; `small` stands in a list. */
  readonly size?: 'small';
}

/** The round sign of a lesson, a part of one, or a challenge; whatever it says is said in words beside it. */
export function Marker({ state, children, size }: MarkerProps) {
  return (
    <span className={s.marker} data-state={state} data-size={size} aria-hidden="true">
      {state === 'done' ? <Check strokeWidth={3} /> : children}
    </span>
  );
}
