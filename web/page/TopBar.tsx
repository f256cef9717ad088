import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useRoute } from 'wouter';
import { useStore } from 'zustand';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { breadcrumbStore, type Crumb } from './breadcrumb.ts';
import { Logo } from './Logo.tsx';
import { PagesSwitch } from './PagesSwitch.tsx';
import { StatusPill } from './StatusPill.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import s from './TopBar.module.css';
import { useLanguage } from './use-language.ts';

/** Where the learner is, whether the page is live, language and theme. The same on every page. */
export function TopBar() {
  return (
    <header className={s.bar}>
      <Link href="/" className={s.brand}>
        <Logo />
        <span>Porthole</span>
      </Link>
      <Breadcrumb />
      <div className={s.tools}>
        <PageLink path="/playground" name="playground" />
        <PageLink path="/lab" name="lab" />
        <PageLink path="/challenges" name="challenges" />
        <LivePill />
        <LanguageSwitch />
        <ThemeSwitch />
        <PagesSwitch />
      </div>
    </header>
  );
}

function Breadcrumb() {
  const { t } = useTranslation('page');
  const crumbs = useStore(breadcrumbStore, (state) => state.crumbs);
  if (crumbs.length === 0) return null;
  return (
    <nav className={s.crumbs} aria-label={t('nav.label')}>
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            <CrumbLink crumb={crumb} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function CrumbLink({ crumb }: { readonly crumb: Crumb }) {
  if (crumb.href === undefined) return <span aria-current="page">{crumb.label}</span>;
  return <Link href={crumb.href}>{crumb.label}</Link>;
}

function PageLink({ path, name }: { readonly path: string; readonly name: 'playground' | 'challenges' | 'lab' }) {
  const { t } = useTranslation('page');
  const [here] = useRoute(`${path}/*?`);
  if (here) return null;
  return (
    <Link href={path} className={s.link}>
      {t(`nav.${name}`)}
    </Link>
  );
}

/** A shared recording is not live, whatever the connection is; the lab is simulated, and says so in its place. */
function LivePill() {
  const { t } = useTranslation('page');
  const [recording] = useRoute('/shared');
  const [lab] = useRoute('/lab');
  if (lab)
    return (
      <span className={s.simulated}>
        {t('status.simulated')} <span>· {t('status.realPackets')}</span>
      </span>
    );
  return recording ? null : <StatusPill />;
}

function LanguageSwitch() {
  const { t } = useTranslation('page');
  const { language, switchTo } = useLanguage();
  const chinese = language === 'zh-CN';
  return (
    <button type="button" className={s.language} onClick={() => switchTo(chinese ? 'en' : 'zh-CN')}>
      <Languages aria-hidden />
      <span className={s.choice} data-on={!chinese}>
        English
      </span>
      <span className={s.choice} aria-hidden="true">
        ·
      </span>
      <span className={s.choice} data-on={chinese} lang="zh-CN">
        中文
      </span>
      <VisuallyHidden>{t('language.switch')}</VisuallyHidden>
    </button>
  );
}
