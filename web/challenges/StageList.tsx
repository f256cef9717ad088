import { Check, Circle, CircleDashed, LoaderCircle, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CheckRun, StageReport, StageState } from '#protocol/check.ts';
import { CodeLine } from '../design/CodeLine.tsx';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import s from './StageList.module.css';
import { TranscriptTable } from './TranscriptTable.tsx';
import { useWords } from './use-words.ts';

const ICONS: Readonly<Record<StageState, typeof Check>> = {
  waiting: Circle,
  running: LoaderCircle,
  passed: Check,
  failed: X,
  'left-out': CircleDashed,
};

/** The stages of a run, in order; of the one that failed, why, how to see it, and what went over the wire. */
export function StageList({ run }: { readonly run: CheckRun }) {
  return (
    <ol className={s.list}>
      {run.stages.map((stage) => (
        <li key={stage.id} className={s.stage} data-state={stage.state} data-stage={stage.id}>
          <Head stage={stage} />
          {stage.failure ? <Failed stage={stage} /> : <Passed stage={stage} />}
        </li>
      ))}
    </ol>
  );
}

function Head({ stage }: { readonly stage: StageReport }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const Icon = ICONS[stage.state];
  return (
    <div className={s.head}>
      <span className={s.icon}>
        <Icon aria-hidden strokeWidth={stage.state === 'passed' || stage.state === 'failed' ? 3 : 2} />
      </span>
      <span className={s.title}>
        {words(stage.title)} <VisuallyHidden>({t(`stage.${stage.state}`)})</VisuallyHidden>
      </span>
      <span className={s.facts}>
        {stage.ms === null ? null : `${stage.ms}\u202fms · `}
        {t('stagePoints', { points: stage.points })}
      </span>
    </div>
  );
}

function Failed({ stage }: { readonly stage: StageReport }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  if (!stage.failure) return null;
  return (
    <div className={s.failed}>
      <p className={s.sentence}>
        {words(stage.failure.sentence)} <code className={s.code}>{stage.failure.code}</code>
      </p>
      {stage.command === '' ? null : (
        <>
          <p className={s.label}>{t('reproduce')}</p>
          <CodeLine text={stage.command} copyLabel={t('copyCommand')} />
        </>
      )}
      <p className={s.label}>{t('transcript')}</p>
      <TranscriptTable stage={stage} />
    </div>
  );
}

function Passed({ stage }: { readonly stage: StageReport }) {
  const { t } = useTranslation('challenges');
  if (stage.state !== 'passed' || stage.transcript.length === 0) return null;
  return (
    <details className={s.passed}>
      <summary>{t('transcript')}</summary>
      <TranscriptTable stage={stage} />
    </details>
  );
}
