import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { OpenRecording } from './OpenRecording.tsx';
import { RecordingView } from './RecordingView.tsx';
import { useShared } from './use-shared.ts';

/** `/shared`: shows the recording that the address or a file holds, or asks for one. Nothing in it is live. */
export function SharedPage() {
  const { t } = useTranslation('share');
  const { shown, openFile, openLink, close } = useShared();
  useBreadcrumb([{ label: t('page.crumb') }]);
  useDroppedFile(openFile);
  if (shown.state === 'opened') {
    return <RecordingView key={shown.turn} recording={shown.recording} onClose={close} />;
  }
  return (
    <OpenRecording
      opening={shown.state === 'opening'}
      refusal={shown.state === 'refused' ? shown.refusal : null}
      onFile={openFile}
      onLink={openLink}
    />
  );
}

/** Takes a file that is dropped anywhere; the browser would leave the page for it. */
function useDroppedFile(open: (file: File) => void): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      open(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [open]);
}
