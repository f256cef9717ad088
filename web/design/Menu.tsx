import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import s from './Menu.module.css';

/** One entry of {@link Menu}. */
export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

/** Props of {@link Menu}. */
export interface MenuProps {
  /** The button that opens it; it receives the ref and the handlers. */
  readonly children: ReactElement;
  /** Accessible name of the list. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** With it the menu is a choice of one, and this is the chosen id. */
  readonly value?: string;
  readonly onSelect: (id: string) => void;
  /** Open from the start; default closed. */
  readonly defaultOpen?: boolean;
}

/** A drop-down of actions, or a choice of one when `value` is given. */
export function Menu({ children, label, items, value, onSelect, defaultOpen = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={s.menu} align="end" sideOffset={6} collisionPadding={8} aria-label={label}>
          {value === undefined ? (
            items.map((item) => (
              <DropdownMenu.Item
                key={item.id}
                className={s.item}
                {...disabled(item)}
                onSelect={() => onSelect(item.id)}
              >
                <ItemBody item={item} />
              </DropdownMenu.Item>
            ))
          ) : (
            <DropdownMenu.RadioGroup value={value} onValueChange={onSelect}>
              {items.map((item) => (
                <DropdownMenu.RadioItem key={item.id} value={item.id} className={s.item} {...disabled(item)}>
                  <ItemBody item={item} />
                  <DropdownMenu.ItemIndicator className={s.check}>
                    <Check aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function ItemBody({ item }: { readonly item: MenuItem }) {
  return (
    <>
      {item.icon ? <span className={s.icon}>{item.icon}</span> : null}
      <span className={s.label}>{item.label}</span>
    </>
  );
}

function disabled(item: MenuItem): { disabled?: true } {
  return item.disabled ? { disabled: true } : {};
}
