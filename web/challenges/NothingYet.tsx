import { useMemo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChallengeInfo } from '#protocol/check.ts';
import { groupDemos } from '../playground/demo-groups.ts';
import { useWire } from '../session/react.tsx';
import s from './NothingYet.module.css';
import { useWords } from './use-words.ts';

/** Before the first check: how to come to something that can be checked, and what will be asked. */
export function NothingYet({ challenge }: { readonly challenge: ChallengeInfo }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const demos = useWire((state) => state.demos);
  const port = useMemo(() => groupDemos(demos).find(({ id }) => id === 'echo')?.offers[0]?.port, [demos]);
  const isEcho = challenge.id === 'echo' || challenge.id === 'udp-echo' || challenge.id === 'crowd';
  return (
    <section className={s.empty} aria-labelledby="nothing-yet">
      <h2 id="nothing-yet" className={s.title}>
        {t('nothing.title')}
      </h2>
      <p>{t(`nothing.${challenge.writes}`)}</p>
      {isEcho && port !== undefined ? <p>{t('nothing.ours', { port })}</p> : null}
      <p>
        <Trans
          t={t}
          i18nKey="nothing.lesson"
          components={{ lesson: <Link href="/lessons/your-own-server">{null}</Link> }}
        />
      </p>
      <p>{t('nothing.stages')}</p>
      <ol className={s.stages}>
        {challenge.stages.map((stage) => (
          <li key={stage.id}>
            <span>{words(stage.title)}</span> <small>{t('stagePoints', { points: stage.points })}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
