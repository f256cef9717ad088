import { useTranslation } from 'react-i18next';
import { Menu } from '../design/Menu.tsx';
import { chooseTheme, THEME_CHOICES, useTheme } from '../design/theme.ts';
import { ThemeButton } from './ThemeButton.tsx';
import { THEME_ICONS } from './theme-icons.ts';

/** The themes to choose from, open as soon as it is there. */
export function ThemeMenu() {
  const { t } = useTranslation('page');
  const { choice } = useTheme();
  const items = THEME_CHOICES.map((id) => {
    const Icon = THEME_ICONS[id];
    return { id, label: t(`theme.${id}`), icon: <Icon aria-hidden /> };
  });
  const choose = (id: string) => chooseTheme(THEME_CHOICES.find((each) => each === id) ?? 'system');
  return (
    <Menu label={t('theme.label')} items={items} value={choice} onSelect={choose} defaultOpen>
      <ThemeButton />
    </Menu>
  );
}
