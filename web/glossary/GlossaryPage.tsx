import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { GLOSSARY } from '#lessons/glossary.ts';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import s from './GlossaryPage.module.css';
import { withSources } from './sources.ts';

/** All terms that lessons explain, in the order of the page's language, each at an address of its own (`/glossary#fin`). */
export function GlossaryPage() {
  const { t, i18n } = useTranslation('glossary');
  useBreadcrumb([{ label: t('title') }]);
  useEffect(() => document.getElementById(window.location.hash.slice(1))?.scrollIntoView(), []);
  return (
    <div className={s.page}>
      <h1>{t('title')}</h1>
      <p className={s.lead}>{t('lead')}</p>
      <dl className={s.terms} aria-label={t('list')}>
        {termsIn(i18n.language === 'zh-CN' ? 'zh-CN' : 'en').map(({ id, word, other, meaning }) => (
          <div key={id} id={id} className={s.term}>
            <dt>
              {word}
              {other === null ? null : <span>{other}</span>}
            </dt>
            <dd>
              {withSources(meaning).map(({ text, href }) =>
                href === null ? text : <SourceLink key={href} href={href} text={text} />,
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function SourceLink({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

/** The terms in one language, in its order, each with its name in the other language where that is another. */
function termsIn(language: 'en' | 'zh-CN') {
  const entries = Object.entries(GLOSSARY).map(([id, entry]) => {
    const { word, meaning } = entry[language];
    const other = entry[language === 'en' ? 'zh-CN' : 'en'].word;
    return { id, word, meaning, other: word.includes(other) ? null : other };
  });
  return entries.sort((a, b) => a.word.localeCompare(b.word, language));
}
