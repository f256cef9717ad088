import type { ReactNode } from 'react';
import s from './CodeLine.module.css';
import { CopyButton } from './CopyButton.tsx';

/** Props of {@link CodeLine}. */
export interface CodeLineProps {
  /** What is shown and copied. */
  readonly text: string;
  /** Accessible name of the copy button, e.g. "Copy the telnet command". */
  readonly copyLabel: string;
  /** Before the copy button, e.g. `Run ▸`. */
  readonly actions?: ReactNode;
}

/** A command or a short program to copy. Long lines scroll inside, never the page. */
export function CodeLine({ text, copyLabel, actions }: CodeLineProps) {
  return (
    <div className={s.line}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable) */}
      <pre className={s.text} tabIndex={0}>
        <code>{text}</code>
      </pre>
      {actions}
      <CopyButton compact text={text} label={copyLabel} />
    </div>
  );
}
