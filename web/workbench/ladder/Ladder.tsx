import { CircleHelp, List, Table } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { IconButton } from '../../design/IconButton.tsx';
import { useSelection } from '../../session/react.tsx';
import { useTlsNotes } from '../../tls/use-tls-notes.ts';
import { EventDetail } from '../EventDetail.tsx';
import { useLadder } from '../use-events.ts';
import { useView, useViewStore } from '../view-context.tsx';
import s from './Ladder.module.css';
import { LadderLegend } from './LadderLegend.tsx';
import { LadderRows } from './LadderRows.tsx';
import { LadderTable } from './LadderTable.tsx';
import type { LadderLayout } from './ladder-layout.ts';

/** The sequence diagram of one conversation, as a drawing or as a table, and the facts of the selected event. */
export function Ladder({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('workbench');
  const { layout, events } = useLadder(conversation);
  const notes = useTlsNotes(conversation, events);
  const as = useView((view) => view.ladderAs);
  const selectedSeq = useSelection((state) => state.event);
  const View = as === 'table' ? LadderTable : LadderRows;
  return (
    <div className={s.ladder}>
      {layout.rows.length === 0 ? (
        <EmptyState title={t('empty.cleared')} />
      ) : (
        <View key={conversation.id} conversation={conversation} layout={layout} notes={notes} />
      )}
      <div className={s.tools}>
        <LadderTools />
      </div>
      <EventDetail
        conversation={conversation}
        row={selectedRow(layout, selectedSeq)}
        note={selectedSeq === null ? undefined : notes.get(selectedSeq)}
      />
    </div>
  );
}

function selectedRow(layout: LadderLayout, seq: number | null) {
  const row = seq === null ? undefined : layout.rows[layout.indexOfEvent(seq)];
  return row?.type === 'event' ? row : null;
}

function LadderTools() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const as = useView((state) => state.ladderAs);
  const [legend, setLegend] = useState(false);
  const other = as === 'table' ? 'ladder' : 'table';
  return (
    <>
      <IconButton
        size="sm"
        label={`${t('ladder.view')}: ${t(other === 'table' ? 'ladder.asTable' : 'ladder.asLadder')}`}
        icon={other === 'table' ? <Table aria-hidden /> : <List aria-hidden />}
        onClick={() => view.setState({ ladderAs: other })}
      />
      <IconButton
        size="sm"
        label={t('ladder.legend')}
        icon={<CircleHelp aria-hidden />}
        onClick={() => setLegend(true)}
      />
      <Dialog open={legend} onOpenChange={setLegend} title={t('legend.title')}>
        <LadderLegend />
      </Dialog>
    </>
  );
}
