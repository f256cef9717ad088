import { Archive, Download, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { lazily } from '../design/lazily.tsx';
import { toast } from '../design/toast-store.ts';
import { RecordingProvider } from '../session/react.tsx';
import { createSelection } from '../session/selection.ts';
import { formatOctets } from '../workbench/format.ts';
import { fileName, saveFile } from './file.ts';
import s from './RecordingView.module.css';
import { createRecordedSession } from './recorded-session.ts';
import type { Recording } from './recording.ts';
import { recordingJson } from './recording-json.ts';

const Workbench = lazily(
  async () => (await import('../workbench/Workbench.tsx')).Workbench,
  ['share', 'tls', 'workbench'],
);

/** Props of {@link RecordingView}. */
export interface RecordingViewProps {
  readonly recording: Recording;
  readonly onClose: () => void;
}

/** A recording in the same workbench as the wire itself, under a banner that says what it is. */
export function RecordingView({ recording, onClose }: RecordingViewProps) {
  const [{ session, selection }] = useState(() => filled(recording));
  return (
    <div className={s.view}>
      <Banner recording={recording} onClose={onClose} />
      <div className={s.workbench}>
        <RecordingProvider session={session} selection={selection}>
          <Workbench />
        </RecordingProvider>
      </div>
    </div>
  );
}

/** A session that never changes, and the newest conversation selected in it. */
function filled(recording: Recording) {
  const session = createRecordedSession(recording);
  const newest = recording.conversations.reduce((id, each) => Math.max(id, each.id), 0);
  return { session, selection: createSelection(session.store, newest) };
}

function Banner({ recording, onClose }: RecordingViewProps) {
  const { t, i18n } = useTranslation('share');
  const { madeWallMs, leftOut } = recording;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeStyle: 'short' }).format(madeWallMs);
  return (
    <header className={s.banner}>
      <Archive aria-hidden className={s.icon} />
      <div className={s.words}>
        <h1 className={s.title}>{t('view.title', { date })}</h1>
        <p className={s.lead}>
          {t('view.lead')}{' '}
          {leftOut.payloads > 0
            ? t('view.leftOut', { count: leftOut.payloads, size: formatOctets(leftOut.bytes) })
            : null}
        </p>
      </div>
      <div className={s.actions}>
        <SaveCopy recording={recording} />
        <Button size="sm" onClick={onClose}>
          <X aria-hidden /> {t('view.close')}
        </Button>
      </div>
    </header>
  );
}

function SaveCopy({ recording }: Pick<RecordingViewProps, 'recording'>) {
  const { t } = useTranslation('share');
  const [only, another] = recording.conversations;
  const save = () => {
    const name = fileName(only && !another ? only.id : null, recording.madeWallMs);
    saveFile(name, recordingJson(recording));
    toast({ kind: 'good', text: t('file.saved', { name }) });
  };
  return (
    <Button size="sm" onClick={save}>
      <Download aria-hidden /> {t('file.save')}
    </Button>
  );
}
