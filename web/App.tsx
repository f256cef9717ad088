import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import s from './App.module.css';
import { lazily } from './design/lazily.tsx';
import { Toasts } from './design/Toast.tsx';
import { TooltipProvider } from './design/Tooltip.tsx';
import { useKeptFocus } from './design/use-kept-focus.ts';
import { usePanes } from './design/use-panes.ts';
import { ConnectionBanner } from './page/ConnectionBanner.tsx';
import { ErrorBoundary } from './page/ErrorBoundary.tsx';
import { NotFound } from './page/NotFound.tsx';
import { TopBar } from './page/TopBar.tsx';
import { useConversationLink } from './page/use-conversation-link.ts';
import { useRouteChange } from './page/use-route-change.ts';

const ChatPage = lazily(async () => (await import('./chat/ChatPage.tsx')).ChatPage, ['chat'], Loading);
const HomePage = lazily(
  async () => (await import('./home/HomePage.tsx')).HomePage,
  ['home', 'lessons', 'playground'],
  Loading,
);
const GlossaryPage = lazily(
  async () => (await import('./glossary/GlossaryPage.tsx')).GlossaryPage,
  ['glossary'],
  Loading,
);
const LessonPage = lazily(async () => (await import('./lessons/LessonPage.tsx')).LessonPage, ['lessons'], Loading);
const PlaygroundPage = lazily(
  async () => (await import('./playground/PlaygroundPage.tsx')).PlaygroundPage,
  ['playground'],
  Loading,
);
const PacketFilePage = lazily(
  async () => (await import('./packets/file/PacketFilePage.tsx')).PacketFilePage,
  ['packets', 'workbench'],
  Loading,
);
const ChallengesPage = lazily(
  async () => (await import('./challenges/ChallengesPage.tsx')).ChallengesPage,
  ['challenges'],
  Loading,
);
const LabPage = lazily(async () => (await import('./lab/page/LabPage.tsx')).LabPage, ['lab', 'packets'], Loading);
const RelayPage = lazily(
  async () => (await import('./relay/RelayPage.tsx')).RelayPage,
  ['playground', 'relay'],
  Loading,
);
const SharedPage = lazily(async () => (await import('./share/SharedPage.tsx')).SharedPage, ['share'], Loading);

/** The whole page: what is around every page, and the page that the address names. */
export function App() {
  const { t } = useTranslation('page');
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  useConversationLink();
  useRouteChange(path, main);
  usePanes();
  useKeptFocus();
  return (
    <TooltipProvider>
      <a className={s.skip} href="#main">
        {t('skip')}
      </a>
      <TopBar />
      <ConnectionBanner />
      <main id="main" ref={main} className={s.main} tabIndex={-1}>
        <ErrorBoundary resetKey={path}>
          <Pages />
        </ErrorBoundary>
      </main>
      <Toasts />
    </TooltipProvider>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">
        <HomePage />
      </Route>
      <Route path="/glossary">
        <GlossaryPage />
      </Route>
      <Route path="/lessons/:id">{({ id }) => inFullWindow(<LessonPage key={id} id={id} />)}</Route>
      <Route path="/playground">{inFullWindow(<PlaygroundPage />)}</Route>
      <Route path="/chat">{inFullWindow(<ChatPage />)}</Route>
      <Route path="/lab">{inFullWindow(<LabPage />)}</Route>
      <Route path="/packets">{inFullWindow(<PacketFilePage />)}</Route>
      <Route path="/challenges/:id?">{({ id }) => inFullWindow(<ChallengesPage id={id} />)}</Route>
      <Route path="/relay">{inFullWindow(<RelayPage />)}</Route>
      <Route path="/shared">{inFullWindow(<SharedPage />)}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** A page with panes, which scroll by themselves. */
function inFullWindow(page: ReactNode) {
  return <div className={s.window}>{page}</div>;
}

function Loading() {
  const { t } = useTranslation('page');
  return <div className={s.loading}>{t('loading')}</div>;
}
