import { SquareTerminal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import s from './Tools.module.css';

const Workbench = lazy(() => import('../workbench/Workbench.tsx').then(({ Workbench }) => ({ default: Workbench })));
const TerminalPanel = lazy(() =>
  import('../terminal/TerminalPanel.tsx').then(({ TerminalPanel }) => ({ default: TerminalPanel })),
);

/** The workbench, and the terminal below it. */
export function ToolPanels() {
  const { t } = useTranslation('lessons');
  return (
    <Split id="lesson-tools" orientation="vertical">
      <SplitPanel id="workbench" defaultSize="62%" minSize="8rem">
        <Panel>
          <Workbench />
        </Panel>
      </SplitPanel>
      <SplitHandle label={t('resizeTerminal')} />
      <SplitPanel id="terminal" minSize="7rem">
        <Panel>
          <TerminalPanel />
        </Panel>
      </SplitPanel>
    </Split>
  );
}

/** Below 900 px: the same as a sheet, with a button that is always in reach. */
export function ToolSheet(props: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('lessons');
  const [shown, setShown] = useState('terminal');
  return (
    <>
      <div className={s.dock}>
        <Button variant="primary" onClick={() => props.onOpenChange(true)}>
          <SquareTerminal aria-hidden /> {t('tools')}
        </Button>
      </div>
      <Sheet {...props} title={t('tools')} keepMounted>
        <Tabs
          label={t('tools')}
          items={[
            { id: 'terminal', label: t('terminal') },
            { id: 'workbench', label: t('workbench') },
          ]}
          value={shown}
          onValueChange={setShown}
        >
          <TabPanel id="terminal" keepMounted>
            <Suspense fallback={null}>
              <TerminalPanel />
            </Suspense>
          </TabPanel>
          <TabPanel id="workbench">
            <Suspense fallback={null}>
              <Workbench />
            </Suspense>
          </TabPanel>
        </Tabs>
      </Sheet>
    </>
  );
}

/** Workbench and terminal are landmarks by themselves. */
function Panel({ children }: { readonly children: ReactNode }) {
  return (
    <div className={s.panel}>
      <Suspense fallback={null}>{children}</Suspense>
    </div>
  );
}
