// First: no schema may be made before zod is configured.
import './session/zod-config.ts';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { settingsStorage } from './design/storage.ts';
import { startTheme } from './design/theme.ts';
import { startI18n } from './i18n/i18n.ts';
import { WordsProvider } from './i18n/react.tsx';
import { fetchWords } from './i18n/resources.ts';
import { forgetWithJournal } from './lessons/browser-witnesses.ts';
import { browserFrames, systemClock } from './session/clock.ts';
import { followAddress, followLink } from './session/deep-link.ts';
import { createMachineSource } from './session/machine.ts';
import { SessionProvider } from './session/react.tsx';
import { createSelection } from './session/selection.ts';
import { socketUrl, webSocketLinks } from './session/wire-link.ts';
import { createWireSession, type WireSession } from './session/wire-session.ts';

/** The page's composition root: the only file that touches the browser's globals on its own account. */
function start(root: HTMLElement): void {
  startTheme({
    storage: settingsStorage,
    systemLight: window.matchMedia('(prefers-color-scheme: light)'),
    show: showTheme,
  });
  const words = startI18n({
    storage: settingsStorage,
    asked: navigator.languages,
    spoken: (language) => {
      document.documentElement.lang = language;
    },
    fetch: fetchWords,
  });
  const session = createWireSession({
    open: webSocketLinks(socketUrl('/ws/wire', window.location)),
    clock: systemClock,
    frame: browserFrames,
    random: Math.random,
  });
  forgetWithJournal(session.store);
  const selection = createSelection(session.store);
  followAddress(window.location.search, selection.store, session.store);
  followLink(selection.store, session.store, window);
  retryWhenLookedAt(session);
  createRoot(root).render(
    <StrictMode>
      <WordsProvider words={words}>
        <SessionProvider
          session={session}
          selection={selection}
          machine={createMachineSource(window.fetch.bind(window))}
        >
          <App />
        </SessionProvider>
      </WordsProvider>
    </StrictMode>,
  );
}

function showTheme(theme: 'dark' | 'light'): void {
  document.documentElement.dataset.theme = theme;
  const bar = getComputedStyle(document.documentElement).getPropertyValue('--surface-1');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', bar);
}

/** A hidden tab's timers are slow: whoever looks at it again should not have to wait for them. */
function retryWhenLookedAt(session: WireSession): void {
  window.addEventListener('online', () => session.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') session.retryNow();
  });
}

const root = document.getElementById('root');
if (root) start(root);
