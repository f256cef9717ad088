import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';
import { useTheme } from '../design/theme.ts';
import { THEME_ICONS } from './theme-icons.ts';

/** Shows which theme is on; what it does is its user's matter. */
export function ThemeButton(props: Omit<ComponentProps<'button'>, 'children' | 'aria-label'>) {
  const { t } = useTranslation('page');
  const { shown } = useTheme();
  const Shown = THEME_ICONS[shown];
  return <IconButton {...props} label={t('theme.label')} icon={<Shown aria-hidden />} />;
}
