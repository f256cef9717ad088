import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMs } from '../../../workbench/format.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import s from './Toolbar.module.css';

/** Events to which the slider may move at once: it counts events, for time has silences in it. */
const LAST = 1_000_000;

/**
 * Jumps along what has happened so far. It moves by events, not by time: a run may be silent for a minute and busy for a
 * millisecond. The furthest point that was reached stays reachable.
 */
export function Scrubber() {
  const { t } = useTranslation('lab');
  const session = useLab();
  const run = useLabState((state) => state.run);
  useLabState((state) => state.turn);
  const [ahead, setAhead] = useState<{ readonly run: typeof run; readonly times: readonly number[] }>({
    run,
    times: [],
  });
  const times =
    ahead.run === run && ahead.times.length > run.events.length ? ahead.times : run.events.map(({ at }) => at);
  const position = run.events.length;
  const jump = (to: number): void => {
    setAhead({ run, times });
    const at = to === 0 ? 0 : (times[to - 1] ?? 0);
    void session.jumpTo(at);
  };
  return (
    <span className={s.scrubber}>
      <input
        type="range"
        aria-label={t('tool.jump')}
        aria-valuetext={t('ladder.now', { time: formatMs(run.now) })}
        min={0}
        max={Math.min(LAST, Math.max(1, times.length))}
        value={position}
        disabled={times.length === 0}
        onChange={(event) => jump(Number(event.target.value))}
      />
      <output className={s.now}>{formatMs(run.now)} ms</output>
    </span>
  );
}
