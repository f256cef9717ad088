import { PanelBottomOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { lazily } from '../design/lazily.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
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
  /** The left side; `showBench` brings workbench and terminal into view where they are not beside it. */
  readonly side: (showBench: () => void) => ReactNode;
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
  return (
    <>
      {side(() => setOpen(true))}
      <div className={s.dock}>
        <Button variant="primary" onClick={() => setOpen(true)}>
          <PanelBottomOpen aria-hidden /> {t('openWorkbench')}
        </Button>
      </div>
      <Sheet open={open} onOpenChange={setOpen} title={t('openWorkbench')} keepMounted>
        <ToolPanels />
      </Sheet>
    </>
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
