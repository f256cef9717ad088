import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../design/IconButton.tsx';
import { useWire } from '../session/react.tsx';
import type { WireState } from '../session/wire-state.ts';
import { isShareable } from './make-recording.ts';

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then(({ ShareDialog }) => ({ default: ShareDialog })));

/** Opens the dialog that makes a link or a file of what the page holds. */
export function ShareButton() {
  const { t } = useTranslation('share');
  const [open, setOpen] = useState(false);
  const any = useWire(hasShareable);
  return (
    <>
      <IconButton
        size="sm"
        disabled={!any}
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

function hasShareable({ conversations }: WireState): boolean {
  for (const conversation of conversations.values()) if (isShareable(conversation)) return true;
  return false;
}
