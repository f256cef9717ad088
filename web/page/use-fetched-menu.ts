import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../design/toast-store.ts';

/**
 * A menu that is fetched when its button is first pressed: most people never do. A failed fetch is said, and tried again
 * when the button is pressed again.
 *
 * @returns The menu with its button, once it is there, and what to do when the button before it is pressed.
 */
export function useFetchedMenu(
  load: () => Promise<ComponentType>,
): [Menu: ComponentType | null, fetchMenu: () => void] {
  const { t } = useTranslation('page');
  const [Menu, setMenu] = useState<ComponentType | null>(null);
  const fetchMenu = () => {
    load().then(
      (menu) => setMenu(() => menu),
      () => toast({ kind: 'bad', text: t('failed.chunk') }),
    );
  };
  return [Menu, fetchMenu];
}
