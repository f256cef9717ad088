import { useTranslation } from 'react-i18next';
import { Split, SplitHandle, SplitPanel } from '../../design/Split.tsx';
import { useIsWide } from '../../design/use-media.ts';
import { VisuallyHidden } from '../../design/VisuallyHidden.tsx';
import { useBreadcrumb } from '../../page/breadcrumb.ts';
import type { DockTab } from './Dock.tsx';
import { LabBench } from './LabBench.tsx';
import { LabNotices } from './LabNotices.tsx';
import s from './LabPage.module.css';
import { LabProvider } from './lab-context.tsx';
import { SetupPanel } from './setup/SetupPanel.tsx';
import { useLabDesk } from './use-lab-desk.ts';

const TABS: readonly DockTab[] = ['tape', 'packet', 'programs', 'table'];

/** Two hosts with a stack of their own, on a wire that the learner controls. */
export function LabPage() {
  const { t } = useTranslation('lab');
  const { desk, notice, dismiss } = useLabDesk();
  useBreadcrumb([{ label: t('title') }]);
  return (
    <LabProvider desk={desk}>
      <VisuallyHidden>
        <h1>{t('heading')}</h1>
      </VisuallyHidden>
      <LabNotices notice={notice} dismiss={dismiss} />
      {useIsWide() ? <WideLab /> : <NarrowLab />}
    </LabProvider>
  );
}

function WideLab() {
  const { t } = useTranslation('lab');
  return (
    <Split id="lab" orientation="horizontal">
      <SplitPanel id="lab-setup" defaultSize="22rem" minSize="17rem" maxSize="45%">
        <SetupPanel />
      </SplitPanel>
      <SplitHandle label={t('resizeSetup')} />
      <SplitPanel id="lab-bench" minSize="30rem" className={s.bench}>
        <LabBench id="lab" tabs={TABS} narrow={false} />
      </SplitPanel>
    </Split>
  );
}

function NarrowLab() {
  return (
    <>
      <LabBench id="lab" tabs={TABS} narrow />
      <SetupPanel />
    </>
  );
}
