import { HelpCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Quiz } from '#lessons/schema.ts';
import { systemClock } from '../session/clock.ts';
import { browserProgress, useLessonProgress } from './browser-progress.ts';
import { ChoiceButton } from './Choices.tsx';
import { useLesson, useLessonUi } from './lesson-context.tsx';
import { MarkedCard } from './MarkedCard.tsx';
import s from './PredictCard.module.css';
import { Choice, only, without } from './slots.tsx';

/** Props of {@link QuizCard}. */
export interface QuizCardProps {
  readonly id: string;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A question about what was learnt. Every choice explains itself once it has been tried. */
export function QuizCard({ id, title, children }: QuizCardProps) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const quiz = lesson.quiz.find((each) => each.id === id);
  const { tried, done, choose } = useQuiz(quiz);
  if (!quiz) return null;
  return (
    <MarkedCard
      mark={{ 'data-quiz': id }}
      status={done ? 'done' : 'open'}
      title={title}
      spokenStatus={done ? t('state.done') : null}
      icon={<HelpCircle aria-hidden />}
    >
      {without(children, [Choice])}
      <ul className={s.choices} aria-label={t('quizChoices')}>
        {only(children, Choice).map(({ props }) => {
          const isTried = tried.includes(props.id ?? '');
          const isRight = props.id === quiz.right;
          return (
            <ChoiceButton
              key={props.id}
              mark={isTried ? (isRight ? 'good' : 'bad') : null}
              tags={isTried ? [t(isRight ? 'quizRight' : 'quizWrong')] : []}
              explained={isTried}
              onChoose={() => choose(props.id ?? '')}
            >
              {props.children}
            </ChoiceButton>
          );
        })}
      </ul>
      <div className={s.outcome} aria-live="polite">
        <p>{done ? t('quizRight') : tried.length > 0 ? `${t('quizWrong')} ${t('quizAgain')}` : ''}</p>
      </div>
    </MarkedCard>
  );
}

function useQuiz(quiz: Quiz | undefined) {
  const { lesson, ui } = useLesson();
  const { steps, answers } = useLessonProgress(lesson.id);
  const triedNow = useLessonUi((state) => (quiz ? state.tried[quiz.id] : undefined)) ?? [];
  const first = quiz && answers[quiz.id];
  const done = quiz !== undefined && steps[quiz.id] !== undefined;
  const tried = [...(first ? [first] : []), ...triedNow, ...(done ? [quiz.right] : [])];
  const choose = (choice: string) => {
    if (!quiz) return;
    const progress = browserProgress();
    progress.answer(lesson.id, quiz.id, choice);
    ui.setState((state) => ({
      tried: { ...state.tried, [quiz.id]: [...triedNow.filter((each) => each !== choice), choice] },
    }));
    if (choice === quiz.right && !done) progress.complete(lesson.id, quiz.id, systemClock.now());
  };
  return { tried, done, choose };
}
