import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import s from './NewestButton.module.css';

/** Over a view that was scrolled up: brings it back to the newest, and keeps it there. */
export function NewestButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation('workbench');
  return (
    <Button size="sm" className={s.newest} aria-label={t('ladder.newestLabel')} onClick={onClick}>
      <ArrowDown aria-hidden />
      {t('ladder.newest')}
    </Button>
  );
}
