import { useTranslation } from 'react-i18next';
import { copyText } from '../design/clipboard.ts';
import { toast } from '../design/toast-store.ts';
import { clipboardKeys } from './keys.ts';
import type { Screens } from './screens.ts';
import { terminalsStore } from './terminals-store.ts';

/** Copying from and pasting into the terminal that is shown; says what was done, or why it was not. */
export function useClipboard(screens: Screens) {
  const { t } = useTranslation('terminal');
  const shown = () => screens.current.get(terminalsStore.getState().active ?? -1);
  const copy = async () => {
    const text = shown()?.selection() ?? '';
    if (text === '') return toast({ kind: 'info', text: t('nothingSelected') });
    const copied = await copyText(text);
    shown()?.focus();
    return toast(copied ? { kind: 'good', text: t('copied') } : { kind: 'bad', text: t('copyFailed') });
  };
  const paste = async () => {
    const text = await readClipboard();
    if (text === null) toast({ kind: 'info', text: t('pasteWithheld', clipboardKeys(navigator.platform)) });
    else shown()?.paste(text);
    shown()?.focus();
  };
  return { copy: () => void copy(), paste: () => void paste() };
}

/** What is on the clipboard, or `null` where the browser withholds it (plain HTTP, or the learner said no). */
async function readClipboard(): Promise<string | null> {
  if (!window.isSecureContext || !navigator.clipboard?.readText) return null;
  return navigator.clipboard.readText().catch(() => null);
}
