/*
 * Classic script, loaded in <head> before anything is painted: sets the theme that the learner chose, or the system's.
 * web/design/theme.ts takes over from here; both know the key and the two attribute values.
 */
(() => {
  let choice = null;
  try {
    choice = window.localStorage.getItem('porthole.theme');
  } catch {
    // Storage is blocked: the system decides.
  }
  const systemIsLight = window.matchMedia('(prefers-color-scheme: light)').matches;
  const light = choice === 'light' || (choice !== 'dark' && systemIsLight);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
