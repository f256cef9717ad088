import { ThemeButton } from './ThemeButton.tsx';
import { useFetchedMenu } from './use-fetched-menu.ts';

/** The button of the themes; the menu behind it is fetched when it is first pressed. */
export function ThemeSwitch() {
  const [Menu, fetchMenu] = useFetchedMenu(async () => (await import('./ThemeMenu.tsx')).ThemeMenu);
  return Menu ? <Menu /> : <ThemeButton aria-haspopup="menu" aria-expanded={false} onClick={fetchMenu} />;
}
