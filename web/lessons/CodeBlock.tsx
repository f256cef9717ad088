import { isValidElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyBlock } from './CopyBlock.tsx';

/** Characters of a block that its button's name quotes; two blocks of one lesson may be alike no further. */
const NAMED_CHARS = 60;

/** What a lesson shows to be typed, as it is typed. */
export function CodeBlock({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation('lessons');
  // Fenced text ends with a line's end, which is the Enter of whoever pastes it.
  const text = textOf(children).replace(/\n$/, '');
  return <CopyBlock text={text} copyLabel={t('copyBlock', { text: beginningOf(text) })} />;
}

function beginningOf(text: string): string {
  return text.length > NAMED_CHARS ? `${text.slice(0, NAMED_CHARS)}…` : text;
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}
