import { Menu } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';

/** Stands for the list of all pages; what it does is its user's matter. */
export function PagesButton(props: Omit<ComponentProps<'button'>, 'children' | 'aria-label'>) {
  const { t } = useTranslation('page');
  return <IconButton {...props} label={t('pages.label')} icon={<Menu aria-hidden />} />;
}
