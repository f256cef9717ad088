import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import s from './App.module.css';
import { Toasts } from './design/Toast.tsx';
import { TooltipProvider } from './design/Tooltip.tsx';
import { ConnectionBanner } from './page/ConnectionBanner.tsx';
import { ErrorBoundary } from './page/ErrorBoundary.tsx';
import { NotFound } from './page/NotFound.tsx';
import { TopBar } from './page/TopBar.tsx';
import { useConversationLink } from './page/use-conversation-link.ts';
import { useRouteChange } from './page/use-route-change.ts';

const HomePage = lazy(() => import('./home/HomePage.tsx').then(({ HomePage }) => ({ default: HomePage })));
const LessonPage = lazy(() => import('./lessons/LessonPage.tsx').then(({ LessonPage }) => ({ default: LessonPage })));
const PlaygroundPage = lazy(() =>
  import('./playground/PlaygroundPage.tsx').then(({ PlaygroundPage }) => ({ default: PlaygroundPage })),
);
const PacketFilePage = lazy(() =>
  import('./packets/file/PacketFilePage.tsx').then(({ PacketFilePage }) => ({ default: PacketFilePage })),
);
const RelayPage = lazy(() => import('./relay/RelayPage.tsx').then(({ RelayPage }) => ({ default: RelayPage })));
const SharedPage = lazy(() => import('./share/SharedPage.tsx').then(({ SharedPage }) => ({ default: SharedPage })));

/** The whole page: what is around every page, and the page that the address names. */
export function App() {
  const { t } = useTranslation('page');
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  useConversationLink();
  useRouteChange(path, main);
  return (
    <TooltipProvider>
      <a className={s.skip} href="#main">
        {t('skip')}
      </a>
      <TopBar />
      <ConnectionBanner />
      <main id="main" ref={main} className={s.main} tabIndex={-1}>
        <ErrorBoundary resetKey={path}>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
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
      <Route path="/lessons/:id">
        {({ id }) => (
          <FullWindow>
            <LessonPage key={id} id={id} />
          </FullWindow>
        )}
      </Route>
      <Route path="/playground">
        <FullWindow>
          <PlaygroundPage />
        </FullWindow>
      </Route>
      <Route path="/packets">
        <FullWindow>
          <PacketFilePage />
        </FullWindow>
      </Route>
      <Route path="/relay">
        <FullWindow>
          <RelayPage />
        </FullWindow>
      </Route>
      <Route path="/shared">
        <FullWindow>
          <SharedPage />
        </FullWindow>
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function FullWindow({ children }: { readonly children: ReactNode }) {
  return <div className={s.window}>{children}</div>;
}

function Loading() {
  const { t } = useTranslation('page');
  return <div className={s.loading}>{t('loading')}</div>;
}
