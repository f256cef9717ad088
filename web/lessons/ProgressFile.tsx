import { Download, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MAX_API_BODY_BYTES } from '#protocol/limits.ts';
import { Button } from '../design/Button.tsx';
import { FilePick } from '../design/FilePick.tsx';
import { saveBlob } from '../design/save-file.ts';
import { toast } from '../design/toast-store.ts';
import { systemClock } from '../session/clock.ts';
import { formatOctets } from '../workbench/format.ts';
import { browserProgress } from './browser-progress.ts';
import s from './ProgressFile.module.css';

/** What was learnt as a file, to keep or to take to another browser; and such a file taken in. */
export function ProgressFile() {
  const { t } = useTranslation('lessons');
  const save = (): void => {
    const name = `porthole-progress-${new Date(systemClock.now()).toISOString().slice(0, 10)}.json`;
    const { progress } = browserProgress().store.getState();
    saveBlob(name, new Blob([`${JSON.stringify(progress, null, 2)}\n`], { type: 'application/json' }));
    toast({ kind: 'good', text: t('file.saved', { name }) });
  };
  const load = async (file: File): Promise<void> => {
    // A file that the server would refuse is not taken in either.
    if (file.size > MAX_API_BODY_BYTES) {
      toast({ kind: 'bad', text: t('file.tooLarge', { limit: formatOctets(MAX_API_BODY_BYTES) }) });
      return;
    }
    const taken = browserProgress().take(await file.text().catch(() => ''));
    if (taken) toast({ kind: 'good', text: t('file.loaded', { count: Object.keys(taken.lessons).length }) });
    else toast({ kind: 'bad', text: t('file.refused') });
  };
  return (
    <p className={s.tools}>
      <Button size="sm" variant="quiet" onClick={save}>
        <Download aria-hidden /> {t('file.save')}
      </Button>
      <FilePick variant="quiet" size="sm" accept=".json,application/json" onFile={(file) => void load(file)}>
        <Upload aria-hidden /> {t('file.load')}
      </FilePick>
    </p>
  );
}
