import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
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
  /** Stays in the page while it is closed, so that a terminal in it lives on. Default false. */
  readonly keepMounted?: boolean;
}

/**
 * A drawer from the bottom edge that takes most of a phone's screen: where the workbench lives below 900 px.
 * While it is open the page behind it is inert; Escape and a tap beside it close it, focus goes back.
 */
export function Sheet({ open, onOpenChange, title, children, keepMounted = false }: SheetProps) {
  const { t } = useTranslation('design');
  const panel = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useModal(open, panel, onOpenChange);
  if (!open && !keepMounted) return null;
  return createPortal(
    <div className={s.layer} hidden={!open}>
      <button type="button" className={s.scrim} tabIndex={-1} aria-hidden="true" onClick={() => onOpenChange(false)} />
      <div ref={panel} className={s.sheet} role="dialog" aria-modal="true" aria-labelledby={titleId} tabIndex={-1}>
        <div className={s.header}>
          <h2 id={titleId} className={s.title}>
            {title}
          </h2>
          <IconButton label={t('close')} icon={<X aria-hidden />} onClick={() => onOpenChange(false)} />
        </div>
        <div className={s.body}>{children}</div>
      </div>
    </div>,
    document.body,
  );
}

/**
 * Radix's dialog cannot stay mounted while it is closed without blocking the page, so this is done by hand. Only
 * the app's root is made inert: menus and tooltips opened from the sheet are beside it in the body and stay usable.
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
    const root = document.getElementById('root');
    const onKey = (event: KeyboardEvent) => {
      // A terminal and a text field have their own use for Escape.
      const typing = event.target instanceof HTMLElement && event.target.matches('textarea, input');
      if (event.key === 'Escape' && !event.defaultPrevented && !typing) change.current(false);
    };
    root?.setAttribute('inert', '');
    element.focus();
    element.addEventListener('keydown', onKey);
    return () => {
      root?.removeAttribute('inert');
      element.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open, panel]);
}
