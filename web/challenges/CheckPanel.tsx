import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChallengeInfo, CheckRun } from '#protocol/check.ts';
import { InShell } from '../design/InShell.tsx';
import { UNREACHABLE } from '../session/json-api.ts';
import { formatEndpoint } from '../workbench/format.ts';
import { browserChecks } from './browser-checks.ts';
import s from './CheckPanel.module.css';
import { NothingYet } from './NothingYet.tsx';
import { StageList } from './StageList.tsx';
import { TargetFields } from './TargetFields.tsx';
import { emptyTarget, readTarget, shellCommand } from './target-form.ts';
import { useWords } from './use-words.ts';

/** Props of {@link CheckPanel}. */
export interface CheckPanelProps {
  readonly challenge: ChallengeInfo;
  /** Without what is said before the first check. Default false. */
  readonly brief?: boolean;
}

/** Runs the check of a challenge, and shows its stages as they go. */
export function CheckPanel({ challenge, brief = false }: CheckPanelProps) {
  const { t } = useTranslation('challenges');
  const desk = browserChecks();
  const run = useStore(desk.store, (state) => state.runs[challenge.id]);
  const [form, setForm] = useState(() => emptyTarget(challenge));
  const problem = useStore(desk.store, (state) => state.problem);
  const [refusal, setRefusal] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    const request = readTarget(challenge, form);
    if (!request) return setRefusal(t('invalidPort'));
    const reason = await desk.start(request);
    setRefusal(reason);
  };
  const trouble = refusal ?? problem;
  return (
    <div className={s.panel}>
      <TargetFields
        challenge={challenge}
        form={form}
        change={(part) => {
          setForm({ ...form, ...part });
          setRefusal(null);
        }}
        running={run?.state === 'running'}
        start={() => void start()}
        stop={() => void desk.stop(challenge.id)}
      />
      {trouble ? <Trouble reason={trouble} /> : null}
      <InShell summary={t('shell')} text={shellCommand(challenge, form)} copyLabel={t('copyShell')} />
      {run ? <Run challenge={challenge} run={run} /> : null}
      {run || brief ? null : <NothingYet challenge={challenge} />}
    </div>
  );
}

/** Why no check began. */
function Trouble({ reason }: { readonly reason: string }) {
  const { t } = useTranslation('challenges');
  return (
    <p className={s.refusal} role="alert">
      {reason === UNREACHABLE ? t('unreachable') : reason}
    </p>
  );
}

function Run({ challenge, run }: { readonly challenge: ChallengeInfo; readonly run: CheckRun }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const waits = challenge.writes === 'client' && run.state === 'running';
  const passed = run.stages.filter(({ state }) => state === 'passed').length;
  return (
    <section aria-label={t('result', { title: words(challenge.title) })} className={s.result}>
      <p className={s.state} data-state={run.state} role="status">
        {t(`state.${run.state}`, { passed, total: run.stages.length })}
      </p>
      {waits ? <p>{t('waits', { where: formatEndpoint(run.target) })}</p> : null}
      <StageList run={run} />
      <p className={s.seed}>{t('seed', { seed: run.seed })}</p>
    </section>
  );
}
