/**
 * What the browser remembers of the page's own settings. Storage may be blocked or full (private windows, policies):
 * then nothing is remembered, and nothing fails.
 */
export const settingsStorage = {
  /** The stored text, or `null` where there is none or storage is blocked. */
  getItem(key: string): string | null {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** Stores `value`; answers whether it was stored. */
  setItem(key: string, value: string): boolean {
    try {
      window.localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
};
