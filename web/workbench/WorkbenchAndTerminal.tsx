import { lazily } from '../design/lazily.tsx';
import { SheetClose } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import s from './WorkbenchAndTerminal.module.css';

const Workbench = lazily(async () => (await import('./Workbench.tsx')).Workbench, ['share', 'tls', 'workbench']);
const TerminalPanel = lazily(async () => (await import('../terminal/TerminalPanel.tsx')).TerminalPanel, ['terminal']);

const TOOLS = { workbench: Workbench, terminal: TerminalPanel };

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
          <Workbench />
        </div>
      </SplitPanel>
      <SplitHandle label={resizeLabel} />
      <SplitPanel id="terminal" minSize="7rem">
        <div className={s.panel}>
          <TerminalPanel />
        </div>
      </SplitPanel>
    </Split>
  );
}

/** Props of {@link WorkbenchOrTerminal}. */
export interface WorkbenchOrTerminalProps {
  /** Accessible name of the tabs. */
  readonly label: string;
  /** Both, in the order of their tabs. */
  readonly tools: readonly { readonly id: Tool; readonly label: string }[];
  readonly shown: Tool;
  readonly onShow: (tool: Tool) => void;
}

/** In a bare sheet, a phone being too low for both at once: each gets the whole height, and the terminal lives on behind the workbench. */
export function WorkbenchOrTerminal({ label, tools, shown, onShow }: WorkbenchOrTerminalProps) {
  return (
    <Tabs
      label={label}
      items={tools}
      value={shown}
      end={<SheetClose />}
      onValueChange={(id) => onShow(id === 'workbench' ? 'workbench' : 'terminal')}
    >
      {tools.map(({ id }) => {
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
