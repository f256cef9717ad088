import { Check, Hammer } from 'lucide-react';
import { type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { progressKey } from '#protocol/check.ts';
import { lazily } from '../design/lazily.tsx';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { systemClock } from '../session/clock.ts';
import { browserProgress, useLessonProgress } from './browser-progress.ts';
import s from './exercises/ExerciseCard.module.css';
import { useLesson } from './lesson-context.tsx';
import { Why, without, wordsOf } from './slots.tsx';
import card from './TaskCard.module.css';

const EmbeddedCheck = lazily(
  async () => (await import('../challenges/EmbeddedCheck.tsx')).EmbeddedCheck,
  ['challenges'],
);

/** Kept beside a challenge's stages once all of them passed in one run; see web/challenges/standing.ts. */
const PASSED = 'passed';

/** Props of `<Challenge>` in a lesson's words. */
export interface ChallengeCardProps {
  readonly id: string;
  readonly title: string;
  /** The task, and a `<Why>` that is shown once it is done. */
  readonly children?: ReactNode;
}

/** A program to write, with its check. Done when the check has passed, here or on the page of challenges. */
export function ChallengeCard({ id, title, children }: ChallengeCardProps) {
  const { t } = useTranslation('lessons');
  const { lesson } = useLesson();
  const heading = useId();
  const challenge = lesson.challenges?.find((each) => each.id === id)?.challenge ?? '';
  const done = useLessonProgress(lesson.id).steps[id] !== undefined;
  const passedMs = useLessonProgress(progressKey(challenge)).steps[PASSED];
  useEffect(() => {
    if (passedMs !== undefined && !done) browserProgress().complete(lesson.id, id, systemClock.now());
  }, [passedMs, done, lesson.id, id]);
  return (
    <section className={card.card} data-status={done ? 'done' : 'open'} data-challenge={id} aria-labelledby={heading}>
      <span className={card.marker} aria-hidden="true">
        {done ? <Check aria-hidden strokeWidth={3} /> : <Hammer aria-hidden />}
      </span>
      <header className={card.header}>
        <h2 id={heading}>
          {title} {done ? <VisuallyHidden>({t('state.done')})</VisuallyHidden> : null}
        </h2>
      </header>
      <div className={card.body}>
        {without(children, [Why])}
        <EmbeddedCheck id={challenge} />
        <div aria-live="polite">
          {done ? (
            <div className={s.why}>
              <b>{t('code.done')}</b> {wordsOf(children, Why)}
            </div>
          ) : null}
        </div>
        <p className={s.foot}>
          <Link href={`/challenges/${challenge}`}>{t('code.challenge')}</Link>
        </p>
      </div>
    </section>
  );
}
