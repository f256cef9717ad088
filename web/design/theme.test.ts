import { afterEach, expect, test } from 'vitest';
import { chooseTheme, startTheme, THEME_KEY, themeStore } from './theme.ts';

let stop = () => {};
afterEach(() => stop());

function setUp(stored: string | null, systemIsLight: boolean) {
  const kept = new Map(stored === null ? [] : [[THEME_KEY, stored]]);
  const shown: string[] = [];
  let listener = () => {};
  const system = {
    matches: systemIsLight,
    addEventListener: (_: 'change', listen: () => void) => {
      listener = listen;
    },
    removeEventListener: () => {
      listener = () => {};
    },
  };
  stop = startTheme({
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    systemLight: system,
    show: (theme) => shown.push(theme),
  });
  const systemBecomes = (light: boolean) => {
    system.matches = light;
    listener();
  };
  return { kept, shown, systemBecomes };
}

test('follows the system until something is chosen', () => {
  const { shown, systemBecomes } = setUp(null, true);
  systemBecomes(false);
  expect(shown).toEqual(['light', 'dark']);
});

test('a choice is shown, remembered, and stronger than the system', () => {
  const { kept, shown, systemBecomes } = setUp(null, true);
  chooseTheme('dark');
  systemBecomes(true);
  expect([kept.get(THEME_KEY), shown.at(-1), themeStore.getState().shown]).toEqual(['dark', 'dark', 'dark']);
});

test('a remembered choice comes back, nonsense does not', () => {
  expect(setUp('light', false).shown).toEqual(['light']);
  stop();
  expect(setUp('purple', false).shown).toEqual(['dark']);
});
