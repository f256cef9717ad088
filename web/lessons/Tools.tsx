import { FlaskConical, SquareTerminal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { lazily } from '../design/lazily.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import { useLesson } from './lesson-context.tsx';
import s from './Tools.module.css';

const Workbench = lazily(
  async () => (await import('../workbench/Workbench.tsx')).Workbench,
  ['share', 'tls', 'workbench'],
);
const LessonLab = lazily(async () => (await import('./lab/LessonLab.tsx')).LessonLab, ['lab', 'packets']);
const TerminalPanel = lazily(async () => (await import('../terminal/TerminalPanel.tsx')).TerminalPanel, ['terminal']);

/** Whether the lesson of this page is done in the lab. */
function useIsInLab(): boolean {
  return useLesson().lesson.steps.some(({ lab }) => lab);
}

/** The workbench, and the terminal below it; or the lab. */
export function ToolPanels() {
  return useIsInLab() ? <LessonLab /> : <WorkbenchAndTerminal />;
}

function WorkbenchAndTerminal() {
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
export function ToolSheet(props: SheetProps) {
  return useIsInLab() ? <LabSheet {...props} /> : <TerminalSheet {...props} />;
}

interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

function LabSheet(props: SheetProps) {
  const { t } = useTranslation('lessons');
  return (
    <>
      <div className={s.dock}>
        <Button variant="primary" onClick={() => props.onOpenChange(true)}>
          <FlaskConical aria-hidden /> {t('lab')}
        </Button>
      </div>
      <Sheet {...props} title={t('lab')} keepMounted>
        <LessonLab />
      </Sheet>
    </>
  );
}

function TerminalSheet(props: SheetProps) {
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
            <TerminalPanel />
          </TabPanel>
          <TabPanel id="workbench" keepMounted>
            <Workbench />
          </TabPanel>
        </Tabs>
      </Sheet>
    </>
  );
}

/** Workbench and terminal are landmarks by themselves. */
function Panel({ children }: { readonly children: ReactNode }) {
  return <div className={s.panel}>{children}</div>;
}
