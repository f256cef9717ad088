import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../design/toast-store.ts';
import { ThemeButton } from './ThemeButton.tsx';

/** The button of the themes. The menu behind it is fetched when it is first pressed: most people never do. */
export function ThemeSwitch() {
  const { t } = useTranslation('page');
  const [Menu, setMenu] = useState<ComponentType | null>(null);
  if (Menu) return <Menu />;
  const fetchMenu = () => {
    import('./ThemeMenu.tsx').then(
      ({ ThemeMenu }) => setMenu(() => ThemeMenu),
      () => toast({ kind: 'bad', text: t('failed.chunk') }),
    );
  };
  return <ThemeButton aria-haspopup="menu" aria-expanded={false} onClick={fetchMenu} />;
}
