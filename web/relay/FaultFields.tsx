import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import s from './FaultFields.module.css';
import { type FaultField, readField, writeField } from './fault-fields.ts';

/** Props of {@link FaultFields}: the numbers of one direction, and what happens when one is changed. */
export interface FaultFieldsProps<Key extends string> {
  readonly fields: readonly FaultField<Key>[];
  readonly values: Readonly<Record<Key, number | null>>;
  readonly change: (part: Record<string, number | null>) => void;
}

/** The numbers of one direction's faults. Each takes effect as it is typed. */
export function FaultFields<Key extends string>({ fields, values, change }: FaultFieldsProps<Key>) {
  return (
    <div className={s.fields}>
      {fields.map((field) => (
        <NumberField
          key={field.key}
          field={field}
          value={values[field.key]}
          change={(value) => change({ [field.key]: value })}
        />
      ))}
    </div>
  );
}

interface NumberFieldProps {
  readonly field: FaultField<string>;
  readonly value: number | null;
  readonly change: (value: number | null) => void;
}

function NumberField({ field, value, change }: NumberFieldProps) {
  const { t } = useTranslation('relay');
  const id = useId();
  /** What is typed while it is being typed; what the server has, else. */
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? writeField(field, value);
  const valid = readField(field, shown) !== undefined;
  const type = (text: string): void => {
    setTyped(text);
    const read = readField(field, text);
    if (read !== undefined && read !== value) change(read);
  };
  return (
    <>
      <label htmlFor={id}>{t(`fault.${field.key}`)}</label>
      <span className={s.input}>
        <input
          id={id}
          type="number"
          min={field.optional ? 1 : 0}
          max={field.max}
          step={field.step}
          value={shown}
          placeholder={field.optional ? t('fault.unbounded') : undefined}
          aria-invalid={!valid}
          data-on={value !== null && value !== 0}
          onChange={(event) => type(event.target.value)}
          onBlur={() => setTyped(null)}
        />
        <span className={s.unit}>{field.unit}</span>
      </span>
      {valid ? null : (
        <p className={s.wrong} role="alert">
          {t('fault.outOfRange', { max: field.max, unit: field.unit })}
        </p>
      )}
    </>
  );
}
