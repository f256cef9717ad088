import type { KeyboardEvent, RefObject } from 'react';
import { useLab, useLabState } from '../lab-context.tsx';
import { flyingBehind, flyingCopy, swapDeed } from './flying.ts';
import type { LadderLayout } from './ladder-layout.ts';

/** By how much `D` delays a packet, in microseconds. */
export const KEY_DELAY_US = 50_000;

const MARGIN_PX = 60;

/** Everything that the pointer can do on the diagram, and the toolbar's most used buttons, while the diagram has the focus. */
export function useLadderKeys(box: RefObject<HTMLElement | null>, layout: LadderLayout, letGo: () => void) {
  const session = useLab();
  const run = useLabState((state) => state.run);
  const choose = (packet: number): void => {
    if (run.packets.length === 0) return;
    const chosen = Math.min(run.packets.length - 1, Math.max(0, packet));
    session.select(chosen);
    reveal(box.current, layout.sentY(chosen));
  };
  const { selected, playing } = session.store.getState();
  const flying = flyingCopy(selected === null ? undefined : run.packets[selected]);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => choose((selected ?? -1) + 1),
    ArrowUp: () => choose((selected ?? run.packets.length) - 1),
    Home: () => choose(0),
    End: () => choose(run.packets.length - 1),
    ArrowRight: () => void session.step(),
    ArrowLeft: () => void session.back(),
    ' ': () => (playing ? session.pause() : session.play()),
    u: () => void session.undo(),
    x: () => flying && void session.act({ deed: 'drop', ...flying }),
    Delete: () => flying && void session.act({ deed: 'drop', ...flying }),
    d: () => flying && void session.act({ deed: 'delay', ...flying, byUs: KEY_DELAY_US }),
    s: () => {
      const behind = flying && flyingBehind(run.packets, flying);
      if (flying && behind) void session.act(swapDeed(flying, behind));
    },
    Escape: () => {
      letGo();
      session.select(null);
    },
  };
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

function reveal(box: HTMLElement | null, y: number | null): void {
  if (!box || y === null) return;
  const bottom = box.scrollTop + box.clientHeight;
  if (y < box.scrollTop + MARGIN_PX) box.scrollTop = y - MARGIN_PX;
  else if (y > bottom - MARGIN_PX) box.scrollTop = y - box.clientHeight + MARGIN_PX;
}
