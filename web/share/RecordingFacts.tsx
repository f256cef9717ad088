import { useTranslation } from 'react-i18next';
import { formatOctets } from '../workbench/format.ts';
import { payloadBytes, type Recording } from './recording.ts';
import s from './ShareDialog.module.css';
import type { Making } from './use-making.ts';

/** Props of {@link RecordingFacts}. */
export interface RecordingFactsProps {
  readonly making: Making;
  readonly everything: boolean;
}

/** What will be in the recording, and what will not. */
export function RecordingFacts({ making, everything }: RecordingFactsProps) {
  const { t } = useTranslation('share');
  return (
    <div className={s.facts} role="status">
      {making.state === 'making' ? <Progress {...making} /> : null}
      {making.state === 'failed' ? <p className={s.bad}>{t('facts.failed')}</p> : null}
      {making.state === 'made' ? <Contents recording={making.recording} /> : null}
      {everything ? <p className={s.dim}>{t('facts.noPage')}</p> : null}
    </div>
  );
}

function Progress({ done, total }: { readonly done: number; readonly total: number }) {
  const { t } = useTranslation('share');
  return (
    <p>
      {total === 0 ? t('facts.making') : t('facts.fetching', { done, total })}{' '}
      <progress className={s.progress} aria-hidden="true" max={Math.max(1, total)} value={done} />
    </p>
  );
}

function Contents({ recording }: { readonly recording: Recording }) {
  const { t } = useTranslation('share');
  const { conversations, events, leftOut } = recording;
  return (
    <>
      <p>
        {t('facts.contents', {
          conversations: t('facts.conversations', { count: conversations.length }),
          events: t('facts.events', { count: events.length }),
          size: formatOctets(payloadBytes(recording)),
        })}
      </p>
      {leftOut.payloads > 0 ? (
        <p className={s.attention}>
          {t('facts.leftOut', { count: leftOut.payloads, size: formatOctets(leftOut.bytes) })}
        </p>
      ) : null}
    </>
  );
}
