import { useTranslation } from 'react-i18next';
import type { Conversation, SocketRow } from '#protocol/wire.ts';
import s from './LadderTable.module.css';
import { useKernelRows } from './use-kernel-rows.ts';

/** Columns before those of the states. */
const COLUMNS_BEFORE = 4;

/** What the kernel says of both ends at this moment, below the events; nothing where it lists neither. */
export function LadderTableFoot({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('workbench');
  const { client, server } = useKernelRows(conversation);
  if (client === null && server === null) return null;
  return (
    <tfoot>
      <tr className={s.row}>
        <th scope="row" className={s.now}>
          {t('ladder.now')}
        </th>
        <td colSpan={COLUMNS_BEFORE} />
        <StateCell row={client} />
        <StateCell row={server} />
        <td>{t('design:evidence.kernel')}</td>
      </tr>
    </tfoot>
  );
}

function StateCell({ row }: { readonly row: SocketRow | null }) {
  const { t } = useTranslation('workbench');
  return (
    <td className={s.state} title={row ? t(`meaning.${row.state}`, { defaultValue: '' }) : undefined}>
      {row?.state ?? '–'}
    </td>
  );
}
