import { ChevronDown } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';
import s from './Sheet.module.css';

/** Props of {@link Sheet}. */
export interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Shown at the top of the sheet and read aloud. */
  readonly title: string;
  readonly children: ReactNode;
  /** Without the row of title and button: the children put a {@link SheetClose} into a row of their own. Default false. */
  readonly bare?: boolean;
  /** Stays in the page while it is closed, so that a terminal in it lives on. Default false. */
  readonly keepMounted?: boolean;
}

const Close = createContext<() => void>(() => {});

/**
 * A drawer from the bottom edge that takes most of a phone's screen: where the workbench lives below 900 px.
 * While it is open the page behind it is inert; Escape and a tap beside it close it, focus goes back.
 */
export function Sheet({ open, onOpenChange, title, children, bare = false, keepMounted = false }: SheetProps) {
  const panel = useRef<HTMLDivElement>(null);
  useModal(open, panel, onOpenChange);
  if (!open && !keepMounted) return null;
  const close = () => onOpenChange(false);
  return createPortal(
    <div className={s.layer} hidden={!open}>
      <button type="button" className={s.scrim} tabIndex={-1} aria-hidden="true" onClick={close} />
      <div ref={panel} className={s.sheet} role="dialog" aria-modal="true" aria-label={title} tabIndex={-1}>
        <Close value={close}>
          {bare ? null : (
            <div className={s.header}>
              <h2 className={s.title}>{title}</h2>
              <SheetClose />
            </div>
          )}
          <div className={s.body}>{children}</div>
        </Close>
      </div>
    </div>,
    document.body,
  );
}

/** Closes the sheet around it. An arrow down, for a cross closes a terminal. */
export function SheetClose() {
  const { t } = useTranslation('design');
  return <IconButton label={t('close')} icon={<ChevronDown aria-hidden />} onClick={useContext(Close)} />;
}

/**
 * Radix's dialog cannot stay mounted while it is closed without blocking the page, so this is done by hand. Only
 * the parts of the app's root are made inert: menus and tooltips opened from the sheet are beside it in the body and stay
 * usable, and so does what speaks up by itself: notices, and the banner of a lost connection.
 */
function useModal(
  open: boolean,
  panel: { readonly current: HTMLElement | null },
  onOpenChange: (open: boolean) => void,
): void {
  const change = useRef(onOpenChange);
  change.current = onOpenChange;
  useEffect(() => {
    const element = panel.current;
    if (!open || !element) return;
    const before = document.activeElement;
    const behind = [...(document.getElementById('root')?.children ?? [])].filter(
      (each) => !each.matches('[aria-live]'),
    );
    const onKey = (event: KeyboardEvent) => {
      // A terminal and a text field have their own use for Escape.
      const typing = event.target instanceof HTMLElement && event.target.matches('textarea, input');
      if (event.key === 'Escape' && !event.defaultPrevented && !typing) change.current(false);
    };
    for (const each of behind) each.setAttribute('inert', '');
    element.focus();
    element.addEventListener('keydown', onKey);
    return () => {
      for (const each of behind) each.removeAttribute('inert');
      element.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open, panel]);
}
