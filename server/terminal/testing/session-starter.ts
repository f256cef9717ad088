import { afterEach } from 'vitest';
import { createTerminalSessions, type TerminalSessions } from '../sessions.ts';
import { createFakeEffects, type FakeEffects } from './fake-effects.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';

/** What a test starts with {@link sessionStarter}. */
export interface StartedSessions {
  readonly sessions: TerminalSessions;
  readonly effects: FakeEffects;
  readonly host: FakeHost;
}

/** Starts terminal sessions on a clock that stands still. Whatever is in `open` is closed after each test, the first first. */
export function sessionStarter(): { start(): StartedSessions; readonly open: { close(): unknown }[] } {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const start = (): StartedSessions => {
    const effects = createFakeEffects();
    const host = createFakeHost();
    const sessions = createTerminalSessions(host, effects);
    open.unshift(sessions);
    return { sessions, effects, host };
  };
  return { start, open };
}
