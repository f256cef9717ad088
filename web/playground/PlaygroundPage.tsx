import { PanelBottomOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { useIsWide } from '../design/use-media.ts';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { DemoList } from './DemoList.tsx';
import s from './PlaygroundPage.module.css';

const Workbench = lazy(() => import('../workbench/Workbench.tsx').then(({ Workbench }) => ({ default: Workbench })));
const TerminalPanel = lazy(() =>
  import('../terminal/TerminalPanel.tsx').then(({ TerminalPanel }) => ({ default: TerminalPanel })),
);

/** Everything without a lesson: the demos, the workbench and terminals; below 900 px the latter are a sheet. */
export function PlaygroundPage() {
  const { t } = useTranslation('playground');
  const wide = useIsWide();
  useBreadcrumb([{ label: t('title') }]);
  return wide ? <WidePlayground /> : <NarrowPlayground />;
}

function WidePlayground() {
  const { t } = useTranslation('playground');
  return (
    <Split id="playground" orientation="horizontal">
      <SplitPanel id="demos" defaultSize="30%" minSize="18rem" maxSize="60%">
        <DemoList canRun />
      </SplitPanel>
      <SplitHandle label={t('resizeDemos')} />
      <SplitPanel id="tools" minSize="24rem">
        <ToolPanels />
      </SplitPanel>
    </Split>
  );
}

function NarrowPlayground() {
  const { t } = useTranslation('playground');
  const [open, setOpen] = useState(false);
  return (
    <>
      <DemoList canRun onRun={() => setOpen(true)} />
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
          <Suspense fallback={null}>
            <Workbench />
          </Suspense>
        </div>
      </SplitPanel>
      <SplitHandle label={t('resizeTerminal')} />
      <SplitPanel id="terminal" minSize="7rem">
        <div className={s.panel}>
          <Suspense fallback={null}>
            <TerminalPanel />
          </Suspense>
        </div>
      </SplitPanel>
    </Split>
  );
}
