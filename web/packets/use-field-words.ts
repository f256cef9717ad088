import { useTranslation } from 'react-i18next';
import { type FieldWords, fieldKey } from './field-words.ts';

/** What the page says of a field, in the present language; its own name where nobody has described it. */
export function useFieldWords(): (name: string) => FieldWords {
  const { t, i18n } = useTranslation('packets');
  return (name) => {
    const key = `fields.${fieldKey(name)}`;
    if (!i18n.exists(key, { ns: 'packets' })) return { label: name, why: '' };
    return { label: t(`${key}.label`), why: t(`${key}.why`) };
  };
}
