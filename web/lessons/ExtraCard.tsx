import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLessonProgress } from './browser-progress.ts';
import s from './ExtraCard.module.css';
import { useLesson } from './lesson-context.tsx';
import { MarkedCard, type MarkedCardProps } from './MarkedCard.tsx';
import { Why, without, wordsOf } from './slots.tsx';

/** Props of `<Exercise>` and `<Challenge>` in a lesson's words. */
export interface ExtraProps {
  readonly id: string;
  readonly title: string;
  /** The task, and a `<Why>` that is shown once it is done. */
  readonly children?: ReactNode;
}

/** Props of {@link ExtraCard}. */
export interface ExtraCardProps extends Omit<ExtraProps, 'id'>, Pick<MarkedCardProps, 'mark' | 'icon'> {
  readonly done: boolean;
  /** What stands before the reason why, once it is done. */
  readonly doneWords: string;
  /** What is to be done, below the task. */
  readonly work: ReactNode;
  readonly foot: ReactNode;
}

/** Something to do besides the steps, which are done by what happens on the wire. */
export function ExtraCard({ done, doneWords, work, foot, children, ...marked }: ExtraCardProps) {
  const { t } = useTranslation('lessons');
  return (
    <MarkedCard {...marked} status={done ? 'done' : 'open'} spokenStatus={done ? t('state.done') : null}>
      {without(children, [Why])}
      {work}
      <div aria-live="polite">
        {done ? (
          <div className={s.why}>
            <b>{doneWords}</b> {wordsOf(children, Why)}
          </div>
        ) : null}
      </div>
      <p className={s.foot}>{foot}</p>
    </MarkedCard>
  );
}

/** Whether this part of the lesson around is done; renders again when that changes. */
export function useIsDone(id: string): boolean {
  const { lesson } = useLesson();
  return useLessonProgress(lesson.id).steps[id] !== undefined;
}
