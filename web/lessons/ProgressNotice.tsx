import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { browserProgress, useProgress } from './browser-progress.ts';
import s from './ProgressNotice.module.css';

/** Tells the learner when progress could not be read, or is not kept. Nothing otherwise. */
export function ProgressNotice() {
  const { t } = useTranslation('lessons');
  const problem = useProgress((state) => state.problem);
  const saved = useProgress((state) => state.saved);
  if (problem) {
    const { keptAs } = problem;
    return (
      <div className={s.notice} role="alert">
        <p>{keptAs === null ? t('brokenLost') : t('broken', { key: keptAs })}</p>
        <Button size="sm" onClick={() => browserProgress().dismissProblem()}>
          {t('dismiss')}
        </Button>
      </div>
    );
  }
  if (saved !== 'tab') return null;
  return (
    <div className={s.notice} role="status">
      <p>{t('savedTab')}</p>
    </div>
  );
}
