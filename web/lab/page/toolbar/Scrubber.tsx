import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMs } from '../../../workbench/format.ts';
import type { Run } from '../../net/run.ts';
import type { SimTime } from '../../stack/time.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import s from './Toolbar.module.css';

/** Times of events that were reached once, in the order of events. */
interface Ahead {
  readonly run: Run;
  readonly times: readonly SimTime[];
}

/**
 * Jumps along what has happened so far. It moves by events, not by time: a run may be silent for a minute and busy for a
 * millisecond. The furthest point that was reached stays reachable.
 */
export function Scrubber() {
  const { t } = useTranslation('lab');
  const session = useLab();
  const run = useLabState((state) => state.run);
  useLabState((state) => state.turn);
  const [ahead, setAhead] = useState<Ahead>({ run, times: [] });
  const known = ahead.run === run && ahead.times.length > run.events.length ? ahead.times : null;
  const jump = (to: number): void => {
    const times = known ?? run.events.map(({ at }) => at);
    setAhead({ run, times });
    void session.jumpTo(to === 0 ? 0 : (times[to - 1] ?? 0));
  };
  const last = known?.length ?? run.events.length;
  return (
    <span className={s.scrubber}>
      <input
        type="range"
        aria-label={t('tool.jump')}
        aria-valuetext={t('ladder.now', { time: formatMs(run.now) })}
        min={0}
        max={Math.max(1, last)}
        value={run.events.length}
        disabled={last === 0}
        onChange={(event) => jump(Number(event.target.value))}
      />
      <output className={s.now}>{formatMs(run.now)} ms</output>
    </span>
  );
}
