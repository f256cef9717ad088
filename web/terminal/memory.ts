import { MAX_TERMINALS } from '#protocol/limits.ts';
import type { TerminalMemory } from './terminals.ts';

const KEY = 'porthole.terminals';

/** Session ids out of what was stored; nothing where it is not ours. */
export function parseSessions(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    const ids = Array.isArray(value) ? value : [];
    return ids.filter((id): id is string => typeof id === 'string' && /^[\w-]{1,64}$/.test(id)).slice(0, MAX_TERMINALS);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Whether this page was reloaded: a copy of the tab has the same storage, and must leave the terminals to the first. */
function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
}

/** Remembers the shells of this browser tab over a reload. Storage may be blocked: then nothing is remembered. */
export const sessionMemory: TerminalMemory = {
  load() {
    try {
      return wasReloaded() ? parseSessions(window.sessionStorage.getItem(KEY)) : [];
    } catch {
      // A SecurityError: storage is blocked.
      return [];
    }
  },
  save(sessions) {
    try {
      window.sessionStorage.setItem(KEY, JSON.stringify(sessions));
    } catch {
      // Blocked or full: a reload opens a new shell, as it would without memory.
    }
  },
};
