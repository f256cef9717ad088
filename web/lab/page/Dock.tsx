import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazily } from '../../design/lazily.tsx';
import { TabPanel, Tabs } from '../../design/Tabs.tsx';
import type { HostId } from '../net/link-settings.ts';
import s from './Dock.module.css';
import { useLabState } from './lab-context.tsx';
import { OutputPanel } from './panels/OutputPanel.tsx';
import { PacketPanel } from './panels/PacketPanel.tsx';
import { TablePanel } from './panels/TablePanel.tsx';
import { SetupPanel } from './setup/SetupPanel.tsx';
import { ByteTape } from './tape/ByteTape.tsx';
import { useNames } from './use-names.ts';

const ProgramsPanel = lazily(async () => (await import('./programs/ProgramsPanel.tsx')).ProgramsPanel, ['lab']);
const Plots = lazily(async () => (await import('./plots/Plots.tsx')).Plots, ['lab']);

/** Views of a run. */
export type DockTab = 'output' | 'tape' | 'packet' | 'programs' | 'setup' | 'table';

const PANELS: Readonly<Record<DockTab, () => React.ReactNode>> = {
  output: BothOutputs,
  tape: TapePanel,
  packet: PacketPanel,
  programs: ProgramsPanel as () => React.ReactNode,
  setup: SetupPanel,
  table: TablePanel,
};

/** The views below the ladder, one at a time. */
export function Dock({ tabs }: { readonly tabs: readonly DockTab[] }) {
  const { t } = useTranslation('lab');
  const [tab, setTab] = useState<string>(tabs[0] ?? 'tape');
  return (
    <Tabs
      label={t('dock.label')}
      items={tabs.map((id) => ({ id, label: t(`dock.${id}`) }))}
      value={tab}
      onValueChange={setTab}
      className={s.dock}
    >
      {tabs.map((id) => {
        const Panel = PANELS[id];
        return (
          <TabPanel key={id} id={id} className={s.panel}>
            <Panel />
          </TabPanel>
        );
      })}
    </Tabs>
  );
}

/** What the programs of both hosts printed, one beside the other. */
function BothOutputs() {
  const names = useNames();
  const { programs } = useLabState((state) => state.run.setup);
  const columns = (['a', 'b'] as const).flatMap((host) =>
    programs[host].map(({ name }, program) => ({ host, program, name: programs[host].length > 1 ? name : null })),
  );
  return (
    <div className={s.outputs}>
      {columns.map(({ host, program, name }) => (
        <div key={`${host}${program}`}>
          <h3 className={s.host} data-host={host}>
            {names[host]} {name === null ? null : <span>{name}</span>}
          </h3>
          <OutputPanel host={host} program={program} />
        </div>
      ))}
    </div>
  );
}

/** The octets of one direction as they are now, and how their sender fared over time. */
function TapePanel() {
  const [from, setFrom] = useState<HostId>('a');
  return (
    <>
      <ByteTape from={from} onFrom={setFrom} />
      <Plots host={from} />
    </>
  );
}
