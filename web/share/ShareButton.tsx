import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';
import { lazily } from '../design/lazily.tsx';

const ShareDialog = lazily(async () => (await import('./ShareDialog.tsx')).ShareDialog, ['share']);

/** Opens the dialog that makes a link or a file of what the page holds, and leads to where one is opened. */
export function ShareButton() {
  const { t } = useTranslation('share');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        size="sm"
        aria-haspopup="dialog"
        label={t('button')}
        icon={<Share2 aria-hidden />}
        onClick={() => setOpen(true)}
      />
      {open ? <ShareDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
