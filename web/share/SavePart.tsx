import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { toast } from '../design/toast-store.ts';
import { formatOctets } from '../workbench/format.ts';
import { fileName, saveFile } from './file.ts';
import s from './ShareDialog.module.css';
import type { Making } from './use-making.ts';

/** Props of {@link SavePart}. */
export interface SavePartProps {
  readonly making: Making;
  /** Id of the conversation that is recorded; `null`: everything. */
  readonly conversation: number | null;
}

/** The recording as a file: has room for everything, and a person can read it. */
export function SavePart({ making, conversation }: SavePartProps) {
  const { t } = useTranslation('share');
  const made = making.state === 'made' ? making : null;
  const isOnlyWay = made !== null && !made.link.ok;
  const save = () => {
    if (!made) return;
    const name = fileName(conversation, made.recording.madeWallMs);
    saveFile(name, made.json);
    toast({ kind: 'good', text: t('file.saved', { name }) });
  };
  return (
    <section className={s.part} aria-label={t('file.label')}>
      <h3>{t('file.label')}</h3>
      <div className={s.save}>
        <Button size="sm" variant={isOnlyWay ? 'primary' : 'secondary'} disabled={!made} onClick={save}>
          <Download aria-hidden /> {t('file.save')}
        </Button>
        <span className={s.dim}>{made ? formatOctets(new Blob([made.json]).size) : null}</span>
      </div>
      <p className={s.dim}>{t('file.lead')}</p>
    </section>
  );
}
