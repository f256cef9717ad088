import { FlaskConical, RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';
import { browserProgress } from './browser-progress.ts';
import { CaptureLine } from './CaptureLine.tsx';
import { HelpOnRequest } from './HelpOnRequest.tsx';
import { TaskProvider, type TaskView, useLesson, useTaskView } from './lesson-context.tsx';
import { MarkedCard } from './MarkedCard.tsx';
import { Predict } from './PredictCard.tsx';
import { Program } from './Program.tsx';
import { Run } from './RunCommand.tsx';
import { Answer, Help, Hint, Seen, SeenWithout, Waiting, WithoutCapture, without } from './slots.tsx';
import s from './TaskCard.module.css';
import { TaskProof } from './TaskProof.tsx';

/** Props of `<Step>` and `<BreakIt>` in a lesson's words. */
export interface TaskCardProps {
  readonly id: string;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A step, or a "break it" experiment: what to do, what it waits for, and what was seen. */
export function TaskCard({ id, title, children }: TaskCardProps) {
  const { t } = useTranslation('lessons');
  const view = useTaskView(id);
  const card = useRef<HTMLElement>(null);
  useComingAndGoing(view, title, card);
  if (!view) return null;
  const apart = [
    Waiting,
    Seen,
    WithoutCapture,
    SeenWithout,
    Hint,
    Help,
    Answer,
    ...(view.status === 'upcoming' ? [Run, Program, Predict] : []),
  ];
  return (
    <TaskProvider value={view}>
      <MarkedCard
        ref={card}
        mark={{ 'data-task': id }}
        status={view.status}
        title={title}
        spokenStatus={t(`state.${view.status}`)}
        icon={view.kind === 'experiment' ? <FlaskConical aria-hidden /> : view.number}
        actions={view.status === 'done' ? <Again id={id} /> : null}
      >
        {without(children, apart)}
        {view.status === 'active' ? <CaptureLine view={view} /> : null}
        {view.status === 'upcoming' ? null : <TaskProof view={view}>{children}</TaskProof>}
        {view.status === 'active' ? <HelpOnRequest id={id}>{children}</HelpOnRequest> : null}
        {view.status === 'upcoming' && view.kind === 'experiment' ? (
          <p className={s.later}>{t('breakItLater')}</p>
        ) : null}
      </MarkedCard>
    </TaskProvider>
  );
}

function Again({ id }: { readonly id: string }) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  return (
    <IconButton
      size="sm"
      className={s.again ?? ''}
      label={t('again')}
      icon={<RotateCcw aria-hidden />}
      onClick={() => browserProgress().undo(lesson.id, id)}
    />
  );
}

/** Says aloud that a step was done, and brings the next one into sight. */
function useComingAndGoing(view: TaskView | null, title: string, card: { readonly current: HTMLElement | null }): void {
  const { t } = useTranslation('lessons');
  const { lesson, ui } = useLesson();
  const before = useRef(view?.status);
  useEffect(() => {
    if (!view || before.current === view.status) return;
    const was = before.current;
    before.current = view.status;
    if (view.status === 'done') {
      const key = view.kind === 'step' ? 'announceStep' : 'announceExperiment';
      ui.setState({ announcement: t(key, { number: view.number, total: lesson.steps.length, title }) });
    } else if (view.status === 'active' && was === 'upcoming') {
      card.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }, [view, title, card, lesson, ui, t]);
}
