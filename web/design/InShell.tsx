import { CodeLine, type CodeLineProps } from './CodeLine.tsx';
import s from './InShell.module.css';

/** Props of {@link InShell}. */
export interface InShellProps extends Pick<CodeLineProps, 'text' | 'copyLabel'> {
  /** What opens it, e.g. "From a shell". */
  readonly summary: string;
}

/** The command that does in a shell what a form does, folded away. */
export function InShell({ summary, text, copyLabel }: InShellProps) {
  return (
    <details className={s.shell}>
      <summary>{summary}</summary>
      <CodeLine text={text} copyLabel={copyLabel} />
    </details>
  );
}
