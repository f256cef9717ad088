import { PanelBottomOpen } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { useIsWide } from '../design/use-media.ts';
import { type Tool, WorkbenchAboveTerminal, WorkbenchOrTerminal } from '../workbench/WorkbenchAndTerminal.tsx';
import s from './BenchPage.module.css';

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
  const { t } = useTranslation('playground');
  return (
    <Split id={id} orientation="horizontal">
      <SplitPanel id={`${id}-side`} defaultSize={sideSize} minSize="18rem" maxSize="60%">
        {side(() => {})}
      </SplitPanel>
      <SplitHandle label={resizeLabel} />
      <SplitPanel id={`${id}-bench`} minSize="24rem">
        <WorkbenchAboveTerminal id="playground-tools" resizeLabel={t('resizeTerminal')} />
      </SplitPanel>
    </Split>
  );
}

function NarrowBench({ side }: BenchPageProps) {
  const { t } = useTranslation('playground');
  const [open, setOpen] = useState(false);
  const [tool, setTool] = useState<Tool>('workbench');
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
      <Sheet open={open} onOpenChange={setOpen} title={t('openWorkbench')} bare keepMounted>
        <WorkbenchOrTerminal
          label={t('openWorkbench')}
          tools={[
            { id: 'workbench', label: t('workbench') },
            { id: 'terminal', label: t('terminal') },
          ]}
          shown={tool}
          onShow={setTool}
        />
      </Sheet>
    </>
  );
}
