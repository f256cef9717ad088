import { useTranslation } from 'react-i18next';
import type { Conversation, SocketRow } from '#protocol/wire.ts';
import { EvidenceBadge } from '../../design/EvidenceBadge.tsx';
import type { Ends } from './end-states.ts';
import s from './LadderFoot.module.css';
import { Lifeline } from './Lifeline.tsx';
import { useKernelRows } from './use-kernel-rows.ts';

/** Lifelines below the newest row, and what the kernel says of both ends at this moment. */
export function LadderFoot({ conversation, ends }: { readonly conversation: Conversation; readonly ends: Ends }) {
  const { t } = useTranslation('workbench');
  const rows = useKernelRows(conversation);
  const known = rows.client !== null || rows.server !== null;
  return (
    <div className={s.foot}>
      <span className={s.now}>{known ? t('ladder.now') : null}</span>
      <State row={rows.client} />
      <span className={s.lane}>
        <Lifeline end="client" before={ends.client} />
        {known ? (
          <span className={s.evidence}>
            <EvidenceBadge evidence="kernel" />
          </span>
        ) : null}
        <Lifeline end="server" before={ends.server} />
      </span>
      <State row={rows.server} />
    </div>
  );
}

function State({ row }: { readonly row: SocketRow | null }) {
  const { t } = useTranslation('workbench');
  return (
    <span className={s.state} title={row ? t(`meaning.${row.state}`, { defaultValue: '' }) : undefined}>
      {row?.state}
    </span>
  );
}
