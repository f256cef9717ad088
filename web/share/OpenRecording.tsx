import { CircleAlert, FileUp, Link2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { FilePick } from '../design/FilePick.tsx';
import { FILE_SUFFIX } from './file.ts';
import s from './OpenRecording.module.css';
import type { Refusal } from './refusal.ts';

/** Props of {@link OpenRecording}. */
export interface OpenRecordingProps {
  readonly opening: boolean;
  /** Why the last one was not opened. */
  readonly refusal: Refusal | null;
  readonly onFile: (file: File) => void;
  readonly onLink: (text: string) => void;
}

/** Asks for a recording: a file, dropped or picked, or a link. */
export function OpenRecording({ opening, refusal, onFile, onLink }: OpenRecordingProps) {
  const { t } = useTranslation('share');
  return (
    <div className={s.page}>
      <h1>{t('open.title')}</h1>
      <p className={s.lead}>{t('open.lead')}</p>
      <div role="alert">{refusal ? <Refused refusal={refusal} /> : null}</div>
      <p role="status" className={s.status}>
        {opening ? t('open.opening') : null}
      </p>
      <FilePicker onFile={onFile} />
      <LinkForm onLink={onLink} />
      <p className={s.dim}>{t('open.safe')}</p>
    </div>
  );
}

function Refused({ refusal }: { readonly refusal: Refusal }) {
  const { t } = useTranslation('share');
  return (
    <div className={s.refused}>
      <CircleAlert aria-hidden />
      <div>
        <p className={s.why}>{t(`refused.${refusal.code}`)}</p>
        <p>{t(`advice.${refusal.code}`)}</p>
        {refusal.where === '' ? null : <p className={s.dim}>{t('open.place', { place: refusal.where })}</p>}
      </div>
    </div>
  );
}

function FilePicker({ onFile }: Pick<OpenRecordingProps, 'onFile'>) {
  const { t } = useTranslation('share');
  return (
    <section className={s.drop} aria-label={t('open.file')}>
      <FileUp aria-hidden className={s.icon} />
      <p>{t('open.drop', { suffix: FILE_SUFFIX })}</p>
      <FilePick variant="primary" accept=".json,application/json" onFile={onFile}>
        {t('open.pick')}
      </FilePick>
    </section>
  );
}

function LinkForm({ onLink }: Pick<OpenRecordingProps, 'onLink'>) {
  const { t } = useTranslation('share');
  const id = useId();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onLink(text);
  };
  return (
    <form className={s.form} onSubmit={submit}>
      <label htmlFor={id}>{t('open.linkLabel')}</label>
      <span className={s.field}>
        <input
          id={id}
          type="text"
          className={s.input}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          <Link2 aria-hidden /> {t('open.openLink')}
        </Button>
      </span>
      <p className={s.dim}>{t('open.linkHint')}</p>
    </form>
  );
}
