import { Tooltip as RadixTooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import s from './Tooltip.module.css';

/** Time the pointer rests before a tooltip shows, in milliseconds. */
const TOOLTIP_DELAY_MS = 400;

/** Wraps the app once, so that moving from one tooltip to the next is quick. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <RadixTooltip.Provider delayDuration={TOOLTIP_DELAY_MS}>{children}</RadixTooltip.Provider>;
}

/** Props of {@link Tooltip}. */
export interface TooltipProps {
  /** What the tooltip says. */
  readonly label: ReactNode;
  /** One element that can be focused; it receives the ref and the handlers. */
  readonly children: ReactElement;
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A short explanation on hover and on keyboard focus. Never the only place of a fact: touch has no hover. */
export function Tooltip({ label, children, side = 'bottom' }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content className={s.content} side={side} sideOffset={6} collisionPadding={8}>
          {label}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
