import { ChevronLast, ChevronRight, Gauge, GraduationCap, Pause, Play, RotateCcw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../design/Button.tsx';
import { IconButton } from '../../../design/IconButton.tsx';
import { useDesk, useLabState } from '../lab-context.tsx';
import { SavePackets } from '../share/SavePackets.tsx';
import { ShareLink } from '../share/ShareLink.tsx';
import { Scrubber } from './Scrubber.tsx';
import { SPEEDS, speedText } from './speeds.ts';
import s from './Toolbar.module.css';

/** Props of {@link Toolbar}. */
export interface ToolbarProps {
  readonly predicting: boolean;
  readonly onPredicting: (on: boolean) => void;
}

/** Time's buttons, and what can be taken away from a run. */
export function Toolbar({ predicting, onPredicting }: ToolbarProps) {
  const { t } = useTranslation('lab');
  return (
    <div className={s.place}>
      <div className={s.bar} role="toolbar" aria-label={t('tool.label')}>
        <TimeButtons disabled={predicting} />
        <Scrubber />
        <Speed />
        <Button size="sm" aria-pressed={predicting} className={s.predict} onClick={() => onPredicting(!predicting)}>
          <GraduationCap aria-hidden /> {t('tool.predict')}
        </Button>
        <span className={s.end}>
          <ShareLink />
          <SavePackets />
        </span>
      </div>
    </div>
  );
}

function TimeButtons({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const { session } = desk;
  const playing = useLabState((state) => state.playing);
  const ended = useLabState((state) => state.run.end);
  const canUndo = useLabState((state) => state.run.actions.length > 0);
  const atStart = useLabState((state) => state.turn >= 0 && state.run.events.length === 0);
  return (
    <>
      <Button
        variant="primary"
        className={s.play}
        disabled={disabled || (!playing && ended !== null)}
        onClick={() => (playing ? session.pause() : session.play())}
      >
        {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        {t(playing ? 'tool.pause' : 'tool.play')}
      </Button>
      <Button className={s.step} disabled={disabled || ended !== null} onClick={() => void session.step()}>
        {t('tool.step')} <ChevronRight aria-hidden />
      </Button>
      <IconButton
        label={t('tool.back')}
        icon={<ChevronLast className={s.mirrored} aria-hidden />}
        disabled={atStart}
        onClick={() => void session.back()}
      />
      <IconButton label={t('tool.restart')} icon={<RotateCcw aria-hidden />} onClick={() => desk.restart()} />
      <IconButton
        label={t('tool.undo')}
        icon={<Undo2 aria-hidden />}
        disabled={!canUndo}
        onClick={() => void session.undo()}
      />
    </>
  );
}

function Speed() {
  const { t } = useTranslation('lab');
  const { session } = useDesk();
  const speed = useStore(session.store, (state) => state.speed);
  return (
    <label className={s.speed} title={t('tool.speedWhy')}>
      <Gauge aria-hidden />
      <span className={s.speedWord}>{t('tool.speed')}</span>
      <select
        value={speed}
        aria-label={t('tool.speed')}
        onChange={(event) => session.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {speedText(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
