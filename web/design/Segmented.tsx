import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import s from './Segmented.module.css';

/** One choice of {@link Segmented}. */
export interface SegmentedItem {
  readonly id: string;
  readonly label: ReactNode;
}

/** Props of {@link Segmented}. */
export interface SegmentedProps {
  /** Accessible name of the choice. */
  readonly label: string;
  readonly items: readonly SegmentedItem[];
  readonly value: string;
  readonly onValueChange: (id: string) => void;
}

/** A choice of one among a few, all visible. Arrow keys move. */
export function Segmented({ label, items, value, onValueChange }: SegmentedProps) {
  return (
    <ToggleGroup.Root
      type="single"
      className={s.group}
      aria-label={label}
      value={value}
      // Radix lets the chosen one be unchosen; here one always is.
      onValueChange={(id) => id !== '' && onValueChange(id)}
    >
      {items.map((item) => (
        <ToggleGroup.Item key={item.id} value={item.id} className={s.item}>
          {item.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
