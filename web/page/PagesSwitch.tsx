import { PagesButton } from './PagesButton.tsx';
import { useFetchedMenu } from './use-fetched-menu.ts';

/** The button of all pages; the list behind it is fetched when it is first pressed. */
export function PagesSwitch() {
  const [Menu, fetchMenu] = useFetchedMenu(async () => (await import('./PagesMenu.tsx')).PagesMenu);
  return Menu ? <Menu /> : <PagesButton aria-haspopup="menu" aria-expanded={false} onClick={fetchMenu} />;
}
