import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../i18n/resources.ts';
import { type FieldWords, fieldKey, fieldWords } from './field-words.ts';

/** What the page says of a field, in the present language; its own name where nobody has described it. */
export function useFieldWords(): (name: string) => FieldWords {
  const { i18n } = useTranslation();
  const language = LANGUAGES.find((each) => each === i18n.language) ?? 'en';
  return (name) => fieldWords[language][fieldKey(name)] ?? { label: name, why: '' };
}
