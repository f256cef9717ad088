import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkSettings } from '../../net/link-settings.ts';
import s from './LinkFields.module.css';
import {
  LINK_FIELDS,
  type LinkField,
  readSetting,
  readTyped,
  SLIDER_STEPS,
  settingAt,
  sliderOf,
  writeSetting,
} from './link-fields.ts';

/** Props of {@link LinkFields}. */
export interface LinkFieldsProps {
  readonly settings: LinkSettings;
  readonly change: (settings: LinkSettings) => void;
}

/** The numbers of one direction: a slider to feel, a field to be exact. A slider takes effect when it is let go. */
export function LinkFields({ settings, change }: LinkFieldsProps) {
  return (
    <div className={s.fields}>
      {LINK_FIELDS.map((field) => (
        <NumberField
          key={field.key}
          field={field}
          value={readSetting(field, settings)}
          change={(value) => change(writeSetting(field, settings, value))}
        />
      ))}
    </div>
  );
}

interface NumberFieldProps {
  readonly field: LinkField;
  readonly value: number | null;
  readonly change: (value: number | null) => void;
}

/** A slider, and a field for whoever knows the number. */
function NumberField({ field, value, change }: NumberFieldProps) {
  const { t } = useTranslation('lab');
  const id = useId();
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged === null ? value : settingAt(field, dragged);
  const letGo = (): void => {
    if (dragged !== null) change(settingAt(field, dragged));
    setDragged(null);
  };
  const name = t(`link.${field.key}`);
  return (
    <>
      <label htmlFor={id}>{name}</label>
      <input
        type="range"
        className={s.slider}
        aria-label={name}
        aria-valuetext={shown === null ? t('link.unlimited') : `${shown} ${field.unit}`}
        min={0}
        max={SLIDER_STEPS}
        value={dragged ?? sliderOf(field, value)}
        data-on={isOn(field, shown)}
        onChange={(event) => setDragged(Number(event.target.value))}
        onPointerUp={letGo}
        onKeyUp={letGo}
        onBlur={letGo}
      />
      <TypedNumber id={id} field={field} value={shown} change={(read) => read !== value && change(read)} />
    </>
  );
}

/** What is typed counts when the field is left, or Enter is pressed. */
function TypedNumber({ id, field, value, change }: NumberFieldProps & { readonly id: string }) {
  const { t } = useTranslation('lab');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? '' : String(value));
  const valid = readTyped(field, text) !== undefined;
  const leave = (): void => {
    const read = typed === null ? undefined : readTyped(field, typed);
    if (read !== undefined) change(read);
    setTyped(null);
  };
  return (
    <span className={s.number}>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        maxLength={9}
        value={text}
        placeholder={field.optional ? '∞' : undefined}
        aria-invalid={!valid}
        title={valid ? undefined : t('link.range', { min: field.min, max: field.max, unit: field.unit })}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
      <span className={s.unit}>{field.unit}</span>
    </span>
  );
}

/** Whether a fault is switched on: it stands out. */
function isOn({ unit, key }: LinkField, value: number | null): boolean {
  return (unit === '%' || key === 'jitterUs') && value !== null && value > 0;
}
