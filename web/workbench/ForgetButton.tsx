import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { IconButton } from '../design/IconButton.tsx';
import { toast } from '../design/toast-store.ts';
import { useSelection, useSession, useWire } from '../session/react.tsx';

/** Has server and page forget a conversation, or all of them, after asking. */
export function ForgetButton() {
  const { t } = useTranslation('workbench');
  const [open, setOpen] = useState(false);
  const nothing = useWire((state) => state.log.length === 0);
  return (
    <>
      <IconButton
        size="sm"
        disabled={nothing}
        aria-haspopup="dialog"
        label={t('forget.button')}
        icon={<Trash2 aria-hidden />}
        onClick={() => setOpen(true)}
      />
      <ForgetDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

function ForgetDialog(props: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('workbench');
  const session = useSession();
  const live = useWire((state) => state.status === 'live');
  const conversation = useSelection((state) => state.conversation);
  const forget = (id: number | null) => {
    session.forget(id);
    props.onOpenChange(false);
    toast({ kind: 'good', text: id === null ? t('forget.allDone') : t('forget.oneDone', { id }) });
  };
  return (
    <Dialog
      {...props}
      title={t('forget.title')}
      description={t('forget.lead')}
      actions={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('forget.cancel')}</Button>
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
