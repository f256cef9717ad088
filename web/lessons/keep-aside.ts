/** Broken copies kept beside one key at the most; what comes after them replaces the last. */
const MAX_KEPT_ASIDE = 3;

/**
 * Keeps a stored text that could not be understood under another key, so that nothing is destroyed; answers that key, or `null`
 * where storage has no room or is blocked.
 */
export function keepAside(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
  text: string,
  nowMs: number,
): string | null {
  const names = Array.from({ length: MAX_KEPT_ASIDE }, (_, index) => `${key}.broken-${index + 1}`);
  try {
    const kept = names.find((name) => storage.getItem(name) === null) ?? names.at(-1) ?? key;
    storage.setItem(kept, JSON.stringify({ keptMs: nowMs, text }));
    return kept;
  } catch {
    return null;
  }
}
