import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { toast } from '../design/toast-store.ts';
import { useSelection, useSession, useWire } from '../session/react.tsx';

/** Has server and page forget a conversation, or all of them, after asking. */
export function ForgetDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('workbench');
  const session = useSession();
  const live = useWire((state) => state.status === 'live');
  const conversation = useSelection((state) => state.conversation);
  const forget = (id: number | null) => {
    session.forget(id);
    onClose();
    toast({ kind: 'good', text: id === null ? t('forget.allDone') : t('forget.oneDone', { id }) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('forget.title')}
      description={t('forget.lead')}
      actions={
        <>
          <Button onClick={() => onClose()}>{t('forget.cancel')}</Button>
          {conversation === null ? null : (
            <Button disabled={!live} onClick={() => forget(conversation)}>
              {t('forget.one', { id: conversation })}
            </Button>
          )}
          <Button variant="primary" disabled={!live} onClick={() => forget(null)}>
            {t('forget.all')}
          </Button>
        </>
      }
    >
      <p>{t('forget.rest')}</p>
    </Dialog>
  );
}
