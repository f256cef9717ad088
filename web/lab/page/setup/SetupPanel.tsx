import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../design/Button.tsx';
import { EXPERIMENTS, setupOf } from '../experiments.ts';
import { useDesk, useLabState } from '../lab-context.tsx';
import { isChanged } from '../lab-desk.ts';
import { HostsSection } from '../panels/HostsSection.tsx';
import { RulesSection } from './RulesSection.tsx';
import s from './SetupPanel.module.css';
import { StackSection } from './StackSection.tsx';
import { WireSection } from './WireSection.tsx';

const MAX_SEED = 0xffff_ffff;

/** Everything that a run begins with, and the hosts as they are now. */
export function SetupPanel() {
  return (
    <div className={s.panel}>
      <ExperimentSection />
      <HostsSection />
      <WireSection />
      <RulesSection />
      <SeedSection />
      <StackSection />
    </div>
  );
}

function ExperimentSection() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const id = useId();
  const { experiment, draft } = useStore(desk.store);
  const began = useLabState((state) => state.run.setup);
  const choose = (next: string): void => {
    const found = EXPERIMENTS.find((each) => each.id === next);
    if (found) desk.begin(found.id, setupOf(found));
  };
  return (
    <section className={s.section}>
      <label className={s.experiment} htmlFor={id}>
        <span>{t('experiment.label')}</span>
        <select id={id} value={experiment} onChange={(event) => choose(event.target.value)}>
          {EXPERIMENTS.map((each) => (
            <option key={each.id} value={each.id}>
              {t(`experiment.${each.id}.name`)}
            </option>
          ))}
          {EXPERIMENTS.some((each) => each.id === experiment) ? null : (
            <option value={experiment}>{t('experiment.own.name')}</option>
          )}
        </select>
      </label>
      <p className={s.about}>{t(`experiment.${experiment}.about`, { defaultValue: t('experiment.own.about') })}</p>
      {isChanged(began, draft) ? (
        <p className={s.changed} role="status">
          {t('experiment.changed')}{' '}
          <Button size="sm" variant="primary" onClick={() => desk.restart()}>
            <RotateCcw aria-hidden /> {t('tool.restart')}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function SeedSection() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const { seed } = useStore(desk.store, (state) => state.draft);
  const change = (value: number): void => {
    if (Number.isInteger(value) && value >= 0 && value <= MAX_SEED) desk.setSeed(value);
  };
  return (
    <section className={s.section} aria-labelledby="lab-seed">
      <h2 id="lab-seed">{t('seed.title')}</h2>
      <div className={s.seed}>
        <input
          type="number"
          aria-labelledby="lab-seed"
          min={0}
          max={MAX_SEED}
          value={seed}
          onChange={(event) => change(event.target.valueAsNumber)}
        />
        <Button size="sm" onClick={() => change((Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0)}>
          {t('seed.other')}
        </Button>
      </div>
      <p className={s.dim}>{t('seed.about')}</p>
    </section>
  );
}
