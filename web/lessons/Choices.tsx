import type { ReactNode } from 'react';
import s from './Choices.module.css';
import { phrase, Why, without, wordsOf } from './slots.tsx';

/** How a choice is shown after it was made or settled. */
export type Mark = 'good' | 'bad' | 'chosen' | null;

/** Props of {@link ChoiceButton}. */
export interface ChoiceButtonProps {
  /** The words: what is chosen, and a `<Why>`. */
  readonly children: ReactNode;
  readonly mark: Mark;
  /** Words that say what the mark means: the colour is never alone. */
  readonly tags: readonly string[];
  readonly explained: boolean;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}

/** One choice as a button, and below it why, once that may be known. */
export function ChoiceButton({ children, mark, tags, explained, disabled = false, onChoose }: ChoiceButtonProps) {
  return (
    <li className={s.item}>
      <button
        type="button"
        className={s.choice}
        data-mark={mark ?? undefined}
        aria-pressed={mark !== null}
        aria-disabled={disabled}
        onClick={() => {
          if (!disabled) onChoose();
        }}
      >
        <span className={s.dot} aria-hidden="true" />
        <span>{phrase(without(children, [Why]))}</span>
        {tags.map((tag) => (
          <span key={tag} className={s.tag}>
            {tag}
          </span>
        ))}
      </button>
      {explained ? <div className={s.why}>{wordsOf(children, Why)}</div> : null}
    </li>
  );
}
