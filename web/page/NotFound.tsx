import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { buttonClass } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { useBreadcrumb } from './breadcrumb.ts';

/** What an unknown address shows. */
export function NotFound() {
  const { t } = useTranslation('page');
  const [path] = useLocation();
  useBreadcrumb([{ label: t('nav.notFound') }]);
  return (
    <EmptyState icon={<Unplug aria-hidden />} title={t('notFound.title')} heading>
      <p>{t('notFound.body', { path })}</p>
      <p>
        <Link href="/" className={buttonClass('primary')}>
          {t('notFound.home')}
        </Link>
      </p>
    </EmptyState>
  );
}
