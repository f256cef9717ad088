import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { buttonClass } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { useIsWide } from '../design/use-media.ts';
import { useBreadcrumb } from '../page/breadcrumb.ts';
import { UNREACHABLE } from '../session/json-api.ts';
import { browserChecks } from './browser-checks.ts';
import { ChallengeDetail } from './ChallengeDetail.tsx';
import { ChallengeList } from './ChallengeList.tsx';
import s from './ChallengesPage.module.css';
import { useWords } from './use-words.ts';

/** All challenges, and the one that the address names. On a phone it is one or the other. */
export function ChallengesPage({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const wide = useIsWide();
  const desk = browserChecks();
  const { challenges, problem } = useStore(desk.store);
  useEffect(() => void desk.load(), [desk]);
  const chosen = challenges?.find((each) => each.id === id) ?? (id === undefined && wide ? challenges?.[0] : undefined);
  useBreadcrumb(
    chosen && id !== undefined
      ? [{ label: t('title'), href: '/challenges' }, { label: words(chosen.title) }]
      : [{ label: t('title') }],
  );
  if (!challenges) {
    const reason = problem === UNREACHABLE ? t('unreachable') : problem;
    return <EmptyState title={reason ?? t('loading')}>{problem ? <Retry /> : null}</EmptyState>;
  }
  if (id !== undefined && !chosen) return <Unknown />;
  return (
    <div className={s.page}>
      {wide || !chosen ? (
        <nav className={s.list} aria-label={t('title')}>
          {chosen ? <p className={s.name}>{t('title')}</p> : <h1>{t('title')}</h1>}
          <p className={s.lead}>{t('lead')}</p>
          <ChallengeList challenges={challenges} chosen={chosen?.id} />
        </nav>
      ) : null}
      {chosen ? (
        <section className={s.detail} aria-label={words(chosen.title)}>
          {wide ? null : (
            <Link href="/challenges" className={buttonClass('quiet', 'sm')}>
              ← {t('all')}
            </Link>
          )}
          <ChallengeDetail key={chosen.id} challenge={chosen} />
        </section>
      ) : null}
    </div>
  );
}

function Retry() {
  const { t } = useTranslation('challenges');
  return (
    <button type="button" className={buttonClass('secondary')} onClick={() => void browserChecks().load()}>
      {t('retry')}
    </button>
  );
}

function Unknown() {
  const { t } = useTranslation('challenges');
  return (
    <EmptyState title={t('unknown')} heading>
      <Link href="/challenges" className={buttonClass('primary')}>
        {t('all')}
      </Link>
    </EmptyState>
  );
}
