import { FlaskConical, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { lazily } from '../design/lazily.tsx';
import { Sheet } from '../design/Sheet.tsx';
import { type Tool, WorkbenchAboveTerminal, WorkbenchOrTerminal } from '../workbench/WorkbenchAndTerminal.tsx';
import { useLesson } from './lesson-context.tsx';
import s from './Tools.module.css';

const LessonLab = lazily(async () => (await import('./lab/LessonLab.tsx')).LessonLab, ['lab', 'packets']);

/** Whether the lesson of this page is done in the lab. */
function useIsInLab(): boolean {
  return useLesson().lesson.steps.some(({ lab }) => lab);
}

/** The workbench, and the terminal below it; or the lab. */
export function ToolPanels() {
  const { t } = useTranslation('lessons');
  if (useIsInLab()) return <LessonLab />;
  return <WorkbenchAboveTerminal id="lesson-tools" resizeLabel={t('resizeTerminal')} />;
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
  const [shown, setShown] = useState<Tool>('terminal');
  return (
    <>
      <div className={s.dock}>
        <Button variant="primary" onClick={() => props.onOpenChange(true)}>
          <SquareTerminal aria-hidden /> {t('tools')}
        </Button>
      </div>
      <Sheet {...props} title={t('tools')} bare keepMounted>
        <WorkbenchOrTerminal
          label={t('tools')}
          tools={[
            { id: 'terminal', label: t('terminal') },
            { id: 'workbench', label: t('workbench') },
          ]}
          shown={shown}
          onShow={setShown}
        />
      </Sheet>
    </>
  );
}
