import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import s from './CopyButton.module.css';
import { copyText } from './clipboard.ts';
import { IconButton } from './IconButton.tsx';
import { toast } from './toast-store.ts';

/** How long "Copied" stays, in milliseconds. */
const COPIED_SHOWN_MS = 1_600;

/** Props of {@link CopyButton}. */
export interface CopyButtonProps {
  /** What goes to the clipboard. */
  readonly text: string;
  /** Accessible name that says what is copied. Default "Copy". */
  readonly label?: string;
  /** Only the icon, 28 px. Default: icon and the word. */
  readonly compact?: boolean;
}

/** Copies a text and says so, aloud too. Its width does not change. */
export function CopyButton({ text, label, compact = false }: CopyButtonProps) {
  const { t } = useTranslation('design');
  const [copied, setCopied] = useCopied();
  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else toast({ kind: 'bad', text: t('copyFailed') });
  };
  const icon = copied ? <Check aria-hidden className={s.done} /> : <Copy aria-hidden />;
  const name = copied ? t('copied') : (label ?? t('copy'));
  if (compact) return <IconButton size="sm" label={name} icon={icon} onClick={copy} />;
  return (
    <Button size="sm" onClick={copy} aria-label={name}>
      {icon}
      <span className={s.words} aria-live="polite">
        <span data-shown={!copied}>{t('copy')}</span>
        <span data-shown={copied}>{t('copied')}</span>
      </span>
    </Button>
  );
}

function useCopied(): [boolean, (copied: boolean) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, setCopied];
}
