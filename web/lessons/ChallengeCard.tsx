import { Hammer } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { progressKey } from '#protocol/check.ts';
import { lazily } from '../design/lazily.tsx';
import { systemClock } from '../session/clock.ts';
import { browserProgress, useLessonProgress } from './browser-progress.ts';
import { ExtraCard, type ExtraProps, useIsDone } from './ExtraCard.tsx';
import { useLesson } from './lesson-context.tsx';

const EmbeddedCheck = lazily(
  async () => (await import('../challenges/EmbeddedCheck.tsx')).EmbeddedCheck,
  ['challenges'],
);

/** Kept beside a challenge's stages once all of them passed in one run; see web/challenges/standing.ts. */
const PASSED = 'passed';

/** A program to write, with its check. Done when the check has passed, here or on the page of challenges. */
export function ChallengeCard({ id, title, children }: ExtraProps) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const challenge = lesson.challenges?.find((each) => each.id === id)?.challenge ?? '';
  const done = useIsDone(id);
  const passedMs = useLessonProgress(progressKey(challenge)).steps[PASSED];
  useEffect(() => {
    if (passedMs !== undefined && !done) browserProgress().complete(lesson.id, id, systemClock.now());
  }, [passedMs, done, lesson.id, id]);
  return (
    <ExtraCard
      mark={{ 'data-challenge': id }}
      icon={<Hammer aria-hidden />}
      title={title}
      done={done}
      doneWords={t('code.done')}
      work={<EmbeddedCheck id={challenge} />}
      foot={<Link href={`/challenges/${challenge}`}>{t('code.challenge')}</Link>}
    >
      {children}
    </ExtraCard>
  );
}
