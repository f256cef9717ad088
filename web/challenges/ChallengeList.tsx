import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ChallengeInfo, progressKey } from '#protocol/check.ts';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { useLessonProgress, useProgress } from '../lessons/browser-progress.ts';
import { Marker } from '../lessons/Marker.tsx';
import { lessonProgress } from '../lessons/progress-store.ts';
import s from './ChallengeList.module.css';
import { challengeStanding } from './standing.ts';
import { useWords } from './use-words.ts';

/** Props of {@link ChallengeList}. */
export interface ChallengeListProps {
  readonly challenges: readonly ChallengeInfo[];
  /** Id of the one that is shown. */
  readonly chosen: string | undefined;
}

/** The challenges by what the learner writes, each with its points. */
export function ChallengeList({ challenges, chosen }: ChallengeListProps) {
  const { t } = useTranslation('challenges');
  return (
    <>
      <Total challenges={challenges} />
      {(['server', 'client'] as const).map((writes) => (
        <section key={writes} aria-labelledby={`challenges-${writes}`}>
          <h2 id={`challenges-${writes}`} className={s.heading}>
            {t(`writes.${writes}`)}
          </h2>
          <ol className={s.list}>
            {challenges
              .filter((challenge) => challenge.writes === writes)
              .map((challenge) => (
                <li key={challenge.id}>
                  <Entry challenge={challenge} isChosen={challenge.id === chosen} />
                </li>
              ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Total({ challenges }: { readonly challenges: readonly ChallengeInfo[] }) {
  const { t } = useTranslation('challenges');
  const progress = useProgress((state) => state.progress);
  const standings = challenges.map((each) => challengeStanding(each, lessonProgress(progress, progressKey(each.id))));
  const points = standings.reduce((sum, standing) => sum + standing.points, 0);
  const outOf = standings.reduce((sum, standing) => sum + standing.outOf, 0);
  return (
    <div className={s.total}>
      <progress value={points} max={outOf} aria-label={t('total')} />
      <span>{t('points', { points, outOf })}</span>
    </div>
  );
}

function Entry({ challenge, isChosen }: { readonly challenge: ChallengeInfo; readonly isChosen: boolean }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const { points, outOf, passed } = challengeStanding(challenge, useLessonProgress(progressKey(challenge.id)));
  return (
    <Link
      href={`/challenges/${challenge.id}`}
      className={s.entry}
      {...(isChosen && { 'aria-current': 'page' as const })}
    >
      <Marker state={passed ? 'done' : 'waits'} size="small" />
      <span className={s.title}>
        {words(challenge.title)} {passed ? <VisuallyHidden>({t('passed')})</VisuallyHidden> : null}
      </span>
      <span className={s.points}>
        {points}/{outOf}
      </span>
    </Link>
  );
}
