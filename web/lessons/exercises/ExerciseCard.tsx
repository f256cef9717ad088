import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Exercise } from '#lessons/schema.ts';
import { EvidenceBadge } from '../../design/EvidenceBadge.tsx';
import { systemClock } from '../../session/clock.ts';
import { browserProgress } from '../browser-progress.ts';
import { ExtraCard, type ExtraProps, useIsDone } from '../ExtraCard.tsx';
import { useLesson } from '../lesson-context.tsx';
import { BlankExercise } from './BlankExercise.tsx';
import { FindExercise } from './FindExercise.tsx';
import { OrderExercise } from './OrderExercise.tsx';
import type { TracePacket } from './trace-packets.ts';
import { useTrace } from './use-trace.ts';

/** An exercise on a capture that comes with the page. It is judged by the packets themselves. */
export function ExerciseCard({ id, title, children }: ExtraProps) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const exercise = lesson.exercises?.find((each) => each.id === id);
  const done = useIsDone(id);
  if (!exercise) return null;
  const complete = (): void => browserProgress().complete(lesson.id, id, systemClock.now());
  const foot = (
    <>
      <EvidenceBadge evidence="captured" />
      <Link href={`/packets?trace=${exercise.trace}`}>{t('exercise.look')}</Link>
    </>
  );
  return (
    <ExtraCard
      mark={{ 'data-exercise': id }}
      icon={<Radar aria-hidden />}
      title={title}
      done={done}
      doneWords={t('exercise.done')}
      work={<Work exercise={exercise} done={done} complete={complete} />}
      foot={foot}
    >
      {children}
    </ExtraCard>
  );
}

/** Props of each kind of exercise. */
export interface ExerciseProps<Kind extends Exercise['kind']> {
  readonly exercise: Extract<Exercise, { kind: Kind }>;
  readonly packets: readonly TracePacket[];
  /** Whether it was done already; what is right is shown then. */
  readonly done: boolean;
  readonly complete: () => void;
}

type WorkProps = Pick<ExerciseProps<Exercise['kind']>, 'done' | 'complete'> & { readonly exercise: Exercise };

function Work({ exercise, done, complete }: WorkProps) {
  const { t } = useTranslation('lessons');
  const packets = useTrace(exercise.trace);
  if (packets === 'loading') return <p>{t('exercise.loading')}</p>;
  if (packets === 'failed') return <p role="alert">{t('exercise.failed')}</p>;
  switch (exercise.kind) {
    case 'blank':
      return <BlankExercise exercise={exercise} packets={packets} done={done} complete={complete} />;
    case 'order':
      return <OrderExercise exercise={exercise} packets={packets} done={done} complete={complete} />;
    case 'find':
      return <FindExercise exercise={exercise} packets={packets} done={done} complete={complete} />;
  }
}
