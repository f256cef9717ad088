import { HelpCircle } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { browserProgress, useLessonProgress } from './browser-progress.ts';
import { ChoiceButton, type Mark } from './Choices.tsx';
import { useLesson, useTask } from './lesson-context.tsx';
import s from './PredictCard.module.css';
import { Choice, Otherwise, only, without, wordsOf } from './slots.tsx';

/** What is known of a prediction. */
interface Outcome {
  /** Asked; answered; the step is done and what happened is known, or was seen elsewhere. */
  readonly stage: 'asked' | 'answered' | 'settled' | 'unknown';
  readonly answer: string | null;
  /** The choice that happened; `null` when none of them did. */
  readonly happened: string | null;
}

/** A question asked before a step is done, and compared with what was then seen. */
export function Predict({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const outcome = useOutcome(id);
  const heading = useId();
  const answer = (choice: string) => browserProgress().answer(lesson.id, id, choice);
  return (
    <fieldset className={s.predict} aria-labelledby={heading} data-predict={id} data-stage={outcome.stage}>
      <p id={heading} className={s.label}>
        <HelpCircle aria-hidden /> {t('predict')}
      </p>
      <div>{without(children, [Choice, Otherwise])}</div>
      <ul className={s.choices}>
        {only(children, Choice).map(({ props }) => (
          <PredictedChoice key={props.id} id={props.id ?? ''} outcome={outcome} onChoose={answer}>
            {props.children}
          </PredictedChoice>
        ))}
      </ul>
      <div className={s.outcome} aria-live="polite">
        <OutcomeLine outcome={outcome}>{wordsOf(children, Otherwise)}</OutcomeLine>
      </div>
    </fieldset>
  );
}

function useOutcome(id: string): Outcome {
  const { lesson } = useLesson();
  const task = useTask();
  const answer = useLessonProgress(lesson.id).answers[id] ?? null;
  const observed = task?.witness?.observed[id];
  if (task?.status !== 'done') return { stage: answer === null ? 'asked' : 'answered', answer, happened: null };
  return { stage: observed === undefined ? 'unknown' : 'settled', answer, happened: observed ?? null };
}

interface PredictedChoiceProps {
  readonly id: string;
  readonly outcome: Outcome;
  readonly onChoose: (id: string) => void;
  readonly children: ReactNode;
}

function PredictedChoice({ id, outcome, onChoose, children }: PredictedChoiceProps) {
  const { t } = useTranslation('lessons');
  const { stage, answer, happened } = outcome;
  const isMine = answer === id;
  const isWhatHappened = stage === 'settled' && happened === id;
  const mark: Mark = isWhatHappened ? 'good' : isMine ? (stage === 'settled' ? 'bad' : 'chosen') : null;
  const tags = [isMine ? t('predictedMine') : [], isWhatHappened ? t('happened') : []].flat();
  return (
    <ChoiceButton
      mark={mark}
      tags={tags}
      explained={stage === 'settled' && (isMine || isWhatHappened)}
      disabled={stage !== 'asked'}
      onChoose={() => onChoose(id)}
    >
      {children}
    </ChoiceButton>
  );
}

function OutcomeLine({ outcome, children }: { readonly outcome: Outcome; readonly children: ReactNode }) {
  const { t } = useTranslation('lessons');
  const { stage, answer, happened } = outcome;
  switch (stage) {
    case 'asked':
      return <p>{t('predictNow')}</p>;
    case 'answered':
      return <p>{t('predicted')}</p>;
    case 'unknown':
      return <p>{t('predictionUnknown')}</p>;
    case 'settled':
      if (happened === null) return children;
      return (
        <p>{t(answer === null ? 'predictionNone' : answer === happened ? 'predictionRight' : 'predictionWrong')}</p>
      );
    default:
      return stage satisfies never;
  }
}
