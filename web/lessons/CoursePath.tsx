import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE, type CourseEntry } from '#lessons/index.ts';
import { useLessonProgress } from './browser-progress.ts';
import s from './CoursePath.module.css';
import { Marker } from './Marker.tsx';
import { ProgressFile } from './ProgressFile.tsx';
import { ProgressNotice } from './ProgressNotice.tsx';
import { type Standing, standingOf } from './standing.ts';

/** Props of {@link CoursePath}. */
export interface CoursePathProps {
  /** Id of the lesson to go on with: the one that stands out. */
  readonly next: string;
}

/** The sixteen lessons as a path: what is done, and where to go on. */
export function CoursePath({ next }: CoursePathProps) {
  const { t } = useTranslation('lessons');
  return (
    <>
      <ProgressNotice />
      <ol className={s.path} aria-label={t('course.label')}>
        {COURSE.map((entry) => (
          <li key={entry.id} className={s.place} data-lesson={entry.id}>
            <Place entry={entry} isNext={entry.id === next} />
          </li>
        ))}
      </ol>
      <ProgressFile />
    </>
  );
}

function Place({ entry, isNext }: { readonly entry: CourseEntry; readonly isNext: boolean }) {
  const { t } = useTranslation('lessons');
  const standing = standingOf(entry, useLessonProgress(entry.id));
  const state = stateOf(standing);
  return (
    <Link href={`/lessons/${entry.id}`} className={s.lesson} data-state={state} data-next={isNext}>
      <Marker state={standing.finished ? 'done' : isNext ? 'next' : 'waits'}>{entry.number}</Marker>
      <Words entry={entry} />
      <span className={s.facts}>
        <span>{t('minutes', { count: entry.minutes })}</span>
        {standing.begun && !standing.finished ? <Bar standing={standing} /> : null}
        <span className={s.action}>{t(ACTIONS[state])}</span>
      </span>
    </Link>
  );
}

const ACTIONS = { new: 'course.begin', begun: 'course.resume', finished: 'course.again' } as const;

function stateOf({ begun, finished }: Standing): keyof typeof ACTIONS {
  return finished ? 'finished' : begun ? 'begun' : 'new';
}

function Bar({ standing: { done, total } }: { readonly standing: Standing }) {
  const { t } = useTranslation('lessons');
  return (
    <span className={s.bar}>
      <progress value={done} max={total} aria-hidden="true" />
      {t('steps', { done, total })}
    </span>
  );
}

function Words({ entry }: { readonly entry: CourseEntry }) {
  const { t } = useTranslation('lessons');
  return (
    <span className={s.words}>
      <span className={s.topic}>
        {t('course.number', { number: entry.number })} · {t(`topic.${entry.topic}`)}
      </span>
      <span className={s.title}>{t(`title.${entry.id}`)}</span>
    </span>
  );
}
