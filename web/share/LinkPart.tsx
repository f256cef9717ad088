import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../design/CopyButton.tsx';
import { formatOctets } from '../workbench/format.ts';
import { MAX_FRAGMENT_CHARS } from './limits.ts';
import { type LinkMade, SHARED_PATH } from './link.ts';
import s from './ShareDialog.module.css';
import type { Making } from './use-making.ts';

/** The recording as a link to copy; where it is too large for one, the reason. Its place is kept meanwhile. */
export function LinkPart({ making }: { readonly making: Making }) {
  const { t } = useTranslation('share');
  return (
    <section className={s.part} aria-label={t('link.label')}>
      <h3>{t('link.label')}</h3>
      <div className={s.link}>{making.state === 'made' ? <Made link={making.link} /> : null}</div>
    </section>
  );
}

function Made({ link }: { readonly link: LinkMade }) {
  const { t } = useTranslation('share');
  const max = formatOctets(MAX_FRAGMENT_CHARS);
  if (link.ok) return <Ready fragment={link.fragment} max={max} />;
  if (link.why === 'unsupported') return <p className={s.attention}>{t('link.unsupported')}</p>;
  const needs = link.chars === null ? '' : t('link.needs', { size: formatOctets(link.chars) });
  return (
    <p className={s.attention}>
      {t('link.tooLarge', { max })} {needs} {t('link.useFile')}
    </p>
  );
}

function Ready({ fragment, max }: { readonly fragment: string; readonly max: string }) {
  const { t } = useTranslation('share');
  const id = useId();
  const { origin } = window.location;
  const url = `${origin}${SHARED_PATH}#${fragment}`;
  return (
    <>
      <span className={s.copy}>
        <input
          id={id}
          className={s.url}
          type="text"
          readOnly
          value={url}
          aria-label={t('link.field')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={url} label={t('link.copy')} />
      </span>
      <p className={s.dim}>{t('link.size', { size: formatOctets(fragment.length), max })}</p>
      <p className={s.dim}>{t('link.where', { origin })}</p>
    </>
  );
}
