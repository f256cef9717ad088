import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Split, SplitHandle, SplitPanel } from '../../design/Split.tsx';
import { TabPanel, Tabs } from '../../design/Tabs.tsx';
import { useIsWide } from '../../design/use-media.ts';
import { VisuallyHidden } from '../../design/VisuallyHidden.tsx';
import { useBreadcrumb } from '../../page/breadcrumb.ts';
import type { HostId } from '../net/link-settings.ts';
import { LabNotices } from './LabNotices.tsx';
import s from './LabPage.module.css';
import { LabProvider } from './lab-context.tsx';
import { LadderPane } from './ladder/LadderPane.tsx';
import { PacketPanel } from './panels/PacketPanel.tsx';
import { TablePanel } from './panels/TablePanel.tsx';
import { PredictPanel } from './predict/PredictPanel.tsx';
import { SetupPanel } from './setup/SetupPanel.tsx';
import { ByteTape } from './tape/ByteTape.tsx';
import { Toolbar } from './toolbar/Toolbar.tsx';
import { useLabDesk } from './use-lab-desk.ts';
import { useLabWords } from './use-lab-words.ts';

const ProgramsPanel = lazy(() =>
  import('./programs/ProgramsPanel.tsx').then(({ ProgramsPanel }) => ({ default: ProgramsPanel })),
);
const Plots = lazy(() => import('./plots/Plots.tsx').then(({ Plots }) => ({ default: Plots })));

/** Two hosts with a stack of their own, on a wire that the learner controls. */
export function LabPage() {
  useLabWords();
  return <Lab />;
}

function Lab() {
  const { t } = useTranslation('lab');
  const { desk, notice, dismiss } = useLabDesk();
  const [predicting, setPredicting] = useState(false);
  useBreadcrumb([{ label: t('title') }]);
  const bench = { predicting, onPredicting: setPredicting };
  return (
    <LabProvider desk={desk}>
      <VisuallyHidden>
        <h1>{t('heading')}</h1>
      </VisuallyHidden>
      <LabNotices notice={notice} dismiss={dismiss} />
      {useIsWide() ? <WideLab {...bench} /> : <NarrowLab {...bench} />}
    </LabProvider>
  );
}

interface BenchProps {
  readonly predicting: boolean;
  readonly onPredicting: (on: boolean) => void;
}

function WideLab(bench: BenchProps) {
  const { t } = useTranslation('lab');
  return (
    <Split id="lab" orientation="horizontal">
      <SplitPanel id="lab-setup" defaultSize="22rem" minSize="17rem" maxSize="45%">
        <SetupPanel />
      </SplitPanel>
      <SplitHandle label={t('resizeSetup')} />
      <SplitPanel id="lab-bench" minSize="30rem" className={s.bench}>
        <Toolbar {...bench} />
        {bench.predicting ? <PredictPanel /> : null}
        <Split id="lab-views" orientation="vertical">
          <SplitPanel id="lab-ladder" defaultSize="56%" minSize="12rem">
            <LadderPane />
          </SplitPanel>
          <SplitHandle label={t('resizeDock')} />
          <SplitPanel id="lab-dock" minSize="8rem">
            <Dock />
          </SplitPanel>
        </Split>
      </SplitPanel>
    </Split>
  );
}

function NarrowLab(bench: BenchProps) {
  return (
    <>
      <Toolbar {...bench} />
      {bench.predicting ? <PredictPanel /> : null}
      <LadderPane />
      <Dock />
      <SetupPanel />
    </>
  );
}

const TABS = ['tape', 'packet', 'programs', 'table'] as const;

function Dock() {
  const { t } = useTranslation('lab');
  const [tab, setTab] = useState<string>('tape');
  return (
    <Tabs
      label={t('dock.label')}
      items={TABS.map((id) => ({ id, label: t(`dock.${id}`) }))}
      value={tab}
      onValueChange={setTab}
      className={s.dock}
    >
      <TabPanel id="tape" className={s.panel}>
        <TapePanel />
      </TabPanel>
      <TabPanel id="packet" className={s.panel}>
        <PacketPanel />
      </TabPanel>
      <TabPanel id="programs" className={s.panel}>
        <Suspense fallback={null}>
          <ProgramsPanel />
        </Suspense>
      </TabPanel>
      <TabPanel id="table" className={s.panel}>
        <TablePanel />
      </TabPanel>
    </Tabs>
  );
}

/** The octets of one direction as they are now, and how their sender fared over time. */
function TapePanel() {
  const [from, setFrom] = useState<HostId>('a');
  return (
    <>
      <ByteTape from={from} onFrom={setFrom} />
      <Suspense fallback={null}>
        <Plots host={from} />
      </Suspense>
    </>
  );
}
