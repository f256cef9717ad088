import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then(({ ShareDialog }) => ({ default: ShareDialog })));

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
      {open ? (
        <Suspense fallback={null}>
          <ShareDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
