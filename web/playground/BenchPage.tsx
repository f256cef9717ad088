import { PanelBottomOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { lazily } from '../design/lazily.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import { useIsWide } from '../design/use-media.ts';
import s from './BenchPage.module.css';

const Workbench = lazily(
  async () => (await import('../workbench/Workbench.tsx')).Workbench,
  ['share', 'tls', 'workbench'],
);
const TerminalPanel = lazily(async () => (await import('../terminal/TerminalPanel.tsx')).TerminalPanel, ['terminal']);

/** Props of {@link BenchPage}. */
export interface BenchPageProps {
  /** Names the page's panels, whose sizes are remembered. */
  readonly id: string;
  /** The left side; `showTerminal` brings the terminal into view where it is not beside it. */
  readonly side: (showTerminal: () => void) => ReactNode;
  /** Width of the left side before it is changed; default 30%. */
  readonly sideSize?: string;
  /** Accessible name of the handle between the sides. */
  readonly resizeLabel: string;
}

/** Something on the left, workbench and terminals on the right; below 900 px the latter are a sheet. */
export function BenchPage(props: BenchPageProps) {
  return useIsWide() ? <WideBench {...props} /> : <NarrowBench {...props} />;
}

function WideBench({ id, side, sideSize = '30%', resizeLabel }: BenchPageProps) {
  return (
    <Split id={id} orientation="horizontal">
      <SplitPanel id={`${id}-side`} defaultSize={sideSize} minSize="18rem" maxSize="60%">
        {side(() => {})}
      </SplitPanel>
      <SplitHandle label={resizeLabel} />
      <SplitPanel id={`${id}-bench`} minSize="24rem">
        <ToolPanels />
      </SplitPanel>
    </Split>
  );
}

function NarrowBench({ side }: BenchPageProps) {
  const { t } = useTranslation('playground');
  const [open, setOpen] = useState(false);
  const [tool, setTool] = useState('workbench');
  const showTerminal = () => {
    setTool('terminal');
    setOpen(true);
  };
  return (
    <>
      {side(showTerminal)}
      <div className={s.dock}>
        <Button variant="primary" onClick={() => setOpen(true)}>
          <PanelBottomOpen aria-hidden /> {t('openWorkbench')}
        </Button>
      </div>
      <Sheet open={open} onOpenChange={setOpen} title={t('openWorkbench')} keepMounted>
        <ToolTabs tool={tool} onToolChange={setTool} />
      </Sheet>
    </>
  );
}

interface ToolTabsProps {
  readonly tool: string;
  readonly onToolChange: (tool: string) => void;
}

/** A phone is too low for both at once: each gets the whole height, and the terminal lives on behind the workbench. */
function ToolTabs({ tool, onToolChange }: ToolTabsProps) {
  const { t } = useTranslation('playground');
  return (
    <Tabs
      label={t('openWorkbench')}
      items={[
        { id: 'workbench', label: t('workbench') },
        { id: 'terminal', label: t('terminal') },
      ]}
      value={tool}
      onValueChange={onToolChange}
    >
      <TabPanel id="workbench" keepMounted>
        <Workbench />
      </TabPanel>
      <TabPanel id="terminal" keepMounted>
        <TerminalPanel />
      </TabPanel>
    </Tabs>
  );
}

function ToolPanels() {
  const { t } = useTranslation('playground');
  return (
    <Split id="playground-tools" orientation="vertical">
      <SplitPanel id="workbench" defaultSize="62%" minSize="8rem">
        <div className={s.panel}>
          <Workbench />
        </div>
      </SplitPanel>
      <SplitHandle label={t('resizeTerminal')} />
      <SplitPanel id="terminal" minSize="7rem">
        <div className={s.panel}>
          <TerminalPanel />
        </div>
      </SplitPanel>
    </Split>
  );
}
