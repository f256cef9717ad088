import { useTranslation } from 'react-i18next';
import { lazily } from '../design/lazily.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import s from './WorkbenchAndTerminal.module.css';

const TOOLS = {
  workbench: lazily(async () => (await import('./Workbench.tsx')).Workbench, ['share', 'tls', 'workbench']),
  terminal: lazily(async () => (await import('../terminal/TerminalPanel.tsx')).TerminalPanel, ['terminal']),
};

/** What stands beside the words of a page. */
export type Tool = keyof typeof TOOLS;

/** Props of {@link WorkbenchAboveTerminal}. */
export interface WorkbenchAboveTerminalProps {
  /** Names the remembered heights. */
  readonly id: string;
  /** Accessible name of the handle between the two. */
  readonly resizeLabel: string;
}

/** Workbench and terminal one above the other. Each is a landmark by itself. */
export function WorkbenchAboveTerminal({ id, resizeLabel }: WorkbenchAboveTerminalProps) {
  return (
    <Split id={id} orientation="vertical">
      <SplitPanel id="workbench" defaultSize="62%" minSize="8rem">
        <div className={s.panel}>
          <TOOLS.workbench />
        </div>
      </SplitPanel>
      <SplitHandle label={resizeLabel} />
      <SplitPanel id="terminal" minSize="7rem">
        <div className={s.panel}>
          <TOOLS.terminal />
        </div>
      </SplitPanel>
    </Split>
  );
}

/** Props of {@link WorkbenchOrTerminal}. */
export interface WorkbenchOrTerminalProps {
  /** The room whose words name the two: `workbench` and `terminal`. */
  readonly words: 'lessons' | 'playground';
  /** Accessible name of the tabs. */
  readonly label: string;
  /** In the order of the tabs. */
  readonly order: readonly [Tool, Tool];
  readonly shown: Tool;
  readonly onShow: (tool: Tool) => void;
}

/** A phone is too low for both at once: each gets the whole height, and the terminal lives on behind the workbench. */
export function WorkbenchOrTerminal({ words, label, order, shown, onShow }: WorkbenchOrTerminalProps) {
  const { t } = useTranslation(words);
  return (
    <Tabs
      label={label}
      items={order.map((id) => ({ id, label: t(id) }))}
      value={shown}
      onValueChange={(id) => onShow(id === 'workbench' ? 'workbench' : 'terminal')}
    >
      {order.map((id) => {
        const View = TOOLS[id];
        return (
          <TabPanel key={id} id={id} keepMounted>
            <View />
          </TabPanel>
        );
      })}
    </Tabs>
  );
}
