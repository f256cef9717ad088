import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

/** Props of {@link IconButton}. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What the button does: its accessible name and its tooltip. */
  readonly label: string;
  /** An icon of lucide-react. */
  readonly icon: ReactNode;
  /** Default `md` (36 px); `sm` is 28 px. */
  readonly size?: 'sm' | 'md';
  /** A toggle that is on; sets `aria-pressed`. */
  readonly pressed?: boolean;
}

/** A square button with an icon only; its label is read aloud and shown as a tooltip. */
export function IconButton({ label, icon, size = 'md', pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(s.button, s[size], className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
