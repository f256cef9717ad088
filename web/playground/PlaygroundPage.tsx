import { useTranslation } from 'react-i18next';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { runCommand } from '../terminal/terminals-store.ts';
import { BenchPage } from './BenchPage.tsx';
import { DemoList } from './DemoList.tsx';

/** Everything without a lesson: the demos, the workbench and terminals. */
export function PlaygroundPage() {
  const { t } = useTranslation('playground');
  useBreadcrumb([{ label: t('title') }]);
  return (
    <BenchPage
      id="playground"
      resizeLabel={t('resizeDemos')}
      side={(showTerminal) => (
        <DemoList
          run={(command) => {
            runCommand(command);
            showTerminal();
          }}
        />
      )}
    />
  );
}
