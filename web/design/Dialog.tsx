import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import s from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

/** Props of {@link Dialog}. */
export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence under the title, read aloud when the dialog opens. */
  readonly description?: string;
  readonly children: ReactNode;
  /** Buttons at the end, the most important last. */
  readonly actions?: ReactNode;
}

/** A modal dialog. Escape and a click beside it close it; focus returns to where it was. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  const { t } = useTranslation('design');
  const focus = useFocusReturn();
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={s.scrim} />
        <RadixDialog.Content
          className={s.dialog}
          {...focus}
          onKeyDown={(event) => isEscapeWithin(event) && onOpenChange(false)}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className={s.header}>
            <RadixDialog.Title className={s.title}>{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton size="sm" label={t('close')} icon={<X aria-hidden />} />
            </RadixDialog.Close>
          </div>
          {description ? (
            <RadixDialog.Description className={s.description}>{description}</RadixDialog.Description>
          ) : null}
          <div className={s.body}>{children}</div>
          {actions ? <div className={s.actions}>{actions}</div> : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Escape in the dialog itself, also while the tooltip of a button has it: one press closes both. A menu's own is not. */
function isEscapeWithin({ key, target, currentTarget, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Escape' && !nativeEvent.isComposing && target instanceof Node && currentTarget.contains(target);
}

/** Puts the keyboard into the dialog, and back to where it was: Radix gives it back to a trigger of its own only. */
function useFocusReturn() {
  const before = useRef<Element | null>(null);
  // Not its first button: the tooltip of that would lie over the words.
  const onOpenAutoFocus = (event: Event) => {
    before.current = document.activeElement;
    if (!(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    event.currentTarget.focus();
  };
  const onCloseAutoFocus = (event: Event) => {
    // Where the dialog led to another page, that one has the keyboard.
    if (!(before.current instanceof HTMLElement && before.current.isConnected)) return;
    event.preventDefault();
    before.current.focus();
  };
  return { onOpenAutoFocus, onCloseAutoFocus };
}
