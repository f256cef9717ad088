import { CopyButton } from '../design/CopyButton.tsx';
import s from './CopyBlock.module.css';

/** Props of {@link CopyBlock}. */
export interface CopyBlockProps {
  /** What is shown and copied. */
  readonly text: string;
  /** Accessible name of the button. */
  readonly copyLabel: string;
}

/** What is to be typed elsewhere, whole: long lines wrap. The button stands beside it where there is room, else below. */
export function CopyBlock({ text, copyLabel }: CopyBlockProps) {
  return (
    <div className={s.block}>
      <pre className={s.text}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={copyLabel} />
    </div>
  );
}
