import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import s from './LessonArticle.module.css';

/** What the lesson rests on. */
export function SourceList({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation('lessons');
  const heading = useId();
  return (
    <section className={s.sources} aria-labelledby={heading}>
      <h2 id={heading}>{t('sources')}</h2>
      {children}
    </section>
  );
}
