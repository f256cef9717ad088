import { ArrowRight, RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type CourseEntry, nextLesson } from '#lessons/index.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { toast } from '../design/toast-store.ts';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { useLessonProgress } from './browser-progress.ts';
import s from './LessonArticle.module.css';
import { type LessonContent, useLessonContent } from './lesson-content.ts';
import { resetLesson, useLesson, useLessonUi } from './lesson-context.tsx';
import { createLessonUi } from './lesson-ui.ts';
import { MDX_COMPONENTS } from './mdx-components.tsx';
import { ProgressNotice } from './ProgressNotice.tsx';
import { standingOf } from './standing.ts';

/** The words of a lesson in the language of the page, with its steps, and what comes after. */
export function LessonArticle({ entry }: { readonly entry: CourseEntry }) {
  const { t, i18n } = useTranslation('lessons');
  const content = useLessonContent(entry, i18n.language);
  if (content === 'loading') return <Around>{t('loading')}</Around>;
  if (content === 'failed') return <Around>{t('loadFailed')}</Around>;
  return (
    <article className={s.article} data-lesson={entry.id}>
      <ProgressNotice />
      <Head entry={entry} content={content} />
      <div className={s.words}>
        <content.Content components={MDX_COMPONENTS} />
      </div>
      <Foot entry={entry} />
      <Announcer />
    </article>
  );
}

function Around({ children }: { readonly children: ReactNode }) {
  return (
    <div className={s.article}>
      <p className={s.notice}>{children}</p>
    </div>
  );
}

function Head({ entry, content }: { readonly entry: CourseEntry; readonly content: LessonContent }) {
  const { t } = useTranslation('lessons');
  return (
    <header className={s.head}>
      <p className={s.kicker}>
        <span>{t(`topic.${entry.topic}`)}</span>
        <span aria-hidden="true"> · </span>
        <span>{t('minutes', { count: entry.minutes })}</span>
      </p>
      <h1>{content.title}</h1>
      <ProgressBar entry={entry} />
    </header>
  );
}

function ProgressBar({ entry }: { readonly entry: CourseEntry }) {
  const { t } = useTranslation('lessons');
  const { done, total } = standingOf(entry, useLessonProgress(entry.id));
  return (
    <div className={s.progress}>
      <progress value={done} max={total} aria-label={t('progress')} />
      <span>{t('steps', { done, total })}</span>
    </div>
  );
}

function Foot({ entry }: { readonly entry: CourseEntry }) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const { finished } = standingOf(entry, useLessonProgress(entry.id));
  const inLab = lesson.steps.every((step) => step.lab);
  const next = nextLesson(entry.number);
  return (
    <footer className={s.foot}>
      {finished ? (
        <div className={s.finished}>
          <h2>{t('finished')}</h2>
          <p>{t(inLab ? 'finishedLab' : 'finishedBody')}</p>
        </div>
      ) : null}
      {next ? null : <p className={s.notice}>{t('last')}</p>}
      <div className={s.ways}>
        <Reset />
        <Link href={next ? `/lessons/${next.id}` : '/'} className={buttonClass(finished ? 'primary' : 'secondary')}>
          {next ? t('nextIs', { title: t(`title.${next.id}`) }) : t('toCourse')}
          <ArrowRight aria-hidden />
        </Link>
      </div>
    </footer>
  );
}

function Reset() {
  const { t } = useTranslation('lessons');
  const { lesson, ui } = useLesson();
  const [asking, setAsking] = useState(false);
  const reset = () => {
    resetLesson(lesson.id);
    ui.setState(createLessonUi().getState(), true);
    setAsking(false);
    toast({ kind: 'good', text: t('resetDone') });
  };
  return (
    <>
      <Button variant="quiet" onClick={() => setAsking(true)}>
        <RotateCcw aria-hidden /> {t('reset')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t('resetTitle')}
        description={t('resetBody')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('resetCancel')}</Button>
            <Button variant="primary" onClick={reset}>
              {t('resetDo')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  );
}

/** Reads aloud what was done while the learner is in the terminal. */
function Announcer() {
  const announcement = useLessonUi((state) => state.announcement);
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" data-testid="announcement">
        {announcement}
      </span>
    </VisuallyHidden>
  );
}
