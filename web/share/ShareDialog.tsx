import { FolderOpen, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Conversation } from '#protocol/wire.ts';
import { Dialog } from '../design/Dialog.tsx';
import { Segmented } from '../design/Segmented.tsx';
import { Switch } from '../design/Switch.tsx';
import { useSelectionStore, useSession } from '../session/react.tsx';
import { LinkPart } from './LinkPart.tsx';
import { SHARED_PATH } from './link.ts';
import { isShareable } from './make-recording.ts';
import { RecordingFacts } from './RecordingFacts.tsx';
import { SavePart } from './SavePart.tsx';
import s from './ShareDialog.module.css';
import { useMaking } from './use-making.ts';

/** Makes a link or a file of one conversation, or of everything that the page holds. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('share');
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('dialog.title')}
      description={t('dialog.lead')}
    >
      <ShareForm onClose={onClose} />
    </Dialog>
  );
}

function ShareForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('share');
  const { store } = useSession();
  const [any] = useState(() => [...store.getState().conversations.values()].some(isShareable));
  return (
    <div className={s.form}>
      {any ? <Choices /> : <p>{t('dialog.nothing')}</p>}
      <p className={s.open}>
        <Link href={SHARED_PATH} onClick={onClose}>
          <FolderOpen aria-hidden /> {t('dialog.open')}
        </Link>
      </p>
    </div>
  );
}

function Choices() {
  const { t } = useTranslation('share');
  const selected = useSelectedOnce();
  const [everything, setEverything] = useState(selected === null);
  const conversation = everything ? null : (selected?.id ?? null);
  const [masks, setMasks] = useState(true);
  const making = useMaking(conversation, masks);
  return (
    <>
      <Segmented
        label={t('what.label')}
        items={[
          ...(selected ? [{ id: 'one', label: t('what.one', { id: selected.id, server: nameOf(selected) }) }] : []),
          { id: 'everything', label: t('what.everything') },
        ]}
        value={everything ? 'everything' : 'one'}
        onValueChange={(id) => setEverything(id === 'everything')}
      />
      <div className={s.mask}>
        <Switch label={t('mask.label')} checked={masks} onCheckedChange={setMasks} />
        <p className={s.dim} role="status">
          {making.state === 'made' ? t(masks ? 'mask.found' : 'mask.shown', { count: making.secrets }) : null}
        </p>
      </div>
      <RecordingFacts making={making} everything={everything} />
      <LinkPart making={making} />
      <SavePart making={making} conversation={conversation} />
      <p className={s.privacy}>
        <ShieldAlert aria-hidden />
        <span>{t('dialog.privacy')}</span>
      </p>
    </>
  );
}

/** The conversation that was selected when the dialog opened: following the newest one must not change what is shared. */
function useSelectedOnce(): Conversation | null {
  const { store } = useSession();
  const selection = useSelectionStore();
  const [selected] = useState(() => {
    const { conversation } = selection.getState();
    const found = conversation === null ? undefined : store.getState().conversations.get(conversation);
    return found && isShareable(found) ? found : null;
  });
  return selected;
}

function nameOf({ demo, server }: Conversation): string {
  return demo === null ? `:${server.port}` : `${demo} :${server.port}`;
}
