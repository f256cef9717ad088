/** What a key does before xterm sees it. */
export type KeyUse = 'leave' | 'copy' | 'paste' | 'terminal';

/** The parts of a KeyboardEvent that matter. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/**
 * Shift+Tab leaves the terminal, so that it is no trap (WCAG 2.1.2), and so does F6, which goes to the next part of the page.
 * Ctrl+Shift+C and Ctrl+Insert copy, Ctrl+Shift+V and Shift+Insert paste: plain Ctrl+C belongs to the program. On macOS Command+C and +V are the browser's own.
 */
export function keyUse({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyPress): KeyUse {
  if (altKey || metaKey) return 'terminal';
  if ((key === 'Tab' && shiftKey && !ctrlKey) || (key === 'F6' && !ctrlKey)) return 'leave';
  const letter = key.toLowerCase();
  if (ctrlKey && shiftKey && letter === 'c') return 'copy';
  if (ctrlKey && !shiftKey && key === 'Insert') return 'copy';
  if (ctrlKey && shiftKey && letter === 'v') return 'paste';
  if (shiftKey && !ctrlKey && key === 'Insert') return 'paste';
  return 'terminal';
}

/** How copying and pasting are spelled on this system. */
export function clipboardKeys(platform: string): { readonly copy: string; readonly paste: string } {
  return /mac|iphone|ipad/i.test(platform)
    ? { copy: '⌘C', paste: '⌘V' }
    : { copy: 'Ctrl+Shift+C', paste: 'Ctrl+Shift+V' };
}
