import type { ReactNode } from 'react';
import s from './EmptyState.module.css';

/** Props of {@link EmptyState}. */
export interface EmptyStateProps {
  /** An icon of lucide-react. */
  readonly icon?: ReactNode;
  /** What is not there yet. */
  readonly title: string;
  /** The title is the page's heading. Default false. */
  readonly heading?: boolean;
  /** What to do so that it comes. */
  readonly children?: ReactNode;
}

/** What a panel shows while it has nothing: what is missing, and what to do. */
export function EmptyState({ icon, title, heading = false, children }: EmptyStateProps) {
  return (
    <div className={s.empty}>
      {icon ? <span className={s.icon}>{icon}</span> : null}
      {heading ? <h1 className={s.title}>{title}</h1> : <p className={s.title}>{title}</p>}
      {children ? <div className={s.body}>{children}</div> : null}
    </div>
  );
}
