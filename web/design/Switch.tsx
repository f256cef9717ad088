import { Switch as RadixSwitch } from 'radix-ui';
import { useId } from 'react';
import s from './Switch.module.css';

/** Props of {@link Switch}. */
export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** An on/off setting with its label beside it; it takes effect at once. */
export function Switch({ label, checked, onCheckedChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <span className={s.row}>
      <RadixSwitch.Root
        id={id}
        className={s.track}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
      >
        <RadixSwitch.Thumb className={s.thumb} />
      </RadixSwitch.Root>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
    </span>
  );
}
