import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment, Lesson, Step } from '#lessons/schema.ts';
import { useIsWide } from '../../design/use-media.ts';
import { setupOfScene } from '../../lab/lesson/scene-setup.ts';
import { browserLab } from '../../lab/page/browser-lab.ts';
import type { DockTab } from '../../lab/page/Dock.tsx';
import { LabBench } from '../../lab/page/LabBench.tsx';
import { LabProvider } from '../../lab/page/lab-context.tsx';
import { LabDesk } from '../../lab/page/lab-desk.ts';
import { systemClock } from '../../session/clock.ts';
import { useLesson, useLessonUi } from '../lesson-context.tsx';
import s from './LessonLab.module.css';
import { watchScene } from './watch-scene.ts';

const TABS: readonly DockTab[] = ['output', 'tape', 'packet', 'setup', 'table'];

/** The lab of a lesson: plays the scenes of its steps, and what happens in them turns the steps green. */
export function LessonLab() {
  const desk = useSceneDesk();
  return (
    <LabProvider desk={desk}>
      <div className={s.bench} data-testid="lesson-lab">
        <LabBench id="lesson-lab" tabs={TABS} narrow={!useIsWide()} />
      </div>
    </LabProvider>
  );
}

/** A desk with the scene of the step that waits laid out; another one is begun and played when it is asked for. */
function useSceneDesk(): LabDesk {
  const { t } = useTranslation('lab');
  const { lesson, session } = useLesson();
  const words = useRef(t);
  words.current = t;
  const task = useRef(firstScene(lesson, session.store.getState().active));
  const [desk] = useState(() => {
    const draft = setupOfScene(task.current.lab);
    return new LabDesk(
      browserLab((end) => words.current(`program.${end}`)),
      { experiment: task.current.id, draft },
    );
  });
  useEffect(
    () => watchScene(desk.session, (seen) => session.feedLab(task.current.id, seen, systemClock.now())),
    [desk, session],
  );
  useEffect(() => () => desk.session.close(), [desk]);
  const scene = useLessonUi((state) => state.scene);
  useEffect(() => {
    const wanted = scene && sceneOf(lesson, scene.task);
    if (!wanted) return;
    task.current = wanted;
    desk.begin(wanted.id, setupOfScene(wanted.lab));
    if (!wanted.lab.paused) desk.session.play();
  }, [scene, lesson, desk]);
  return desk;
}

type SceneTask = (Step | Experiment) & Required<Pick<Step, 'lab'>>;

function sceneOf({ steps, breakIt }: Lesson, id: string): SceneTask | null {
  const task = [...steps, ...breakIt].find((each) => each.id === id);
  return task?.lab ? { ...task, lab: task.lab } : null;
}

/** The scene of the step that waits, or of the lesson's first. Throws where a lesson has none. */
function firstScene(lesson: Lesson, active: string | null): SceneTask {
  const first = sceneOf(lesson, active ?? '') ?? lesson.steps.map(({ id }) => sceneOf(lesson, id)).find(Boolean);
  if (!first) throw new Error(`lesson ${lesson.id} has no scene`);
  return first;
}
