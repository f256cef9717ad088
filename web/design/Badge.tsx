import type { ComponentProps } from 'react';
import s from './Badge.module.css';
import { classNames } from './class-names.ts';

/** What a badge means; the colour never stands alone, the badge's text says the same. */
export type Tone = 'neutral' | 'sent' | 'received' | 'attention' | 'good' | 'bad' | 'info';

/** Props of {@link Badge}. */
export interface BadgeProps extends ComponentProps<'span'> {
  /** Default `neutral`. */
  readonly tone?: Tone;
}

/** A small label with a word in it. */
export function Badge({ tone = 'neutral', className, ...rest }: BadgeProps) {
  return <span {...rest} className={classNames(s.badge, s[tone], className)} />;
}
