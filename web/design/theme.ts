import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Where the choice is remembered; `web/public/theme.js` reads it before the first paint. */
export const THEME_KEY = 'porthole.theme';

/** What the learner chose; `system` follows the system as it changes. */
export const THEME_CHOICES = ['system', 'dark', 'light'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** The choice, and what is shown for it. */
export interface ThemeState {
  readonly choice: ThemeChoice;
  readonly shown: 'dark' | 'light';
}

/** What the theme needs of the browser. */
export interface ThemeHost {
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): unknown };
  /** The system's wish, as `matchMedia('(prefers-color-scheme: light)')` tells it. */
  readonly systemLight: {
    readonly matches: boolean;
    addEventListener(type: 'change', listener: () => void): void;
    removeEventListener(type: 'change', listener: () => void): void;
  };
  /** Puts the theme on the page. */
  readonly show: (shown: 'dark' | 'light') => void;
}

/** The theme now. Terminals and charts that cannot use CSS variables subscribe to it. */
export const themeStore = createStore<ThemeState>(() => ({ choice: 'system', shown: 'dark' }));

/** Takes over from `theme.js` and follows the system; answers what stops it. */
export function startTheme(host: ThemeHost): () => void {
  const apply = (choice: ThemeChoice) => {
    const shown = choice === 'system' ? (host.systemLight.matches ? 'light' : 'dark') : choice;
    host.show(shown);
    themeStore.setState({ choice, shown });
  };
  apply(asChoice(host.storage.getItem(THEME_KEY)));
  const follow = () => apply(themeStore.getState().choice);
  host.systemLight.addEventListener('change', follow);
  const stop = themeStore.subscribe((now, before) => {
    if (now.choice === before.choice) return;
    host.storage.setItem(THEME_KEY, now.choice);
    apply(now.choice);
  });
  return () => {
    stop();
    host.systemLight.removeEventListener('change', follow);
  };
}

function asChoice(text: string | null): ThemeChoice {
  return THEME_CHOICES.find((choice) => choice === text) ?? 'system';
}

/** Chooses a theme and remembers it. */
export function chooseTheme(choice: ThemeChoice): void {
  themeStore.setState({ choice });
}

/** The theme now, for components. */
export function useTheme(): ThemeState {
  return useStore(themeStore);
}
