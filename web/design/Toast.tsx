import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import s from './Toast.module.css';
import { dismissToast, type ToastNotice, toastStore } from './toast-store.ts';

/** How long a notice stays, in milliseconds; `bad` ones stay until they are closed. */
const TOAST_SHOWN_MS = 6_000;

const ICONS = { info: Info, good: CircleCheck, bad: CircleAlert } as const;

/** Where notices appear; once in the app. Show one with `toast({ kind, text })`. */
export function Toasts() {
  const notices = useStore(toastStore, (state) => state.notices);
  return (
    <div className={s.stack} role="status" aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Toast({ notice }: { readonly notice: ToastNotice }) {
  const { t } = useTranslation('design');
  const Icon = ICONS[notice.kind];
  useEffect(() => {
    if (notice.kind === 'bad') return;
    const timer = setTimeout(() => dismissToast(notice.id), TOAST_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className={classNames(s.toast, s[notice.kind])}>
      <Icon aria-hidden />
      <p>{notice.text}</p>
      <IconButton size="sm" label={t('close')} icon={<X aria-hidden />} onClick={() => dismissToast(notice.id)} />
    </div>
  );
}
