import { progressKey } from '#protocol/check.ts';
import { browserProgress } from '../lessons/browser-progress.ts';
import { lessonProgress } from '../lessons/progress-store.ts';
import { systemClock } from '../session/clock.ts';
import { createCheckClient } from './check-client.ts';
import { type CheckDesk, createCheckDesk } from './check-store.ts';
import { PASSED } from './standing.ts';

let desk: CheckDesk | null = null;

/** The checks of this page's server, made when they are first asked for. What passes is kept with the progress. */
export function browserChecks(): CheckDesk {
  desk ??= createCheckDesk({
    client: createCheckClient((path, init) => window.fetch(path, init)),
    every: (ms, run) => {
      // A hidden tab does not ask.
      const timer = setInterval(() => document.hidden || run(), ms);
      return () => clearInterval(timer);
    },
    passed: keepPassed,
  });
  return desk;
}

function keepPassed(challenge: string, stages: readonly string[], whole: boolean): void {
  const { store, complete } = progress();
  const key = progressKey(challenge);
  const { steps } = lessonProgress(store.getState().progress, key);
  for (const id of whole ? [...stages, PASSED] : stages)
    if (steps[id] === undefined) complete(key, id, systemClock.now());
}

function progress() {
  const kept = browserProgress();
  return { store: kept.store, complete: kept.complete.bind(kept) };
}
