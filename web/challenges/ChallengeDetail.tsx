import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeRole } from '#lessons/11-your-own-server/languages.ts';
import { type ChallengeInfo, progressKey } from '#protocol/check.ts';
import { Badge } from '../design/Badge.tsx';
import { lazily } from '../design/lazily.tsx';
import { useLessonProgress } from '../lessons/browser-progress.ts';
import s from './ChallengeDetail.module.css';
import { CheckPanel } from './CheckPanel.tsx';
import { challengeStanding } from './standing.ts';
import { useWords } from './use-words.ts';

const CodeBeside = lazily(async () => (await import('../lessons/code/CodeBeside.tsx')).CodeBeside, ['lessons']);

/** One challenge: what to write, exactly, and its check. */
export function ChallengeDetail({ challenge }: { readonly challenge: ChallengeInfo }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const standing = challengeStanding(challenge, useLessonProgress(progressKey(challenge.id)));
  return (
    <div className={s.detail}>
      <header className={s.header}>
        <h1>{words(challenge.title)}</h1>
        <p className={s.facts}>
          <Badge>{challenge.transport.toUpperCase()}</Badge>
          <span>{t(`youWrite.${challenge.writes}`)}</span>
          <span>{t('points', { points: standing.points, outOf: standing.outOf })}</span>
          {standing.passed ? <Badge tone="good">{t('passed')}</Badge> : null}
        </p>
      </header>
      <Protocol text={words(challenge.protocol)} />
      <CheckPanel challenge={challenge} />
      <Beside challenge={challenge} />
    </div>
  );
}

/** The programs of lesson 11, where the challenge is one of them. */
const PROGRAMS: Readonly<Record<string, CodeRole>> = { echo: 'server', 'client-echo': 'client' };

function Beside({ challenge }: { readonly challenge: ChallengeInfo }) {
  const { t } = useTranslation('challenges');
  const [open, setOpen] = useState(false);
  const program = PROGRAMS[challenge.id];
  if (!program) return null;
  return (
    <details className={s.beside} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(`beside.${program}`)}</summary>
      {open ? <CodeBeside program={program} /> : null}
    </details>
  );
}

function Protocol({ text }: { readonly text: string }) {
  const { t } = useTranslation('challenges');
  return (
    <section className={s.protocol} aria-labelledby="protocol">
      <h2 id="protocol">{t('protocol')}</h2>
      {text.split('\n\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  );
}
