import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Split, SplitHandle, SplitPanel } from '../../design/Split.tsx';
import { Dock, type DockTab } from './Dock.tsx';
import { LadderPane } from './ladder/LadderPane.tsx';
import { PredictPanel } from './predict/PredictPanel.tsx';
import { Toolbar } from './toolbar/Toolbar.tsx';

/** Props of {@link LabBench}. */
export interface LabBenchProps {
  /** Names the panels whose sizes are remembered. */
  readonly id: string;
  /** Views of the dock, the first one open. */
  readonly tabs: readonly DockTab[];
  /** One below the other, each as high as it needs: on a phone. */
  readonly narrow: boolean;
}

/** The run, its clock, and what can be seen of it. */
export function LabBench({ id, tabs, narrow }: LabBenchProps) {
  const { t } = useTranslation('lab');
  const [predicting, setPredicting] = useState(false);
  const top = (
    <>
      <Toolbar predicting={predicting} onPredicting={setPredicting} />
      {predicting ? <PredictPanel /> : null}
    </>
  );
  if (narrow) {
    return (
      <>
        {top}
        <LadderPane />
        <Dock tabs={tabs} />
      </>
    );
  }
  return (
    <>
      {top}
      <Split id={`${id}-views`} orientation="vertical">
        <SplitPanel id={`${id}-ladder`} defaultSize="56%" minSize="12rem">
          <LadderPane />
        </SplitPanel>
        <SplitHandle label={t('resizeDock')} />
        <SplitPanel id={`${id}-dock`} minSize="8rem">
          <Dock tabs={tabs} />
        </SplitPanel>
      </Split>
    </>
  );
}
