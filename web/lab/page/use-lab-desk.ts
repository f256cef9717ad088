import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsStorage } from '../../design/storage.ts';
import type { Refusal } from '../../share/refusal.ts';
import { browserLab } from './browser-lab.ts';
import { EXPERIMENTS, experimentIn, setupOf } from './experiments.ts';
import { keepRun, keptRun, noteBusy, wasBusy } from './keep.ts';
import { LabDesk } from './lab-desk.ts';
import { openRunFragment } from './share/lab-json.ts';

/** What the learner should know of the run that is there. `at`: how far it had come, in microseconds. */
export type LabNotice =
  | { readonly kind: 'crashed' | 'linked' | 'restored'; readonly at: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** How often what changes is kept, in milliseconds. */
const KEEP_MS = 500;

/** Where "Skip to content" leads: a fragment that is no run and no mistake. */
const SKIP_TARGET = '#main';

/** The desk of this page: with the experiment that the address names (`?experiment=…`, as lessons do), else with the run that a link holds, else the one that was kept, else the first experiment. */
export function useLabDesk() {
  const { t } = useTranslation('lab');
  const words = useRef(t);
  words.current = t;
  const [{ desk, first }] = useState(() => openDesk((end) => words.current(`program.${end}`)));
  const [notice, setNotice] = useState<LabNotice | null>(first);
  useEffect(() => keepDesk(desk), [desk]);
  // Whoever reloads finds what was made of the experiment, not the experiment again.
  useEffect(forgetQuery, []);
  useEffect(() => {
    const open = async (): Promise<void> => {
      const { hash } = window.location;
      if (hash.length <= 1 || hash === SKIP_TARGET) return;
      // Whoever reloads finds what was made of it, not the link again.
      window.history.replaceState(window.history.state, '', window.location.pathname);
      const opened = await openRunFragment(hash);
      if (!opened.ok) return setNotice({ kind: 'refused', refusal: opened });
      const { experiment, setup, actions, at } = opened.run;
      desk.begin(experiment, setup, actions);
      setNotice({ kind: 'linked', at });
    };
    void open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [desk]);
  return { desk, notice, dismiss: () => setNotice(null) };
}

function forgetQuery(): void {
  const { pathname, search, hash } = window.location;
  if (search !== '') window.history.replaceState(window.history.state, '', pathname + hash);
}

function openDesk(sentence: Parameters<typeof browserLab>[0]): { desk: LabDesk; first: LabNotice | null } {
  const host = browserLab(sentence);
  const asked = experimentIn(window.location.search);
  if (asked) return { desk: new LabDesk(host, { experiment: asked.id, draft: setupOf(asked) }), first: null };
  const kept = keptRun(settingsStorage);
  const crashed = wasBusy(settingsStorage);
  noteBusy(settingsStorage, false);
  if (kept) {
    const desk = new LabDesk(host, { experiment: kept.experiment, draft: kept.setup }, kept.actions);
    const { at } = kept;
    return { desk, first: crashed ? { kind: 'crashed', at: 0 } : at > 0 ? { kind: 'restored', at } : null };
  }
  const [experiment] = EXPERIMENTS;
  if (!experiment) throw new Error('there is no experiment');
  return { desk: new LabDesk(host, { experiment: experiment.id, draft: setupOf(experiment) }), first: null };
}

/** Keeps what changes, now and then and when the page is left; answers what ends that, and the run. */
function keepDesk(desk: LabDesk): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let busy = false;
  const keep = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    keepRun(settingsStorage, desk.toKeep());
  };
  const later = (): void => {
    timer ??= setTimeout(keep, KEEP_MS);
  };
  const follow = (): void => {
    const { playing, busy: working } = desk.session.store.getState();
    const now = playing || working;
    if (now !== busy) noteBusy(settingsStorage, now);
    // What is about to run is kept first: it may take the page with it.
    if (now && !busy) keep();
    busy = now;
    later();
  };
  const leave = (): void => {
    keep();
    noteBusy(settingsStorage, false);
  };
  const stops = [desk.store.subscribe(later), desk.session.store.subscribe(follow)];
  window.addEventListener('pagehide', leave);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('pagehide', leave);
    desk.session.close();
    leave();
  };
}
