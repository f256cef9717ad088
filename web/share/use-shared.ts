import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { openFile } from './file.ts';
import { MAX_FRAGMENT_CHARS } from './limits.ts';
import { fragmentIn, openFragment } from './link.ts';
import type { Recording } from './recording.ts';
import type { Opened } from './recording-json.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What the page for shared recordings shows. */
export type Shown =
  | { readonly state: 'none' | 'opening' }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  /** `turn` differs with each one that is opened. */
  | { readonly state: 'opened'; readonly recording: Recording; readonly turn: number };

/** What is shown, and ways to open something else. */
export interface SharedPageState {
  readonly shown: Shown;
  openFile(file: File): void;
  /** Opens a pasted link, whatever address it has before its `#`; the fragment alone will do. */
  openLink(text: string): void;
  close(): void;
}

/** Where "Skip to content" leads: a fragment that is no recording and no mistake. */
const SKIP_TARGET = '#main';

/** Opens what the address holds, and what it comes to hold; a file takes its place. */
export function useShared(): SharedPageState {
  const [shown, setShown] = useState<Shown>({ state: 'none' });
  const turns = useRef(0);
  const open = useCallback(async (opening: Promise<Opened>) => {
    turns.current += 1;
    const turn = turns.current;
    setShown({ state: 'opening' });
    const opened = await opening;
    if (turn !== turns.current) return;
    const { ok } = opened;
    setShown(ok ? { state: 'opened', recording: opened.recording, turn } : { state: 'refused', refusal: opened });
  }, []);
  const close = useCallback(() => {
    turns.current += 1;
    setShown({ state: 'none' });
  }, []);
  useFragment(open, close);
  return useMemo(
    () => ({
      shown,
      openFile(file) {
        forgetFragment();
        void open(openFile(file));
      },
      openLink(text) {
        const fragment = fragmentIn(text);
        if (fragment === '') void open(Promise.resolve(refuse('no-recording')));
        // The address bar is not made to hold what is refused anyway, and is not told twice what it holds.
        else if (fragment.length > MAX_FRAGMENT_CHARS || window.location.hash === `#${fragment}`)
          void open(openFragment(fragment));
        else window.location.hash = fragment;
      },
      close() {
        forgetFragment();
        close();
      },
    }),
    [shown, open, close],
  );
}

function useFragment(open: (opening: Promise<Opened>) => Promise<void>, close: () => void): void {
  useEffect(() => {
    const follow = () => {
      const { hash } = window.location;
      if (hash === SKIP_TARGET) return;
      if (hash.length > 1) void open(openFragment(hash));
      else close();
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
      close();
    };
  }, [open, close]);
}

/** A file, or nothing, takes the place of what the address holds. */
function forgetFragment(): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
}
