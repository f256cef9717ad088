import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { useSelection, useWire } from '../session/react.tsx';
import { indexAfter } from './ladder/ladder-layout.ts';
import { useView, useViewStore } from './view-context.tsx';
import s from './WorkbenchNotes.module.css';

/** Says when the view does not show everything: it is paused, or was cleared. */
export function WorkbenchNotes() {
  return (
    <div className={s.notes} role="status">
      <PausedNote />
      <ClearedNote />
    </div>
  );
}

function PausedNote() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const pausedAtSeq = useView((state) => state.pausedAtSeq);
  const conversation = useSelection((state) => state.conversation);
  const waiting = useWire(({ log }) => {
    if (pausedAtSeq === null || conversation === null) return 0;
    const events = log.ofConversation(conversation);
    return events.length - indexAfter(events, pausedAtSeq);
  });
  if (pausedAtSeq === null) return null;
  return (
    <p className={s.note}>
      {t('controls.paused')} {waiting > 0 ? t('controls.waiting', { count: waiting }) : null}
      <Button size="sm" onClick={() => view.setState({ pausedAtSeq: null })}>
        {t('controls.resume')}
      </Button>
    </p>
  );
}

function ClearedNote() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const cleared = useView((state) => state.clearedSeq > 0);
  if (!cleared) return null;
  return (
    <p className={s.note}>
      {t('controls.cleared')}
      <Button size="sm" onClick={() => view.setState({ clearedSeq: 0 })}>
        {t('controls.showAll')}
      </Button>
    </p>
  );
}
