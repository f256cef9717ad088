import { Check, Radar } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Exercise } from '#lessons/schema.ts';
import { EvidenceBadge } from '../../design/EvidenceBadge.tsx';
import { VisuallyHidden } from '../../design/VisuallyHidden.tsx';
import { systemClock } from '../../session/clock.ts';
import { browserProgress, useLessonProgress } from '../browser-progress.ts';
import { useLesson } from '../lesson-context.tsx';
import { Why, without, wordsOf } from '../slots.tsx';
import card from '../TaskCard.module.css';
import { BlankExercise } from './BlankExercise.tsx';
import s from './ExerciseCard.module.css';
import { FindExercise } from './FindExercise.tsx';
import { OrderExercise } from './OrderExercise.tsx';
import type { TracePacket } from './trace-packets.ts';
import { useTrace } from './use-trace.ts';

/** Props of {@link ExerciseCard}. */
export interface ExerciseCardProps {
  readonly id: string;
  readonly title: string;
  /** The task, and a `<Why>` that is shown once it is done. */
  readonly children?: ReactNode;
}

/** An exercise on a capture that comes with the page. It is judged by the packets themselves. */
export function ExerciseCard({ id, title, children }: ExerciseCardProps) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const heading = useId();
  const exercise = lesson.exercises?.find((each) => each.id === id);
  const done = useLessonProgress(lesson.id).steps[id] !== undefined;
  if (!exercise) return null;
  const complete = (): void => browserProgress().complete(lesson.id, id, systemClock.now());
  return (
    <section className={card.card} data-status={done ? 'done' : 'open'} data-exercise={id} aria-labelledby={heading}>
      <span className={card.marker} aria-hidden="true">
        {done ? <Check aria-hidden strokeWidth={3} /> : <Radar aria-hidden />}
      </span>
      <header className={card.header}>
        <h2 id={heading}>
          {title} {done ? <VisuallyHidden>({t('state.done')})</VisuallyHidden> : null}
        </h2>
      </header>
      <div className={card.body}>
        {without(children, [Why])}
        <Body exercise={exercise} complete={complete} />
        <div aria-live="polite">
          {done ? (
            <div className={s.why}>
              <b>{t('exercise.done')}</b> {wordsOf(children, Why)}
            </div>
          ) : null}
        </div>
        <p className={s.foot}>
          <EvidenceBadge evidence="captured" />
          <Link href={`/packets?trace=${exercise.trace}`}>{t('exercise.look')}</Link>
        </p>
      </div>
    </section>
  );
}

/** Props of each kind of exercise. */
export interface ExerciseProps<Kind extends Exercise['kind']> {
  readonly exercise: Extract<Exercise, { kind: Kind }>;
  readonly packets: readonly TracePacket[];
  readonly complete: () => void;
}

function Body({ exercise, complete }: { readonly exercise: Exercise; readonly complete: () => void }) {
  const { t } = useTranslation('lessons');
  const packets = useTrace(exercise.trace);
  if (packets === 'loading') return <p>{t('exercise.loading')}</p>;
  if (packets === 'failed') return <p role="alert">{t('exercise.failed')}</p>;
  switch (exercise.kind) {
    case 'blank':
      return <BlankExercise exercise={exercise} packets={packets} complete={complete} />;
    case 'order':
      return <OrderExercise exercise={exercise} packets={packets} complete={complete} />;
    case 'find':
      return <FindExercise exercise={exercise} packets={packets} complete={complete} />;
  }
}
