import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type CaptureStatus, capturedInterfaces } from '#protocol/capture.ts';
import type { Conversation } from '#protocol/wire.ts';
import { buttonClass } from '../design/Button.tsx';
import { EvidenceBadge } from '../design/EvidenceBadge.tsx';
import { Segmented } from '../design/Segmented.tsx';
import { useSession, useWire } from '../session/react.tsx';
import s from './CaptureBar.module.css';
import { SavePackets } from './SavePackets.tsx';

/** Props of {@link CaptureBar}. */
export interface CaptureBarProps {
  readonly status: CaptureStatus | null;
  readonly which: 'flow' | 'all';
  readonly setWhich: (which: 'flow' | 'all') => void;
  readonly conversation: Conversation | undefined;
  /** What belongs to the view of one conversation. */
  readonly children: ReactNode;
}

/** Which packets are shown, how the capture fares, where it captures, and what can be done with them. */
export function CaptureBar({ status, which, setWhich, conversation, children }: CaptureBarProps) {
  const { t } = useTranslation('packets');
  return (
    <div className={s.bar}>
      <Segmented
        label={t('view.label')}
        items={(['flow', 'all'] as const).map((id) => ({ id, label: t(`view.${id}`) }))}
        value={which}
        onValueChange={(id) => setWhich(id === 'all' ? 'all' : 'flow')}
      />
      <Status status={status} />
      {status ? <InterfaceChoice status={status} /> : null}
      {which === 'flow' ? children : <EvidenceBadge evidence="captured" />}
      <span className={s.tools}>
        <SavePackets conversation={which === 'all' ? undefined : conversation} />
        <Link href="/packets" className={buttonClass('quiet', 'sm')} title={t('open')} aria-label={t('open')}>
          <FolderOpen aria-hidden />
        </Link>
      </span>
    </div>
  );
}

function Status({ status }: { readonly status: CaptureStatus | null }) {
  const { t } = useTranslation('packets');
  const missed = useWire((state) => state.packets.missed);
  if (!status) return <span className={s.status}>{t('status.waiting')}</span>;
  const { state, tool, dropped, filter } = status;
  return (
    <span
      className={s.status}
      data-state={state}
      title={filter === '' ? undefined : `${t('status.filter')}\n${filter}`}
    >
      {t(`status.${state}`, { interface: capturedInterfaces(status).join(' + '), tool })}
      {dropped ? <b> · {t('status.dropped', { count: dropped })}</b> : null}
      {missed > 0 ? <b> · {t('status.missed', { count: missed })}</b> : null}
    </span>
  );
}

/** Has one more interface captured, of those that the server says there are; the filter is the same there. */
function InterfaceChoice({ status }: { readonly status: CaptureStatus }) {
  const { t } = useTranslation('packets');
  const session = useSession();
  const chosen = useWire((state) => state.alsoInterface);
  const { interfaces, also, state } = status;
  if (interfaces.length === 0 || state === 'refused') return null;
  const refused = also.find((each) => each.interface === chosen && each.state === 'refused');
  return (
    <span className={s.also}>
      <select
        aria-label={t('also.label', { interface: status.interface })}
        title={t('also.why')}
        value={chosen ?? ''}
        onChange={({ target }) => session.chooseInterface(target.value === '' ? null : target.value)}
      >
        <option value="">{t('also.none', { interface: status.interface })}</option>
        {interfaces.map((name) => (
          <option key={name} value={name}>
            {t('also.one', { name })}
          </option>
        ))}
      </select>
      {refused ? <b title={refused.detail ?? undefined}>{t('also.refused', { name: refused.interface })}</b> : null}
    </span>
  );
}
