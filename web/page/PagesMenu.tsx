import {
  BookA,
  Cable,
  FileSearch,
  FlaskConical,
  GraduationCap,
  type LucideIcon,
  MessagesSquare,
  Share2,
  SquareTerminal,
  Trophy,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Menu } from '../design/Menu.tsx';
import { PagesButton } from './PagesButton.tsx';

/** Every page that can be gone to without knowing more, in the order in which one may want it. */
const PAGES = [
  { id: 'course', path: '/', icon: GraduationCap },
  { id: 'playground', path: '/playground', icon: SquareTerminal },
  { id: 'lab', path: '/lab', icon: FlaskConical },
  { id: 'challenges', path: '/challenges', icon: Trophy },
  { id: 'chat', path: '/chat', icon: MessagesSquare },
  { id: 'relay', path: '/relay', icon: Cable },
  { id: 'packets', path: '/packets', icon: FileSearch },
  { id: 'shared', path: '/shared', icon: Share2 },
  { id: 'glossary', path: '/glossary', icon: BookA },
] as const satisfies readonly { readonly id: string; readonly path: string; readonly icon: LucideIcon }[];

/** All pages as a menu, open as soon as it is there. On a phone it is the only way from page to page. */
export function PagesMenu() {
  const { t } = useTranslation('page');
  const [, go] = useLocation();
  const items = PAGES.map(({ id, icon: Icon }) => ({ id, label: t(`pages.${id}`), icon: <Icon aria-hidden /> }));
  const choose = (id: string) => go(PAGES.find((page) => page.id === id)?.path ?? '/');
  return (
    <Menu label={t('pages.label')} items={items} onSelect={choose} defaultOpen>
      <PagesButton />
    </Menu>
  );
}
