import { Compass, Hammer } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { COURSE, type CourseEntry, courseEntry } from '#lessons/index.ts';
import type { Lesson } from '#lessons/schema.ts';
import { buttonClass } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { useIsWide } from '../design/use-media.ts';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { useSession } from '../session/react.tsx';
import { runCommand } from '../terminal/terminals-store.ts';
import { browserProgress } from './browser-progress.ts';
import { browserWitnesses } from './browser-witnesses.ts';
import { LessonArticle } from './LessonArticle.tsx';
import { LessonProvider } from './lesson-context.tsx';
import { type LessonSession, openLesson } from './lesson-session.ts';
import { useLessonStructure } from './lesson-structure.ts';
import { createLessonUi } from './lesson-ui.ts';
import { ToolPanels, ToolSheet } from './Tools.tsx';

/** A lesson: its words and steps, and beside them the workbench and the terminal. */
export function LessonPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('lessons');
  const entry = courseEntry(id);
  useCrumbs(entry);
  if (!entry) return <NoLesson title={t('unknownTitle')} body={t('unknownBody')} />;
  return <FetchedLesson entry={entry} />;
}

function FetchedLesson({ entry }: { readonly entry: CourseEntry }) {
  const lesson = useLessonStructure(entry);
  // The whole window is kept free for it.
  return lesson ? <OpenLessonPage entry={entry} lesson={lesson} /> : null;
}

function useCrumbs(entry: CourseEntry | undefined): void {
  const { t } = useTranslation(['lessons', 'page']);
  const here = entry
    ? [{ label: t('crumb', { number: entry.number, total: COURSE.length }), href: `/lessons/${entry.id}` }]
    : [];
  const title = entry ? t(`title.${entry.id}`) : t('unknownTitle');
  useBreadcrumb([{ label: t('page:nav.lessons'), href: '/' }, ...here, { label: title }]);
}

function NoLesson({ title, body }: { readonly title: string; readonly body: string }) {
  const { t } = useTranslation('lessons');
  return (
    <EmptyState icon={<Hammer aria-hidden />} title={title} heading>
      <p>{body}</p>
      <p>
        <Link href="/" className={buttonClass('primary')}>
          <Compass aria-hidden /> {t('toCourse')}
        </Link>
      </p>
    </EmptyState>
  );
}

function OpenLessonPage({ entry, lesson }: { readonly entry: CourseEntry; readonly lesson: Lesson }) {
  const session = useOpenLesson(lesson);
  const wide = useIsWide();
  const [sheetOpen, setSheetOpen] = useState(false);
  const ui = useMemo(createLessonUi, []);
  const run = useCallback((command: string) => {
    runCommand(command);
    setSheetOpen(true);
  }, []);
  const play = useCallback(
    (task: string) => {
      ui.setState(({ scene }) => ({ scene: { task, nth: (scene?.nth ?? 0) + 1 } }));
      setSheetOpen(true);
    },
    [ui],
  );
  const value = useMemo(() => session && { lesson, session, ui, run, play }, [lesson, session, ui, run, play]);
  if (!value) return null;
  return (
    <LessonProvider value={value}>
      {wide ? (
        <WideLesson entry={entry} />
      ) : (
        <>
          <LessonArticle entry={entry} />
          <ToolSheet open={sheetOpen} onOpenChange={setSheetOpen} />
        </>
      )}
    </LessonProvider>
  );
}

/** The lesson is watched while its page is open. */
function useOpenLesson(lesson: Lesson): LessonSession | null {
  const live = useSession();
  useEffect(() => live.namePorts(lesson.ports ?? []), [live, lesson]);
  const [session, setSession] = useState<LessonSession | null>(null);
  useEffect(() => {
    const opened = openLesson({
      lesson,
      wire: live.store,
      requestPayload: (seq) => live.requestPayload(seq),
      watching: live,
      progress: browserProgress(),
      witnesses: browserWitnesses(),
    });
    setSession(opened);
    return () => opened.close();
  }, [lesson, live]);
  return session;
}

function WideLesson({ entry }: { readonly entry: CourseEntry }) {
  const { t } = useTranslation('lessons');
  return (
    <Split id="lesson" orientation="horizontal">
      <SplitPanel id="words" defaultSize="38%" minSize="20rem" maxSize="65%">
        <LessonArticle entry={entry} />
      </SplitPanel>
      <SplitHandle label={t('resizeLesson')} />
      <SplitPanel id="tools" minSize="24rem">
        <ToolPanels />
      </SplitPanel>
    </Split>
  );
}
