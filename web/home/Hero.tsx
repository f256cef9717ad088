import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { buttonClass } from '../design/Button.tsx';
import s from './Hero.module.css';
import { LiveFeed } from './LiveFeed.tsx';
import type { NextLesson } from './next-lesson.ts';

/** What this is, in one sentence, and the one button that matters; beside it the wire as it is now. */
export function Hero({ next }: { readonly next: NextLesson }) {
  const { t } = useTranslation('home');
  return (
    <div className={s.hero}>
      <div className={s.words}>
        <h1>{t('title')}</h1>
        <p className={s.lead}>{t('lead')}</p>
        <p className={s.actions}>
          <span>
            <Link href={`/lessons/${next.id}`} className={buttonClass('primary')}>
              {next.begun ? t('continue', { number: next.number }) : t('start')}
              <ArrowRight aria-hidden />
            </Link>
            <Link href="/playground" className={buttonClass('secondary')}>
              {t('free')}
            </Link>
          </span>
          <span className={s.less}>
            <Link href="/challenges" className={buttonClass('quiet')}>
              {t('challenges')}
            </Link>
            <Link href="/lab" className={buttonClass('quiet')}>
              {t('lab')}
            </Link>
          </span>
        </p>
      </div>
      <LiveFeed />
    </div>
  );
}
