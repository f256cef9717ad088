import type { ComponentProps } from 'react';
import s from './Button.module.css';
import { classNames } from './class-names.ts';

/** How much a button asks for: one `primary` a view, `quiet` has no border until it is hovered. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet';

/** Props of {@link Button}: those of `<button>`, and its weight and size. */
export interface ButtonProps extends ComponentProps<'button'> {
  /** Default `secondary`. */
  readonly variant?: ButtonVariant;
  /** Default `md` (36 px high); `sm` is 28 px. */
  readonly size?: 'sm' | 'md';
}

/** A button with a text; `type` is `button` unless said. Use {@link buttonClass} to give a link the same look. */
export function Button({ variant = 'secondary', size = 'md', className, type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classNames(buttonClass(variant, size), className)} />;
}

/** The class of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: 'sm' | 'md' = 'md'): string {
  return classNames(s.button, s[variant], s[size]);
}
